import { findQuote, UNSPACED } from '../../retrieval/find-quote.ts';
import { isEnglishDocument, terms } from '../../retrieval/tokenizer.ts';

/** Signs that make two texts differ although their words are the same: x + 1 and x - 1. */
const FORMULA = /[$\\^_{}=<>+*/|~±×÷√∑∫≤≥≠≈→]|(?<![\p{L}\p{N}])[-−]\d|\d\s*[-−]\s*\d/u;
const ARTICLE = /^(?:an?|the)\s+/i;

export const isFormula = (text: string) => FORMULA.test(text);
export const isUnspaced = (text: string) => UNSPACED.test(text);

/** The rules about articles, stop words and stems speak of English only; German or Chinese notes must not fail by them. */
export function isEnglishDraft(draft: { question: string; explanation: string }, passage: string): boolean {
  return isEnglishDocument(`${draft.question} ${draft.explanation}`) || isEnglishDocument(passage);
}

/** The content words of a text: each as its stem and, outside English, its first letters. One entry per word. */
export function contentWords(text: string, isEnglish: boolean): string[][] {
  const words: string[][] = [];
  for (const term of terms(text, { prefixes: !isEnglish })) {
    const previous = words.at(-1);
    // A prefix follows the stem it belongs to.
    if (term.startsWith('~') && previous) previous.push(term);
    else words.push([term]);
  }
  return words;
}

/** The share of a text's content words that another text holds in some form. Null when it has no content word. */
export function heldShare(text: string, within: string, isEnglish: boolean): number | null {
  const words = contentWords(text, isEnglish);
  if (words.length === 0) return null;
  const held = new Set(contentWords(within, isEnglish).flat());
  return words.filter((forms) => forms.some((form) => held.has(form))).length / words.length;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The words of a text by their stems. Function words stay: "more energy" is not "less energy". */
const stems = (text: string) =>
  [...text.matchAll(WORD)].map(([word]) => terms(word)[0] ?? word.toLowerCase()).join(' ');

/** What is left of a choice when case, article, spacing and inflection are taken away; a formula keeps its signs. */
export function choiceKey(text: string, isEnglish: boolean): string {
  const plain = text.normalize('NFKC').toLowerCase().trim();
  if (isFormula(plain)) return plain.replace(/[$\s]|\\(?:left|right|,|;|!|quad)/g, '');
  if (isUnspaced(plain)) return plain.replace(/[\s\p{P}]+/gu, '');
  const bare = isEnglish ? plain.replace(ARTICLE, '') : plain;
  return stems(bare) || bare;
}

/** Whether a text holds a phrase, whatever its inflection. */
export function holdsPhrase(text: string, phrase: string, isEnglish: boolean): boolean {
  if (isFormula(phrase)) return text.replace(/[\s$]/g, '').includes(phrase.replace(/[\s$]/g, ''));
  if (findQuote(phrase, text)) return true;
  if (!isEnglish || isUnspaced(phrase)) return false;
  const key = choiceKey(phrase, true);
  return key !== '' && ` ${stems(text.normalize('NFKC').toLowerCase())} `.includes(` ${key} `);
}

export function jaccard(one: string, other: string, isEnglish: boolean): number {
  const [a, b] = [one, other].map(
    (text) => new Set(contentWords(text, isEnglish).map(([stem]) => stem ?? '')),
  );
  if (!a || !b) return 0;
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, a.size + b.size - shared);
}

/** About how wide a text is to the eye: a Chinese character says as much as two letters, and markup says nothing. */
export function visibleLength(text: string): number {
  const shown = text
    .replace(/\\[a-zA-Z]+/g, 'x')
    .replace(/[${}\\]/g, '')
    .trim();
  let length = 0;
  for (const character of shown)
    length += /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(character)
      ? 2
      : 1;
  return length;
}

/** A text without its formulas: brackets, letters and doubled signs inside them follow rules of their own. */
export const withoutFormulas = (text: string) =>
  text.replace(/\$\$[\s\S]*?\$\$|\$[^$\n]*\$|\\\([\s\S]*?\\\)|\\\[[\s\S]*?\\\]/g, ' ');
