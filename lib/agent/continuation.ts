import type { TranscriptMessage } from '../domain/transcript.ts';
import { cutAtSentence } from '../study/summary/material.ts';
import { replaceMarkers } from './marker-place.ts';

/** What the next conversation begins with: enough to go on from, and a small part of what a turn may read. */
const MOST_CHARACTERS = 4_000;
const QUESTION_CHARACTERS = 160;
const ANSWER_CHARACTERS = 280;

const plain = (text: string) =>
  replaceMarkers(text, () => '')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * What was said, from the stored messages alone and always the same: each question with the beginning of its answer, the
 * latest that fit.
 */
export function openingSummary(title: string | null, messages: readonly TranscriptMessage[]): string {
  const head = `This goes on from “${title ?? 'an earlier conversation'}”. What was said there:`;
  const lines: string[] = [];
  let characters = head.length;
  for (let index = messages.length - 1; index >= 0; index--) {
    const asked = messages[index];
    if (asked?.role !== 'user' || asked.text.trim() === '') continue;
    const next = messages[index + 1];
    const answer = next?.role === 'assistant' ? cutAtSentence(plain(next.text), ANSWER_CHARACTERS).text : '';
    const question = cutAtSentence(plain(asked.text), QUESTION_CHARACTERS).text;
    const line = `- **${question}** ${answer}`.trimEnd();
    characters += line.length + 1;
    if (characters > MOST_CHARACTERS) break;
    lines.unshift(line);
  }
  return [head, '', ...lines].join('\n').trimEnd();
}
