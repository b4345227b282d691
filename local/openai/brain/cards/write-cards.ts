import type { Passage } from '../answer/passages.ts';
import { learn } from '../facts/index.ts';
import { terms } from '../text/terms.ts';
import { type Card, type CardOrder, type Draft, insideOf, wordsIn } from './draft.ts';
import { areAlike, draftFrom } from './from-facts.ts';
import { sentenceDrafts } from './from-sentences.ts';
import { hiddenTermDrafts, shortFormDrafts } from './hide-term.ts';
import { formulaDrafts, tableDrafts } from './tables.ts';

const LONGEST = 260;
const MOST_WORDS = 25;
/** A deck of one kind of card alone is dull while others could be made. */
const MOST_OF_ONE_FORM = 0.75;
const MOST_CLOZES = 0.4;

/** Cards from passages: definitions first, then questions, formulas and figures; each with the words that prove it. */
export function writeCards(passages: readonly Passage[], { topic, most }: CardOrder): Card[] {
  const knowledge = learn(passages);
  const inside = insideOf(passages);
  const drafts = knowledge.facts.flatMap((fact) => draftFrom(fact, topic) ?? []);
  drafts.push(...sentenceDrafts(knowledge, topic, inside));
  drafts.push(...hiddenTermDrafts(knowledge, topic));
  drafts.push(...shortFormDrafts(knowledge.units, topic));
  drafts.push(...tableDrafts(passages, topic, inside));
  drafts.push(...formulaDrafts(passages, topic, inside));
  const asked = new Set(terms(topic));
  const aboutTopic = (draft: Draft): number =>
    terms(`${draft.front} ${draft.back} ${draft.topic}`).some((term) => asked.has(term)) ? 1 : 0;
  const ranked = drafts
    .filter(({ front, back }) => isShort(front) && isShort(back))
    .map((draft) => ({ draft, weight: draft.weight + aboutTopic(draft) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ draft }) => draft);
  return inReadingOrder(choose(ranked, most), passages).map(asCard);
}

const isShort = (side: string): boolean => side.length <= LONGEST && wordsIn(side) <= MOST_WORDS;

function choose(ranked: Draft[], most: number): Draft[] {
  const chosen: Draft[] = [];
  const left: Draft[] = [];
  const share = (form: Draft['form']): number =>
    Math.ceil(most * (form === 'cloze' ? MOST_CLOZES : MOST_OF_ONE_FORM));
  for (const draft of ranked) {
    if (chosen.length >= most) break;
    if (chosen.some((other) => areAlike(other, draft))) continue;
    if (chosen.filter(({ form }) => form === draft.form).length >= share(draft.form)) left.push(draft);
    else chosen.push(draft);
  }
  for (const draft of left)
    if (chosen.length < most && !chosen.some((other) => areAlike(other, draft))) chosen.push(draft);
  return chosen;
}

/** As the notes tell it: a card is easier to keep beside its neighbours. */
function inReadingOrder(cards: Draft[], passages: readonly Passage[]): Draft[] {
  const place = ({ n, quote }: Draft): number => {
    const at = passages.findIndex((passage) => passage.n === n);
    return at * 1e6 + Math.max(0, passages[at]?.text.indexOf(quote) ?? 0);
  };
  return [...cards].sort((a, b) => place(a) - place(b));
}

const asCard = ({ front, back, kind, topic, n, quote }: Draft): Card => ({
  front,
  back,
  metadata: { kind, topic: topic || null, deck: null, passage: n, quote },
});
