import type { QueryUnit } from './rerank.ts';
import type { RetrievedChunk } from './search.ts';
import { sentenceSpans } from './sentences.ts';
import { isEnglishQuery, terms } from './tokenizer.ts';

/** Share of the topic's weight that one place needs to hold: its rare words, not half of its common ones. */
const HELD = 0.75;
/** Share of a heading's words that the topic needs to be that section and not a part of it. */
const HEADING_SHARE = 0.6;
/** Words of a topic stand no further apart than this where they make one subject. */
const NEAR = 4;
/** A subject that is no heading is spoken of more than once. */
const LEAST_MENTIONS = 2;

export type Topic = {
  /**
   * The heading of a chunk that is this topic: its place in the path, and the share of its words that are the topic's.
   * `widest` is the place of the outermost heading that names the topic beside other things.
   */
  headingIn(chunk: Pick<RetrievedChunk, 'headingPath'>): { at: number; widest: number; share: number } | null;
  /** The sentences of a chunk that speak of it; null when it stands in a heading that names it with other things. */
  mentionsIn(chunk: RetrievedChunk): string[] | null;
};

function isNear(sequence: readonly string[], units: readonly QueryUnit[]): boolean {
  const places = units.map(({ forms }) =>
    sequence.flatMap((term, index) => (forms.includes(term) ? [index] : [])),
  );
  let possible = 0;
  let found = 0;
  places.forEach((own, index) => {
    const [unit, next, after] = [units[index], units[index + 1], places[index + 1]];
    if (!unit || !next || !after) return;
    possible += unit.weight + next.weight;
    if (own.some((one) => after.some((other) => Math.abs(one - other) <= NEAR)))
      found += unit.weight + next.weight;
  });
  return possible === 0 || found / possible >= 0.5;
}

/** Whether passages speak of a topic, by the rarity of its words among the student's own notes. */
export function topicOf(text: string, units: readonly QueryUnit[]): Topic {
  const prefixes = !isEnglishQuery(text);
  const total = units.reduce((sum, { weight }) => sum + weight, 0);
  const rarest = Math.max(0, ...units.map(({ weight }) => weight));
  const isHeld = (sequence: readonly string[]): boolean => {
    const words = new Set(sequence);
    const held = units.filter(({ forms }) => forms.some((form) => words.has(form)));
    const weight = held.reduce((sum, unit) => sum + unit.weight, 0);
    return total > 0 && weight / total >= HELD && held.some((unit) => unit.weight === rarest);
  };
  const asked = new Set(units.flatMap(({ forms }) => forms));
  const termsOf = (words: string) => terms(words, { prefixes });
  const isNamed = (heading: string) => isHeld(termsOf(heading));
  return {
    headingIn({ headingPath }) {
      const shares = headingPath.map((heading) => {
        const words = termsOf(heading).filter((term) => !term.startsWith('~') && !/^\d+$/.test(term));
        return isNamed(heading)
          ? words.filter((term) => asked.has(term)).length / Math.max(1, words.length)
          : 0;
      });
      const share = Math.max(0, ...shares);
      const widest = shares.findIndex((one) => one > 0);
      return share < HEADING_SHARE ? null : { at: shares.lastIndexOf(share), widest, share };
    },
    mentionsIn({ text: body, headingPath, title }) {
      if ([title, ...headingPath].some(isNamed)) return null;
      const sentences = sentenceSpans(body).map(({ start, end }) => body.slice(start, end));
      const sequences = sentences.map(termsOf);
      return sentences.filter((_, index) => {
        const own = sequences[index] ?? [];
        const pair = [...own, ...(sequences[index + 1] ?? [])];
        const isSaid = isHeld(own) || (isHeld(pair) && own.some((term) => asked.has(term)));
        return isSaid && isNear(isHeld(own) ? own : pair, units);
      });
    },
  };
}

/** Of a ranking that goes on past the subject, the part that speaks of it. Nothing for a subject named in passing. */
export function onTopic(chunks: readonly RetrievedChunk[], topic: Topic): RetrievedChunk[] {
  const spoken = chunks.map((chunk) => ({ chunk, mentions: topic.mentionsIn(chunk) }));
  const kept = spoken.filter(({ mentions }) => mentions === null || mentions.length > 0);
  const isTitled = kept.some(({ mentions }) => mentions === null);
  const said = new Set(kept.flatMap(({ mentions }) => mentions ?? []));
  return isTitled || said.size >= LEAST_MENTIONS ? kept.map(({ chunk }) => chunk) : [];
}
