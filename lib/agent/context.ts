import { convertToModelMessages, type ModelMessage } from 'ai';
import type { MessageRow } from '../db/queries/message.ts';
import type { MessageRole } from '../domain/message.ts';
import { tools } from '../tools/index.ts';
import { type SearchNotesOutput, searchNotesOutputSchema } from '../tools/search-notes.ts';
import { joinsMarkers, markerPlace } from './marker-place.ts';
import { MarkerScanner } from './marker-scanner.ts';
import { contentOf, type MessageContent, toParts } from './message-codec.ts';
import { type ClervaMessage, type ClervaPart, messageText, type ToolPart } from './messages.ts';
import { PassageRegistry } from './passages.ts';

/** What earlier messages may take of the model's window. The question and this turn's searches come on top. */
const HISTORY_TOKEN_BUDGET = 8_000;
/** What the tools of earlier answers brought is left out; the answers themselves stay, with their citations. */
const ANSWERS_WITH_TOOLS = 2;
/** A pasted page in an old message is kept by its beginning. */
const MAX_OLD_TEXT_CHARACTERS = 6_000;

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
    if (!SETTLED.includes(call.state) || !Object.hasOwn(tools, call.type.slice('tool-'.length))) continue;
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
    return await convertToModelMessages([message], { tools });
  } catch {
    // The answer's own words still say what came of it.
    return [];
  }
}

async function modelMessages(
  message: PastMessage,
  passages: PassageRegistry,
  keepsTools: boolean,
): Promise<ModelMessage[]> {
  const text = withPassageNumbers(message.text, message.citations, passages).slice(
    0,
    MAX_OLD_TEXT_CHARACTERS,
  );
  if (message.role === 'user') return text === '' ? [] : [{ role: 'user', content: text }];
  return [
    ...(keepsTools ? await toolMessages(message.tools) : []),
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
  return convertToModelMessages([message], { tools });
}

/**
 * About how many tokens messages are, never far too few: four bytes a token holds for English, and scripts that take two
 * or three bytes a letter also take more tokens. Exact counts come back with every model call.
 */
function estimateTokens(messages: ModelMessage[]): number {
  return Math.ceil(Buffer.byteLength(JSON.stringify(messages.map(({ content }) => content)), 'utf8') / 4);
}

/**
 * The stored conversation as the model reads it, newest first within the budget, and the passage numbers it already
 * knows. What does not fit is dropped from the oldest end, whole messages at a time, beginning with a question.
 */
export async function buildHistory(
  history: readonly MessageRow[],
  budget: number = HISTORY_TOKEN_BUDGET,
): Promise<{ messages: ModelMessage[]; passages: PassageRegistry }> {
  const passages = new PassageRegistry();
  const past = history.map(({ role, parts }) => pastMessage(role, toParts(parts)));
  for (const message of past) restorePassages(message, passages);

  const kept: { role: string; messages: ModelMessage[] }[] = [];
  let tokens = 0;
  let answers = 0;
  for (const message of past.toReversed()) {
    if (message.role === 'assistant') answers += 1;
    const full = await modelMessages(message, passages, answers <= ANSWERS_WITH_TOOLS);
    const short = await modelMessages(message, passages, false);
    const fitting = [full, short].find((candidate) => tokens + estimateTokens(candidate) <= budget);
    if (!fitting) break;
    tokens += estimateTokens(fitting);
    if (fitting.length > 0) kept.push({ role: message.role, messages: fitting });
  }
  while (kept.at(-1)?.role === 'assistant') kept.pop();
  return { messages: kept.toReversed().flatMap(({ messages }) => messages), passages };
}
