import type { Term } from '../facts/types.ts';
import { keysOf, lastWord, mainPart, rootsOf, shared, wordsOf } from '../facts/words.ts';

/** What ties two terms together so closely that a student may take one for the other, with its weight. */
const TIES: { weight: number; isTied: (a: Term, b: Term) => boolean }[] = [
  { weight: 4, isTied: (a, b) => a.siblings.has(b.key) || b.siblings.has(a.key) },
  { weight: 3, isTied: (a, b) => a.head === b.head },
  { weight: 3, isTied: (a, b) => shared(a.genus, b.genus) > 0 },
  { weight: 3, isTied: (a, b) => a.nameKind !== '' && a.nameKind === b.nameKind },
  { weight: 2, isTied: haveSameEnding },
  { weight: 2, isTied: areShortForms },
  { weight: 1.5, isTied: (a, b) => shared(definedBy(a), definedBy(b)) >= 2 },
];

const SHORTEST_HEAD = 6;

/** "lysosome" and "ribosome", "norovirus" and "rotavirus"; not "-tion", which ends a thousand words. */
function haveSameEnding(a: Term, b: Term): boolean {
  if (a.head.length < SHORTEST_HEAD || b.head.length < SHORTEST_HEAD) return false;
  const letters = a.isKey || b.isKey ? 4 : 5;
  const ending = a.head.slice(-letters);
  return (
    ending === b.head.slice(-letters) && !/(?:at|ti|it|iv|ing|ment|alit|ilit|ation|ition|ction)$/.test(ending)
  );
}

/** "CHIKV" and "DENV" both stand for a virus; "SPI" and "UART" stand in one part of the notes and for nothing known. */
function areShortForms(a: Term, b: Term): boolean {
  if (!isShortForm(a) || !isShortForm(b)) return false;
  if (a.aliasHeads.size > 0 || b.aliasHeads.size > 0) return shared(a.aliasHeads, b.aliasHeads) > 0;
  return shareHeading(a, b);
}

const isShortForm = ({ text }: Term): boolean => /^\p{Lu}[\p{Lu}\d]{1,5}s?$/u.test(text);

const definitionRoots = new WeakMap<Term, ReadonlySet<string>>();
/** The words that say what a term is. */
function definedBy(term: Term): ReadonlySet<string> {
  if (!term.definition) return new Set();
  const known = definitionRoots.get(term) ?? new Set(rootsOf(term.definition.text));
  definitionRoots.set(term, known);
  return known;
}

const PROCESS =
  /^(?:process|act|action|loss|reaction|method|tendency|input|movement|transfer|removal|formation|repetition|act|creation|active|recall|use|procedure|technique|phenomenon|effect|inability|ability|state|event|change|organization|arrangement|breakdown|synthesi|study|theory|idea|belief)/;

/** What happens or is done, against what there is: the one is never taken for the other. */
function isProcess(term: Term): boolean {
  if (/(?:tion|sion|sis|ing|ment|ance|ence)s?$/.test(lastWord(mainPart(term.text)))) return true;
  return [...term.genus].some((genus) => PROCESS.test(genus));
}

/** Zero for terms that have nothing in common but the notes they stand in. */
export const tieBetween = (a: Term, b: Term): number =>
  TIES.reduce((sum, { weight, isTied }) => sum + (isTied(a, b) ? weight : 0), 0);

const shareHeading = (a: Term, b: Term): boolean => shared(a.headings, b.headings) > 0;

/** How well one term would stand beside another as a choice. */
export function affinity(a: Term, b: Term): number {
  let score = tieBetween(a, b);
  if (a.isKey && b.isKey) score += 2;
  if (a.definition && b.definition) score += 1;
  if (shareHeading(a, b)) score += 1.5;
  if (a.nameKind !== b.nameKind) score -= a.nameKind && b.nameKind ? 5 : 1.5;
  if (a.isName !== b.isName) score -= 3;
  if (isProcess(a) !== isProcess(b)) score -= 3;
  if (a.isPlural === b.isPlural) score += 0.5;
  score -= Math.abs(wordsOf(a.text).length - wordsOf(b.text).length) * 0.7;
  score -= Math.abs(a.text.length - b.text.length) * 0.03;
  return score + Math.min(1, b.units.size / 4);
}

/**
 * How likely a student is to take one for the other: tied to it, or explained in the same part of the notes, or at least
 * explained by them. What only happens to stand in the notes is no choice.
 */
export function kinship(a: Term, b: Term): number {
  if (tieBetween(a, b) > 0) return 1;
  if (isProcess(a) !== isProcess(b) || !isExplained(a) || !isExplained(b)) return 0;
  return shareHeading(a, b) ? 1 : 0.5;
}

export const isExplained = (term: Term): boolean => term.isKey || term.definition !== null;

/** One of them is a kind of the other: what is said of one may then hold for both. */
export const isBroader = (a: Term, b: Term): boolean => isKindOf(a, b) || isKindOf(b, a);

function isKindOf(term: Term, whole: Term): boolean {
  const names = [whole.key, ...whole.aliases];
  if (names.some((name) => term.genus.has(name) || term.under.has(name) || term.head === name)) return true;
  return term.definition !== null && names.some((name) => saysItIs(term.definition?.text ?? '', name));
}

/**
 * What a definition says its term is: "catalyst that is usually a complex protein" and "molecule, usually protein or
 * steroid" are said to be proteins, and "single unit or monomer of carbohydrates" is a monomer.
 */
function saysItIs(definition: string, name: string): boolean {
  const [phrase = ''] = definition.split(
    / (?:of|that|which|who|in|within|from|with|to|by|for|on|between|where|when)\b/,
    1,
  );
  if (keysOf(phrase).includes(` ${name} `)) return true;
  const keys = keysOf(definition.replace(/\b(?:that|which) (?:is|are)\b/g, 'usually'));
  const at = keys.indexOf(' usual ');
  return at >= 0 && keys.slice(at, at + LONGEST_PREDICATE).includes(` ${name} `);
}
const LONGEST_PREDICATE = 45;
