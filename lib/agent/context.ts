import { convertToModelMessages, type ModelMessage } from 'ai';
import type { MessageRow } from '../db/queries/message.ts';
import type { MessageRole } from '../domain/message.ts';
import { type SearchNotesOutput, searchNotesOutputSchema } from '../tools/search-notes.ts';
import { chatTools } from './chat-tools.ts';
import { joinsMarkers, markerPlace } from './marker-place.ts';
import { MarkerScanner } from './marker-scanner.ts';
import { toParts } from './message-codec.ts';
import {
  type ClervaMessage,
  type ClervaPart,
  contentOf,
  type MessageContent,
  messageText,
  type ToolPart,
} from './messages.ts';
import { PassageRegistry } from './passages.ts';
import { type CountTokens, wholeSentences } from './tokens.ts';

/** What a call of an earlier answer may take; of a larger one the answer's own words say enough. */
const MAX_CALL_TOKENS = 500;
/** A pasted page in an old message is kept by its beginning. */
const MAX_OLD_TEXT_TOKENS = 1_500;

/** The last question and its answer. */
const LAST_EXCHANGE = 2;

/** A call of a tool that is finished or refused: what the model has to know of it in later turns. */
const SETTLED: readonly ToolPart['state'][] = ['output-available', 'output-denied', 'output-error'];

type PastMessage = {
  role: MessageRole;
  text: string;
  searches: SearchNotesOutput[];
  /** Everything the tools did, as parts of the page's message. */
  tools: ToolPart[];
  citations: MessageContent['citations'];
};

/** What the model is to know of a message. Calls of tools that are gone, and searches of an older shape, are left out. */
function pastMessage(role: PastMessage['role'], parts: readonly ClervaPart[]): PastMessage {
  const { citations, tools: calls } = contentOf(parts);
  const past: PastMessage = { role, text: '', searches: [], tools: [], citations };
  for (const call of calls) {
    if (!SETTLED.includes(call.state) || !Object.hasOwn(chatTools, call.type.slice('tool-'.length))) continue;
    if (call.type === 'tool-searchNotes') {
      const found = searchNotesOutputSchema.safeParse(call.output);
      if (call.state !== 'output-available' || !found.success) continue;
      past.searches.push(found.data);
    }
    past.tools.push(call);
  }
  past.text = messageText(parts.filter((part) => part.type === 'text' && part.text !== ''));
  return past;
}

/** Display numbers count within a message; the model knows passages by their numbers in the thread. */
function withPassageNumbers(
  text: string,
  citations: MessageContent['citations'],
  passages: PassageRegistry,
): string {
  const scanner = new MarkerScanner();
  let written = '';
  let sinceMarker: string | undefined;
  for (const token of [...scanner.push(text), ...scanner.end()]) {
    const cited = token.kind === 'marker' && citations.get(token.numbers[0] ?? 0);
    const isJoined = sinceMarker !== undefined && joinsMarkers(sinceMarker);
    const before = written.slice(written.lastIndexOf('\n') + 1).trimEnd();
    if (
      cited &&
      (isJoined || markerPlace({ ...token, before, count: token.numbers.length }) === 'statement')
    ) {
      const n = passages.findNumber(cited.docId, cited.chunkOrd);
      written += n === undefined ? '' : `${token.lead}[${n}]`;
      sinceMarker = '';
    } else {
      const rest = token.kind === 'text' ? token.text : token.lead + token.raw;
      written += rest;
      if (sinceMarker !== undefined) sinceMarker += rest;
    }
  }
  return written;
}

/** What tools did, as calls and results; nothing when a result no longer has the shape its tool gives. */
async function toolMessages(parts: readonly ToolPart[]): Promise<ModelMessage[]> {
  if (parts.length === 0) return [];
  const message: Omit<ClervaMessage, 'id'> = { role: 'assistant', parts: [...parts] };
  try {
    return await convertToModelMessages([message], { tools: chatTools });
  } catch {
    // The answer's own words still say what came of it.
    return [];
  }
}

/** What earlier searches found is left out, but for what the answer stands on. */
function asCited({ tools: calls, citations }: PastMessage): ToolPart[] {
  const cited = new Set([...citations.values()].map(({ docId, chunkOrd }) => `${docId}:${chunkOrd}`));
  return calls.map((call) => {
    const found = call.type === 'tool-searchNotes' && searchNotesOutputSchema.safeParse(call.output);
    if (!found || found.success === false) return call;
    const chunks = found.data.chunks.filter(({ docId, ord }) => cited.has(`${docId}:${ord}`));
    // The state of the call stays; only its result is shorter.
    return { ...call, output: { ...found.data, chunks } } as ToolPart;
  });
}

/** A message as the model reads it, the same in every later turn, so that a provider knows it again. */
async function modelMessages(
  message: PastMessage,
  passages: PassageRegistry,
  count: CountTokens,
): Promise<ModelMessage[]> {
  const fits = (part: string) => count(part) <= MAX_OLD_TEXT_TOKENS;
  const whole = withPassageNumbers(message.text, message.citations, passages);
  const text = wholeSentences(whole, fits) || whole.slice(0, MAX_OLD_TEXT_TOKENS);
  if (message.role === 'user') return text === '' ? [] : [{ role: 'user', content: text }];
  const calls = await toolMessages(asCited(message));
  return [
    ...(tokensOf(calls, count) <= MAX_CALL_TOKENS * message.tools.length ? calls : []),
    ...(text === '' ? [] : [{ role: 'assistant' as const, content: text }]),
  ];
}

function restorePassages({ searches }: PastMessage, passages: PassageRegistry): void {
  // The best passage last: its document is the one that was spoken of.
  for (const { chunks } of searches) for (const passage of chunks.toReversed()) passages.restore(passage);
}

/**
 * The beginning of an answer that goes on after the student's yes or no, as the model reads it: its steps with their
 * calls, what they brought, what was asked and what was answered.
 */
export async function continuedMessages(
  parts: readonly ClervaPart[],
  passages: PassageRegistry,
): Promise<ModelMessage[]> {
  const past = pastMessage('assistant', parts);
  restorePassages(past, passages);
  const own = parts.map((part) =>
    part.type === 'text' ? { ...part, text: withPassageNumbers(part.text, past.citations, passages) } : part,
  );
  const message: Omit<ClervaMessage, 'id'> = { role: 'assistant', parts: own };
  return convertToModelMessages([message], { tools: chatTools });
}

const tokensOf = (messages: readonly ModelMessage[], count: CountTokens): number =>
  messages.reduce(
    (sum, { content }) => sum + count(typeof content === 'string' ? content : JSON.stringify(content)),
    0,
  );

export type BuiltHistory = {
  messages: ModelMessage[];
  /** The passages whose numbers the conversation knows. */
  passages: PassageRegistry;
  tokens: number;
  /** How many messages of the conversation are read. */
  kept: number;
};

type HistoryLimits = { count: CountTokens; budget: number; coversSeq?: number };

/**
 * The stored conversation since its summary as the model reads it, newest first within the budget. What does not fit is
 * dropped from the oldest end, whole messages at a time, beginning with a question; the last exchange always stays.
 */
export async function buildHistory(
  history: readonly MessageRow[],
  { count, budget, coversSeq = 0 }: HistoryLimits,
): Promise<BuiltHistory> {
  const passages = new PassageRegistry();
  const past = history.map(({ role, parts, seq = Number.POSITIVE_INFINITY }) => ({
    ...pastMessage(role, toParts(parts)),
    seq,
  }));
  for (const message of past) restorePassages(message, passages);

  const open = past.filter(({ seq }, index) => seq > coversSeq || index >= past.length - LAST_EXCHANGE);
  const kept: { role: string; messages: ModelMessage[]; tokens: number }[] = [];
  let tokens = 0;
  for (const [place, message] of open.toReversed().entries()) {
    const messages = await modelMessages(message, passages, count);
    const size = tokensOf(messages, count);
    if (tokens + size > budget && place >= LAST_EXCHANGE) break;
    tokens += size;
    if (messages.length > 0) kept.push({ role: message.role, messages, tokens: size });
  }
  while (kept.at(-1)?.role === 'assistant') tokens -= kept.pop()?.tokens ?? 0;
  const messages = kept.toReversed().flatMap((message) => message.messages);
  return { messages, passages, tokens, kept: kept.length };
}
