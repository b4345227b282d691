import { convertToModelMessages, type ModelMessage } from 'ai';
import { z } from 'zod';
import type { MessageRow } from '../db/queries/message.ts';
import { citationSchema } from '../domain/citation.ts';
import { type ToolName, tools } from '../tools/index.ts';
import { type SearchNotesOutput, searchNotesOutputSchema } from '../tools/search-notes.ts';
import type { ClervaMessage, ClervaPart } from './messages.ts';
import { PassageRegistry } from './passages.ts';
import { estimateTokens } from './tokens.ts';

/** What earlier messages may take of the model's window. The question and this turn's searches come on top. */
export const HISTORY_TOKEN_BUDGET = 8_000;
/** What the tools of earlier answers brought is left out; the answers themselves stay, with their citations. */
const ANSWERS_WITH_TOOLS = 2;
/** A pasted page in an old message is kept by its beginning. */
const MAX_OLD_TEXT_CHARACTERS = 6_000;

const textPart = z.object({ type: z.literal('text'), text: z.string() });
const searchPart = z.object({
  type: z.literal('tool-searchNotes'),
  state: z.literal('output-available'),
  output: searchNotesOutputSchema,
});
const citationPart = z.object({ type: z.literal('data-citation'), data: citationSchema });

/** A tool other than the search, finished or refused: what the model has to know of it in later turns. */
const toolPart = z.looseObject({
  type: z.templateLiteral(['tool-', z.enum(Object.keys(tools) as [ToolName, ...ToolName[]])]),
  state: z.enum(['output-available', 'output-denied', 'output-error']),
  toolCallId: z.string(),
});

type StoredMessage = {
  role: 'user' | 'assistant';
  text: string;
  searches: SearchNotesOutput[];
  /** Everything the tools did, as parts of the page's message. */
  tools: ClervaPart[];
  citations: z.infer<typeof citationSchema>[];
};

/**
 * Reads one stored message. A part that no longer has the shape of today's is left out, never a reason to fail: the
 * text of an old conversation always survives.
 */
function readMessage(row: Pick<MessageRow, 'role' | 'parts'>): StoredMessage {
  const stored: StoredMessage = { role: row.role, text: '', searches: [], tools: [], citations: [] };
  const texts: string[] = [];
  for (const part of row.parts) {
    const text = textPart.safeParse(part);
    if (text.success) {
      texts.push(text.data.text);
      continue;
    }
    const search = searchPart.safeParse(part);
    if (search.success) stored.searches.push(search.data.output);
    const used = toolPart.safeParse(part);
    const isOldSearch = used.success && used.data.type === 'tool-searchNotes' && !search.success;
    // Input and output of a stored call are what the tool itself parsed when it ran.
    if (used.success && !isOldSearch) stored.tools.push(used.data as unknown as ClervaPart);
    const citation = citationPart.safeParse(part);
    if (citation.success) stored.citations.push(citation.data.data);
  }
  stored.text = texts.filter(Boolean).join('\n\n');
  return stored;
}

/** Display numbers count within a message; the model knows passages by their numbers in the thread. */
function withPassageNumbers({ text, citations }: StoredMessage, passages: PassageRegistry): string {
  if (citations.length === 0) return text;
  const numbers = new Map(
    citations.map(({ n, docId, chunkOrd }) => [n, passages.findNumber(docId, chunkOrd)]),
  );
  return text.replace(/[ \t]*\[(\d{1,4})\]/g, (marker, digits: string) => {
    const display = Number(digits);
    if (!numbers.has(display)) return marker;
    const n = numbers.get(display);
    return n === undefined ? '' : marker.replace(`[${digits}]`, `[${n}]`);
  });
}

/** What tools did, as calls and results; nothing when a result no longer has the shape its tool gives. */
async function toolMessages(parts: readonly ClervaPart[]): Promise<ModelMessage[]> {
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
  message: StoredMessage,
  passages: PassageRegistry,
  keepsTools: boolean,
): Promise<ModelMessage[]> {
  const text = withPassageNumbers(message, passages).slice(0, MAX_OLD_TEXT_CHARACTERS);
  if (message.role === 'user') return text === '' ? [] : [{ role: 'user', content: text }];
  return [
    ...(keepsTools ? await toolMessages(message.tools) : []),
    ...(text === '' ? [] : [{ role: 'assistant' as const, content: text }]),
  ];
}

function restorePassages({ searches }: StoredMessage, passages: PassageRegistry): void {
  for (const { chunks } of searches) for (const passage of chunks) passages.restore(passage);
}

/**
 * The beginning of an answer that goes on after the student's yes or no, as the model reads it: its steps with their
 * calls, what they brought, what was asked and what was answered.
 */
export async function continuedMessages(
  parts: readonly ClervaPart[],
  passages: PassageRegistry,
): Promise<ModelMessage[]> {
  const stored = readMessage({ role: 'assistant', parts: [...parts] });
  restorePassages(stored, passages);
  const own = parts.map((part) =>
    part.type === 'text'
      ? { ...part, text: withPassageNumbers({ ...stored, text: part.text }, passages) }
      : part,
  );
  const message: Omit<ClervaMessage, 'id'> = { role: 'assistant', parts: own };
  return convertToModelMessages([message], { tools });
}

const tokensOf = (messages: ModelMessage[]) =>
  estimateTokens(JSON.stringify(messages.map(({ content }) => content)));

/**
 * The stored conversation as the model reads it, newest first within the budget, and the passage numbers it already
 * knows. What does not fit is dropped from the oldest end, whole messages at a time, beginning with a question.
 */
export async function buildHistory(
  history: readonly MessageRow[],
  budget: number = HISTORY_TOKEN_BUDGET,
): Promise<{ messages: ModelMessage[]; passages: PassageRegistry }> {
  const passages = new PassageRegistry();
  const stored = history.map(readMessage);
  for (const message of stored) restorePassages(message, passages);

  const kept: { role: string; messages: ModelMessage[] }[] = [];
  let tokens = 0;
  let answers = 0;
  for (const message of stored.toReversed()) {
    if (message.role === 'assistant') answers += 1;
    const full = await modelMessages(message, passages, answers <= ANSWERS_WITH_TOOLS);
    const short = await modelMessages(message, passages, false);
    const fitting = [full, short].find((candidate) => tokens + tokensOf(candidate) <= budget);
    if (!fitting) break;
    tokens += tokensOf(fitting);
    if (fitting.length > 0) kept.push({ role: message.role, messages: fitting });
  }
  while (kept.at(-1)?.role === 'assistant') kept.pop();
  return { messages: kept.toReversed().flatMap(({ messages }) => messages), passages };
}
