import type { Passage } from '../answer/passages.ts';
import { namesItself } from '../facts/clause.ts';
import { tokensOf } from '../facts/tags.ts';
import type { Knowledge, Unit } from '../facts/types.ts';
import { capitalised, FORMULA } from '../text/plain.ts';

/** A card drafted from one place of the notes. `quote` stands so in its passage. */
export type Draft = {
  kind: 'basic' | 'cloze';
  /** How it asks, so that a deck does not ask everything in one way. */
  form: 'term' | 'question' | 'cloze' | 'table';
  front: string;
  back: string;
  quote: string;
  /** The number of the passage. */
  n: number;
  topic: string;
  weight: number;
};

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

export type CardOrder = {
  /** What was asked for; empty when nothing was. */
  topic: string;
  most: number;
};

/** What a card shows, without the place it comes from. */
export type Sides = Pick<Draft, 'kind' | 'form' | 'front' | 'back' | 'weight'>;

/** What a sentence is read against: the terms of all the notes, and how they write them. */
export type Notes = { terms: Knowledge['terms']; inside: Inside };

/** A formula counts as one word. */
export const wordsIn = (text: string): number =>
  text.replace(FORMULA, 'x').split(/\s+/).filter(Boolean).length;

export const isNamed = (subject: string): boolean => namesItself(subject) && !subject.includes(',');

export const question = (front: string, back: string, weight: number): Sides => ({
  kind: 'basic',
  form: 'question',
  front,
  back: capitalised(back),
  weight,
});

/** A place of the notes that the rules of facts did not take up, as they describe one. */
export const unitAt = (passage: Passage, text: string, heading: string): Unit => ({
  passage,
  text,
  clean: text,
  kind: 'prose',
  heading,
  order: 0,
  keys: '',
  opensSection: false,
});

/** How a name that stood at the beginning of a sentence is written inside a question. */
export type Inside = (name: string) => string;

const isCommonAdjective = (word: string): boolean => {
  const tags = tokensOf(word)[0]?.tags;
  return tags?.has('Adjective') === true && !tags.has('ProperNoun') && !tags.has('Demonym');
};

/** Endings that only common words have. */
const COMMON =
  /(?:sis|tion|sion|ment|ness|ity|ing|ism|sort|phase|genesis|lysis|ory|ive|cit|ary|ous|ural|oral|ional|mantic|metric|ology|graphy|ance|ence|ship|oid|gene)$/i;
const STEM_LETTERS = 5;

/**
 * The notes decide: a word they write small elsewhere, or whose kin they do, loses its capital. A name they write only with one
 * keeps it, for "What does Turing machine …" reads better than "turing machine".
 */
export function insideOf(passages: readonly Passage[]): Inside {
  const text = passages.map((passage) => passage.text).join('\n');
  const small = new Set(text.match(/(?<![\p{L}\d])\p{Ll}[\p{L}-]*/gu) ?? []);
  const stems = new Set([...small].map((word) => word.slice(0, STEM_LETTERS)));
  const capitals = new Set([...text.matchAll(/(?<=\p{Ll},? )\p{Lu}[\p{L}-]*/gu)].map(([word]) => word));
  return (name) => {
    const [first = ''] = name.split(' ');
    const lowered = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    if (/^(?:The|An?)$/.test(first)) return lowered;
    if (!/^\p{Lu}[\p{Ll}-]+$/u.test(first)) return name;
    const word = first.toLowerCase();
    if (small.has(word)) return lowered;
    if (capitals.has(first)) return name;
    const isKin = word.length >= STEM_LETTERS && stems.has(word.slice(0, STEM_LETTERS));
    const isAdjective = name.includes(' ') && isCommonAdjective(word);
    return isAdjective || isKin || first.includes('-') || COMMON.test(first) ? lowered : name;
  };
}
