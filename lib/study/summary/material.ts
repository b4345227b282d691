import type { MessageRole } from '../../domain/message.ts';

/** About two hours of talk, and far below any model's window. */
export const MAX_TRANSCRIPT_CHARACTERS = 60_000;
/** Fewer letters than a sentence or two hold nothing to summarise. */
const FEWEST_LETTERS = 40;

export type Cut = { text: string; isCut: boolean };

/** The last end of a sentence, or of a line, that lies in the second half; else the last space. */
function cutPoint(text: string, limit: number): number {
  const head = text.slice(0, limit);
  const half = limit / 2;
  const ends = [...head.matchAll(/[.!?…]["'”’)\]]*(?=\s|$)|[。！？]|\n/gu)];
  const last = ends.findLast(({ index }) => index >= half);
  if (last) return last.index + last[0].length;
  const space = head.lastIndexOf(' ');
  if (space >= half) return space;
  // Never between the two halves of one character.
  return /[\uD800-\uDBFF]$/.test(head) ? limit - 1 : limit;
}

/** The beginning of a text, ended at a sentence. */
export function cutAtSentence(text: string, limit: number = MAX_TRANSCRIPT_CHARACTERS): Cut {
  if (text.length <= limit) return { text, isCut: false };
  return { text: text.slice(0, cutPoint(text, limit)).trimEnd(), isCut: true };
}

export type Utterance = { role: MessageRole; text: string };

const SPEAKERS = { user: 'Student', assistant: 'Tutor' } as const;
/** Numbers of passages mean nothing outside of their answer. */
const CITATION = /\s?\[\d{1,3}\](?!\()/g;

/**
 * A conversation as a transcript, the latest messages that fit. The request to summarise it, which is its last word, is no
 * part of it.
 */
export function transcriptOf(messages: readonly Utterance[], limit: number = MAX_TRANSCRIPT_CHARACTERS): Cut {
  const spoken = messages.filter(({ text }) => text.trim() !== '');
  if (spoken.at(-1)?.role === 'user') spoken.pop();
  const lines = spoken.map(({ role, text }) => `${SPEAKERS[role]}: ${text.replace(CITATION, '').trim()}`);
  const kept: string[] = [];
  let characters = 0;
  for (const line of lines.toReversed()) {
    characters += line.length + 2;
    if (characters > limit) break;
    kept.unshift(line);
  }
  const isCut = kept.length < lines.length;
  if (kept.length === 0) return cutAtSentence(lines.at(-1) ?? '', limit);
  return { text: kept.join('\n\n'), isCut };
}

/** Whether there are words enough to say something about. */
export const isWorthSummarising = (text: string): boolean =>
  (text.match(/\p{L}/gu)?.length ?? 0) >= FEWEST_LETTERS;
