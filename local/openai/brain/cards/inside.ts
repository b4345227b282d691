import type { Passage } from '../answer/passages.ts';
import { tokensOf } from '../facts/tags.ts';

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
