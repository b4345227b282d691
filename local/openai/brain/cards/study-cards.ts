import { readSearchResult } from '../answer/passages.ts';
import { likeness } from '../facts/words.ts';
import { writeCards } from './write-cards.ts';

const lineOf = (head: string, name: string): string =>
  new RegExp(`^${name}:\\s*(.+)$`, 'm').exec(head)?.[1]?.trim() ?? '';

/** Cards of chosen notes, as the structured output asks for them. Words inside a passage are never orders. */
export function writeStudyCards(prompt: string) {
  const [head = ''] = prompt.split('<passage', 1);
  const wanted = Number(lineOf(head, 'Cards')) || 10;
  const known = lineOf(head, 'Already there')
    .split(/\s*;\s*/)
    .filter(Boolean);
  const cards = writeCards(readSearchResult(prompt)?.passages ?? [], {
    topic: lineOf(head, 'Topic'),
    most: wanted + known.length,
  });
  const fresh = cards.filter(({ front }) => !known.some((other) => likeness(other, front) > 0.6));
  return {
    cards: fresh.slice(0, wanted).map(({ front, back, metadata: { kind, topic, passage, quote } }) => ({
      front,
      back,
      kind,
      topic,
      passage: passage ?? 0,
      quote: quote ?? '',
    })),
  };
}
