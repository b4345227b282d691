import type { ModelMessage } from 'ai';
import { z } from 'zod';
import type { MessageRow } from '../db/queries/message.ts';
import { type SearchNotesOutput, searchNotesOutputSchema, searchNotesText } from '../tools/search-notes.ts';
import { citationSchema } from './messages.ts';
import { PassageRegistry } from './passages.ts';
import { estimateTokens } from './tokens.ts';

/** What earlier messages may take of the model's window. The question and this turn's searches come on top. */
export const HISTORY_TOKEN_BUDGET = 8_000;
/** Passages of the answers before these are left out; the answers themselves stay, with their citations. */
const ANSWERS_WITH_PASSAGES = 2;
/** A pasted page in an old message is kept by its beginning. */
const MAX_OLD_TEXT_CHARACTERS = 6_000;

const textPart = z.object({ type: z.literal('text'), text: z.string() });
const searchPart = z.object({
  type: z.literal('tool-searchNotes'),
  state: z.literal('output-available'),
  toolCallId: z.string(),
  input: z.record(z.string(), z.unknown()),
  output: searchNotesOutputSchema,
});
const citationPart = z.object({ type: z.literal('data-citation'), data: citationSchema });

type StoredSearch = { toolCallId: string; input: Record<string, unknown>; output: SearchNotesOutput };
type StoredMessage = {
  role: 'user' | 'assistant';
  text: string;
  searches: StoredSearch[];
  citations: z.infer<typeof citationSchema>[];
};

/**
 * Reads one stored message. A part that no longer has the shape of today's is left out, never a reason to fail: the
 * text of an old conversation always survives.
 */
function readMessage(row: MessageRow): StoredMessage {
  const stored: StoredMessage = { role: row.role, text: '', searches: [], citations: [] };
  const texts: string[] = [];
  for (const part of row.parts) {
    const text = textPart.safeParse(part);
    if (text.success) {
      texts.push(text.data.text);
      continue;
    }
    const search = searchPart.safeParse(part);
    if (search.success) stored.searches.push(search.data);
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

function searchMessages(searches: StoredSearch[]): ModelMessage[] {
  if (searches.length === 0) return [];
  return [
    {
      role: 'assistant',
      content: searches.map(({ toolCallId, input }) => ({
        type: 'tool-call' as const,
        toolCallId,
        toolName: 'searchNotes',
        input,
      })),
    },
    {
      role: 'tool',
      content: searches.map(({ toolCallId, output }) => ({
        type: 'tool-result' as const,
        toolCallId,
        toolName: 'searchNotes',
        output: { type: 'text' as const, value: searchNotesText(output) },
      })),
    },
  ];
}

function modelMessages(
  message: StoredMessage,
  passages: PassageRegistry,
  keepsPassages: boolean,
): ModelMessage[] {
  const text = withPassageNumbers(message, passages).slice(0, MAX_OLD_TEXT_CHARACTERS);
  if (message.role === 'user') return text === '' ? [] : [{ role: 'user', content: text }];
  return [
    ...(keepsPassages ? searchMessages(message.searches) : []),
    ...(text === '' ? [] : [{ role: 'assistant' as const, content: text }]),
  ];
}

const tokensOf = (messages: ModelMessage[]) =>
  estimateTokens(JSON.stringify(messages.map(({ content }) => content)));

/**
 * The stored conversation as the model reads it, newest first within the budget, and the passage numbers it already
 * knows. What does not fit is dropped from the oldest end, whole messages at a time, beginning with a question.
 */
export function buildHistory(
  history: readonly MessageRow[],
  budget: number = HISTORY_TOKEN_BUDGET,
): { messages: ModelMessage[]; passages: PassageRegistry } {
  const passages = new PassageRegistry();
  const stored = history.map(readMessage);
  for (const { searches } of stored) {
    for (const { output } of searches) for (const passage of output.chunks) passages.restore(passage);
  }

  const kept: { role: string; messages: ModelMessage[] }[] = [];
  let tokens = 0;
  let answers = 0;
  for (const message of stored.toReversed()) {
    if (message.role === 'assistant') answers += 1;
    const full = modelMessages(message, passages, answers <= ANSWERS_WITH_PASSAGES);
    const short = modelMessages(message, passages, false);
    const fitting = [full, short].find((candidate) => tokens + tokensOf(candidate) <= budget);
    if (!fitting) break;
    tokens += tokensOf(fitting);
    if (fitting.length > 0) kept.push({ role: message.role, messages: fitting });
  }
  while (kept.at(-1)?.role === 'assistant') kept.pop();
  return { messages: kept.toReversed().flatMap(({ messages }) => messages), passages };
}
