import { LRUCache } from 'lru-cache';

const IRREGULAR = new Map(
  Object.entries({
    began: 'begin',
    begun: 'begin',
    bought: 'buy',
    brought: 'bring',
    built: 'build',
    came: 'come',
    chose: 'choose',
    chosen: 'choose',
    fell: 'fall',
    fought: 'fight',
    found: 'find',
    founded: 'founded',
    gave: 'give',
    given: 'give',
    grew: 'grow',
    grown: 'grow',
    held: 'hold',
    knew: 'know',
    known: 'know',
    led: 'lead',
    lost: 'lose',
    made: 'make',
    meant: 'mean',
    paid: 'pay',
    ran: 'run',
    rose: 'rise',
    said: 'say',
    sent: 'send',
    taken: 'take',
    taught: 'teach',
    thought: 'think',
    told: 'tell',
    took: 'take',
    went: 'go',
    won: 'win',
    wrote: 'write',
    written: 'write',
    became: 'become',
    bacteria: 'bacterium',
    mitochondria: 'mitochondrion',
    nuclei: 'nucleus',
    fungi: 'fungus',
    children: 'child',
    people: 'person',
    men: 'man',
    women: 'woman',
    criteria: 'criterion',
    phenomena: 'phenomenon',
  }),
);

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
  const irregular = IRREGULAR.get(lower);
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
    .trim();

/** A text without what stands in brackets; "(CH2O)n" is no remark. */
export const withoutBrackets = (text: string): string => text.replace(/\s*\([^()]*\)(?=[\s.,;:!?]|$)/g, '');

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

/** True when a text holds a word of the answer, or one that begins like it: "Arachis" points to "arachidic acid". */
export function tells(text: string, answer: string): boolean {
  const said = rootsOf(text);
  return rootsOf(answer).some((root) => said.some((other) => beginAlike(root, other)));
}

function beginAlike(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.length < SHORTEST_CLUE || b.length < SHORTEST_CLUE) return false;
  return (
    a.startsWith(b) ||
    b.startsWith(a) ||
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

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The main part of a term: "synthesis" is the head of "synthesis of proteins". */
export const mainPart = (term: string): string => term.split(/ (?:of|in|for|from|to|with) /)[0] ?? term;

export const lastWord = (text: string): string => text.split(' ').at(-1) ?? text;

/** A full stop, commas and colons at the end belong to the sentence, not to the phrase. */
export const withoutEnd = (text: string): string => text.replace(/[.,;:\s]+$/, '');
