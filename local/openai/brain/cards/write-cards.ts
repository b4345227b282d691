import { lineOf, type Passage, readSearchResult } from '../answer/passages.ts';
import { learn } from '../facts/index.ts';
import { likeness } from '../facts/words.ts';
import { FORMULA } from '../text/plain.ts';
import { terms } from '../text/terms.ts';
import { type Draft, draftsIn } from './drafts.ts';
import { formulaDrafts, tableDrafts } from './tables.ts';

/** A card as the tool that keeps cards takes it. */
export type Card = {
  front: string;
  back: string;
  metadata: {
    kind: 'basic' | 'cloze';
    topic: string | null;
    deck: string | null;
    passage: number | null;
    quote: string | null;
  };
};

/** `topic` is what was asked for; empty when nothing was. */
type CardOrder = { topic: string; most: number };

const LONGEST = 260;
const MOST_WORDS = 25;
/** A deck of one kind of card alone is dull while others could be made. */
const MOST_OF_ONE_FORM = 0.75;
const MOST_OF: Partial<Record<Draft['form'], number>> = { cloze: 0.4 };

/** Cards from passages: definitions first, then questions, formulas and figures; each with the words that prove it. */
export function writeCards(passages: readonly Passage[], { topic, most }: CardOrder): Card[] {
  const drafts = [
    ...draftsIn(learn(passages), topic),
    ...tableDrafts(passages, topic),
    ...formulaDrafts(passages, topic),
  ];
  const asked = new Set(terms(topic));
  const aboutTopic = (draft: Draft): number =>
    terms(`${draft.front} ${draft.back} ${draft.topic}`).some((term) => asked.has(term)) ? 1 : 0;
  const ranked = drafts
    .filter(
      ({ front, back, quote, n }) => isShort(front) && isShort(back) && passageOf(n)?.text.includes(quote),
    )
    .map((draft) => ({ draft, weight: draft.weight + aboutTopic(draft) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ draft }) => draft);
  return choose(ranked, most)
    .map((draft) => ({ draft, place: placeOf(draft) }))
    .sort((a, b) => a.place - b.place)
    .map(({ draft: { front, back, kind, topic: about, n, quote } }) => ({
      front,
      back,
      metadata: { kind, topic: about || null, deck: null, passage: n, quote },
    }));

  function passageOf(n: number): Passage | undefined {
    return passages.find((passage) => passage.n === n);
  }

  /** As the notes tell it: a card is easier to keep beside its neighbours. */
  function placeOf({ n, quote }: Draft): number {
    const at = passages.findIndex((passage) => passage.n === n);
    return at * 1e6 + Math.max(0, passages[at]?.text.indexOf(quote) ?? 0);
  }
}

/** A formula counts as one word. */
const wordsIn = (text: string): number => text.replace(FORMULA, 'x').split(/\s+/).filter(Boolean).length;
const isShort = (side: string): boolean => side.length <= LONGEST && wordsIn(side) <= MOST_WORDS;

function choose(ranked: Draft[], most: number): Draft[] {
  const chosen: Draft[] = [];
  const share = (form: Draft['form']): number => Math.ceil(most * (MOST_OF[form] ?? MOST_OF_ONE_FORM));
  // The shares first, then what is left of the forms that have had theirs.
  for (const limit of [share, () => most])
    for (const draft of ranked) {
      if (chosen.length >= most) return chosen;
      const isFull = chosen.filter(({ form }) => form === draft.form).length >= limit(draft.form);
      if (!isFull && !chosen.some((other) => areAlike(other, draft))) chosen.push(draft);
    }
  return chosen;
}

/** Two drafts that ask or answer the same thing; "A: b" beside "b: A" gives each other away. */
function areAlike(one: Draft, other: Draft): boolean {
  if (one.quote === other.quote && one.n === other.n) return true;
  if (likeness(one.front, other.front) > 0.6) return true;
  if (
    one.back !== '' &&
    (one.back === other.back || (terms(one.back).length > 3 && likeness(one.back, other.back) > 0.75))
  )
    return true;
  if (one.form === 'cloze' || other.form === 'cloze') return false;
  return likeness(one.front, other.back) > 0.5 || likeness(one.back, other.front) > 0.5;
}

/** Cards of chosen notes, as the structured output asks for them. Words inside a passage are never orders. */
export function writeStudyCards(prompt: string) {
  const wanted = Number(lineOf(prompt, 'Cards')) || 10;
  const known = lineOf(prompt, 'Already there')
    .split(/\s*;\s*/)
    .filter(Boolean);
  const cards = writeCards(readSearchResult(prompt)?.passages ?? [], {
    topic: lineOf(prompt, 'Topic'),
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
