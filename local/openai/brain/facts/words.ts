import { LRUCache } from 'lru-cache';
import { baseOf, PLURAL_OF, SINGULAR_OF } from '../text/irregular.ts';

const FUNCTION_WORDS = new Set(
  (
    'a an the this that these those some any each every all both either neither no not nor and or but if then than as at by ' +
    'for from in into of off on onto out over per to under up upon with within without about above after again against along ' +
    'among around before behind below between beyond during through toward towards until while because since so such via i me ' +
    'my we us our you your he him his she her it its they them their who whom whose which what when where why how am is are was ' +
    'were be been being do does did doing done have has had having can could may might must shall should will would there here ' +
    'also just only very too more most much many few other another same own one ones get got now let name named kind type called known main'
  ).split(' '),
);

/** Words with letters or digits; a hyphenated word is one. */
export const wordsOf = (text: string): string[] =>
  text.normalize('NFKC').match(/[\p{L}\p{N}]+(?:[’'\-.][\p{L}\p{N}]+)*/gu) ?? [];

/** A text repeats its words, and every question looks at the same text. */
const roots = new LRUCache<string, string>({ max: 20_000 });

/** Joins the forms of a word and what is derived from it: "encode", "encoding"; "consolidate", "consolidation". */
export function rootOf(word: string): string {
  const known = roots.get(word);
  if (known !== undefined) return known;
  const root = makeRoot(word);
  roots.set(word, root);
  return root;
}

function makeRoot(word: string): string {
  const lower = word.toLowerCase().replace(/[’'](?:s|$)/, '');
  const irregular = baseOf(lower);
  if (irregular) return irregular;
  if (lower.length <= 3 || /\d/.test(lower)) return lower;
  return lower
    .replace(/sses$/, 'ss')
    .replace(/ies$/, 'y')
    .replace(/([^su])s$/, '$1')
    .replace(/(?<=[aeiouy].*)(?:ingly|edly)$/, '')
    .replace(/(?<=[aeiouy].+)(?:ing|ed)$/, '')
    .replace(/([^aeioulsz])\1$/, '$1')
    .replace(/i[sz]ation$/, 'iz')
    .replace(/(?<=.{3})ations?$/, 'at')
    .replace(/(?<=.{3})e?ment$/, '')
    .replace(/(?<=.{3})(?:ness|ful|ly)$/, '')
    .replace(/(?<=.{4})(?:ion|al|ive|or|er|e|y|i)$/, '');
}

/** Roots of the words that carry meaning; the parts of a hyphenated word count too. */
export function rootsOf(text: string): string[] {
  return wordsOf(text)
    .flatMap((word) => (word.includes('-') ? [word, ...word.split('-')] : [word]))
    .filter((word) => !FUNCTION_WORDS.has(word.toLowerCase()) && (word.length > 1 || /\d/.test(word)))
    .map(rootOf);
}

export const isFunctionWord = (word: string): boolean => FUNCTION_WORDS.has(word.toLowerCase());

/** A term without what a sentence puts in front of it. */
export const bare = (text: string): string =>
  text
    .replace(
      /^(?:the|a|an|each|every|some|most|many|all|these|those|this|its|their|both|any|certain|various|several|other|another)\s+/i,
      '',
    )
    .replace(/\s*\([^)]*\)/g, '')
    .replace(/["“”]/g, '')
    .replace(/^\p{Ll}[\p{L}-]*[’']s? (?=\p{L})/u, '')
    .trim();

/** A text without what stands in brackets; "(CH2O)n" is no remark. */
export const withoutBrackets = (text: string): string =>
  text.replace(/\s+\([^()]*\)(?=[\s.,;:!?]|$)|(?<=\p{Ll})\(\p{Ll}{1,3}\)/gu, '');

/** One key for all forms of a term. */
export const keyOf = (text: string): string => wordsOf(bare(text)).map(rootOf).join(' ');

/** All roots of a text between spaces: a key stands in it when ` key ` does. */
export const keysOf = (text: string): string => ` ${wordsOf(text).map(rootOf).join(' ')} `;

export const shared = (some: Iterable<string>, others: ReadonlySet<string>): number => {
  let count = 0;
  for (const item of new Set(some)) if (others.has(item)) count += 1;
  return count;
};

const LEADING_LETTERS = 6;
const SHORTEST_CLUE = 5;

/** True when a text holds a word of the answer, or one that begins like it or stands in it: "Arachis" points to "arachidic acid", "lipid" to "phospholipid". */
export function tells(text: string, answer: string): boolean {
  const said = rootsOf(text);
  return rootsOf(answer).some((root) => said.some((other) => beginAlike(root, other)));
}

function beginAlike(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.length < SHORTEST_CLUE || b.length < SHORTEST_CLUE) return false;
  return (
    a.includes(b) ||
    b.includes(a) ||
    (a.length >= LEADING_LETTERS && a.slice(0, LEADING_LETTERS) === b.slice(0, LEADING_LETTERS))
  );
}

/** Share of the words of two texts that they have in common. */
export function likeness(a: string, b: string): number {
  const left = new Set(rootsOf(a));
  const right = new Set(rootsOf(b));
  const both = shared(left, right);
  return both / (left.size + right.size - both || 1);
}

/** The main part of a term: "synthesis" is the head of "synthesis of proteins". */
export const mainPart = (term: string): string => term.split(/ (?:of|in|for|from|to|with) /)[0] ?? term;

export const lastWord = (text: string): string => text.split(' ').at(-1) ?? text;

/** A full stop, commas and colons at the end belong to the sentence, not to the phrase. */
export const withoutEnd = (text: string): string => text.replace(/[.,;:\s]+$/, '');

/** A word inside a sentence: what begins a sentence says nothing about its capital. */
const INSIDE = /(?<![.?!:]["”)]*\s)(?<!^)(?<![\p{L}\p{N}])\p{L}[\p{L}\p{N}’'-]*/gu;
/** Title case, and the capitals of a heading or of a placeholder: "ENCODING", "FILE". Shorter ones are short forms. */
const TITLE_CASE = /^(?:\p{Lu}\p{Ll}*(?:-\p{Lu}?\p{Ll}+)*|\p{Lu}{4,})$/u;

/** What is said of persons, places, works and events alone: the capital in front is one of a name. */
const OPENS_WITH_A_NAME =
  /^(\p{Lu}[\p{L}’'-]+) (?:(?:was|were) (?:born|crowned|elected|appointed|executed|founded|signed|killed)\b|(?:died|reigned|ruled|married|wrote|painted|composed|argued|invented|discovered|conquered|invaded|published|proposed|founded|introduced|formulated)\b|(?:is|was|are|were) (?:an?|the) [^,.]{0,50}?\b(?:king|queen|emperor|empress|president|general|philosopher|scientist|writer|author|poet|painter|composer|inventor|leader|physicist|city|town|river|country|kingdom|empire|state|province|island|mountain|lake|company|university|party|god|goddess|novel|poem|play|film|album|band|language|tribe|dynasty|battle|treaty|planet|moon|programming language|web ?site|brand)\b)/u;

const capitalsIn = (text: string): number => text.match(/(?<!\p{L})\p{Lu}/gu)?.length ?? 0;

/**
 * Writes terms as the notes write them inside sentences: "Long-Term Memory" of a heading becomes "long-term memory", and
 * "Thomas R. Gray" keeps its capitals.
 */
export function casingOf(texts: readonly string[]): (term: string) => string {
  const upper = new Map<string, number>();
  const lower = new Map<string, number>();
  for (const text of texts)
    for (const [word] of text.matchAll(INSIDE)) {
      const plain = word.toLowerCase();
      const counts = word === plain ? lower : upper;
      counts.set(plain, (counts.get(plain) ?? 0) + 1);
    }
  for (const text of texts) {
    const name = OPENS_WITH_A_NAME.exec(text)?.[1]?.toLowerCase();
    if (name) upper.set(name, (upper.get(name) ?? 0) + 1);
  }
  const isCommon = (word: string): boolean => (lower.get(word) ?? 0) >= (upper.get(word) ?? 0);
  const isUnseen = (word: string): boolean => !lower.has(word) && !upper.has(word);

  const lowered = (term: string): string =>
    term.replace(/\p{L}[\p{L}\p{N}’'-]*/gu, (word, at: number) => {
      const plain = word.toLowerCase();
      const next = /^\S+ (\p{Lu}\p{Ll}[\p{L}’'-]*)/u.exec(term.slice(at))?.[1]?.toLowerCase();
      // What is written in capitals alone everywhere is a short form.
      if (/^\p{Lu}+$/u.test(word) && !lower.has(plain)) return word;
      if (isUnseen(plain) && next !== undefined && !isCommon(next)) return word;
      return TITLE_CASE.test(word) && isCommon(plain) ? plain : word;
    });
  return (term) => {
    const result = lowered(term);
    const capitals = capitalsIn(term);
    // A name keeps all of its capitals when it keeps most of them.
    const isMixed = /^\p{Ll}[\p{L}-]* \p{Lu}\p{Ll}/u.test(result);
    return capitals > 1 && (isMixed || capitalsIn(result) * 2 > capitals) ? term : result;
  };
}

/** One thing by itself, whatever its last letter says. */
const LOOKS_SINGULAR =
  /(?:ss|us|is|ics|as|os|ops|eps)$|^(?:series|species|lens|news|means|mars|diabetes|rabies|measles|mumps|herpes|feces|caries|rickets|scissors|headquarters|molasses|james|charles|texas|wales|netherlands|athens|mercedes|minutes|seconds|hours|days|years)$/;

/** Plural by its ending. Names of fields ("genetics") and words like "virus" are not. */
export function looksPlural(term: string): boolean {
  const head = lastWord(mainPart(term)).toLowerCase();
  return SINGULAR_OF.has(head) || (/s$/.test(head) && !LOOKS_SINGULAR.test(head));
}

function singular(word: string): string {
  const lower = word.toLowerCase();
  const irregular = SINGULAR_OF.get(lower);
  if (irregular) return irregular;
  if (LOOKS_SINGULAR.test(lower) || !lower.endsWith('s')) return word;
  if (/ies$/.test(lower) && lower.length > 4) return `${word.slice(0, -3)}y`;
  return /(?:sses|xes|ches|shes|zes|uses)$/.test(lower) ? word.slice(0, -2) : word.slice(0, -1);
}

function plural(word: string): string {
  const lower = word.toLowerCase();
  const irregular = PLURAL_OF.get(lower);
  if (irregular) return irregular;
  if (SINGULAR_OF.has(lower) || (lower.endsWith('s') && !LOOKS_SINGULAR.test(lower))) return word;
  if (lower.endsWith('virus')) return `${word}es`;
  if (/(?:us|um|ae|ale|[aiu])$/.test(lower)) return word;
  if (/is$/.test(lower)) return `${word.slice(0, -2)}es`;
  if (/(?:s|x|ch|sh|z)$/.test(lower)) return `${word}es`;
  return /[^aeiou]y$/.test(lower) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** A term in the number that a question needs. Names keep the form they have. */
export function inNumber(term: string, isPlural: boolean): string {
  const tail = term.search(/ (?:of|in|for|from|to|with) /);
  const main = tail < 0 ? term : term.slice(0, tail);
  const head = lastWord(main);
  if (/^\p{Lu}/u.test(head)) return term;
  const form = isPlural ? plural(head) : singular(head);
  return main.slice(0, main.length - head.length) + form + (tail < 0 ? '' : term.slice(tail));
}
