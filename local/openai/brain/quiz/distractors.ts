import { inNumber } from '../facts/number-form.ts';
import type { Knowledge, Term, Unit } from '../facts/types.ts';
import { keyOf, likeness, rootsOf, shared } from '../facts/words.ts';
import { affinity, isBroader, isExplained, kinship, tieBetween } from './kinship.ts';
import { saySame } from './sameness.ts';

export const CHOICES_BESIDE_ANSWER = 3;

export type Place = {
  unit: Unit;
  /** The answer as it is shown. */
  form: string;
  /** What the question says of the answer. */
  said: string;
  isPlural: boolean;
  /** The opposite of a contrast: the best wrong choice there is, though the quote names it. */
  rival?: Term | null;
  /** What a choice must be besides. */
  accepts?: (form: string, term: Term) => boolean;
};

export type TermChoice = { term: Term; text: string; affinity: number };

/** True when two choices would read as one, or one as a part of the other. */
export function readsAlike(a: string, b: string): boolean {
  return keysContain(keyOf(a), keyOf(b)) || shareAName(a, b);
}

const keysContain = (a: string, b: string): boolean =>
  ` ${a} `.includes(` ${b} `) || ` ${b} `.includes(` ${a} `);

const SAME_NAME = 0.5;
const isFullName = (text: string): boolean => /^\p{Lu}.* \p{Lu}/u.test(text);
const shareAName = (a: string, b: string): boolean =>
  isFullName(a) && isFullName(b) && likeness(a, b) >= SAME_NAME;

const areAlike = (a: Term, b: Term): boolean =>
  keysContain(a.key, b.key) || shareAName(a.text, b.text) || a.aliases.has(b.key) || b.aliases.has(a.key);

const hasOf = (text: string): boolean => / (?:of|in|for|from|to|with) /.test(text);
/** Above this share of the said words in one sentence with it, the notes may say the same of it. */
const SAME_STATEMENT = 0.5;
const LEAST_AFFINITY = 1;
/** Of three: one choice may be a stranger. */
const LEAST_KINSHIP = 2;

/** Three terms of the same notes that could stand in the answer's place, and for which the notes do not say the same. */
export function termChoices(knowledge: Knowledge, answer: Term, place: Place): TermChoice[] | null {
  const said = new Set(rootsOf(place.said));
  const own = new Set(rootsOf(answer.text));
  const quote = place.unit.keys;
  const ranked = [...knowledge.terms.values()]
    .filter((term) => term.isName === answer.isName && hasOf(term.text) === hasOf(answer.text))
    .filter((term) => !areAlike(term, answer))
    .map((term) => ({ term, text: inNumber(term.text, place.isPlural), affinity: rank(term) }))
    .filter(({ term, text, affinity: score }) => score > LEAST_AFFINITY && mayStand(term, text))
    .sort((a, b) => b.affinity - a.affinity || (a.term.key < b.term.key ? -1 : 1));
  const distinct: TermChoice[] = [];
  for (const choice of ranked) {
    if (distinct.some((other) => areAlike(other.term, choice.term))) continue;
    distinct.push(choice);
    if (distinct.length >= CHOICES_BESIDE_ANSWER + 5) break;
  }
  const picked = balanced(distinct, place.form);
  if (!picked) return null;
  const near = picked.reduce((sum, { term }) => sum + kinship(answer, term), 0);
  return near >= LEAST_KINSHIP && !standsOut(answer, picked) ? picked : null;

  function rank(term: Term): number {
    return affinity(answer, term) + (place.rival?.key === term.key ? 9 : 0);
  }

  function explainsSame(term: Term): boolean {
    return (
      term.definition !== null && saySame(answer, term, { said: place.said, text: term.definition.text })
    );
  }

  function mayStand(term: Term, text: string): boolean {
    if (place.accepts && !place.accepts(text, term)) return false;
    if (place.rival?.key === term.key) return true;
    // Named in the quote itself, it might be a part of the truth.
    if ([term.key, ...term.aliases].some((key) => quote.includes(` ${key} `))) return false;
    if (!term.isNoun || kinship(answer, term) === 0 || isBroader(answer, term) || isAbove(place.unit, term))
      return false;
    // Of many terms with one last word, "autobiographical memory" may be a kind of "long-term memory" unsaid.
    if (term.head === answer.head && isExplained(answer) && !isExplained(term) && !term.isHeading)
      return false;
    if (kindsMeet(knowledge, term, answer) || isOfLowerRank(knowledge, term, answer)) return false;
    if (!isUsedForm(knowledge, term, text, place.isPlural)) return false;
    // A choice that repeats a word of the question reads like a second right answer.
    if (rootsOf(term.text).some((root) => said.has(root) && !own.has(root))) return false;
    return !explainsSame(term) && !isSaidOf(knowledge, term, said);
  }
}

/** Starch is a polysaccharide, which is explained as a chain, as a polymer is: starch may well be a polymer. */
const kindsMeet = ({ terms }: Knowledge, term: Term, answer: Term): boolean =>
  answer.definedAs !== null &&
  [...term.genus].some((key) => terms.get(key)?.definedAs === answer.definedAs && key !== answer.key);

const categoriesOf = new WeakMap<Knowledge, ReadonlySet<string>>();

/** A kind of things, as protein is, may hold more of the notes' terms than they say: only other kinds stand beside it. */
function isOfLowerRank(knowledge: Knowledge, term: Term, answer: Term): boolean {
  const known = categoriesOf.get(knowledge);
  const categories = known ?? new Set([...knowledge.terms.values()].flatMap(({ genus }) => [...genus]));
  categoriesOf.set(knowledge, categories);
  return categories.has(answer.key) && !categories.has(term.key) && !answer.siblings.has(term.key);
}

/** A doctor among three tissues is found without any knowledge. */
function standsOut(answer: Term, picked: readonly TermChoice[]): boolean {
  const strangers = picked.filter(({ term }) => tieBetween(answer, term) === 0 && term.definedAs !== null);
  return strangers.some(
    ({ term }) => strangers.filter((other) => other.term.definedAs === term.definedAs).length > 1,
  );
}

/** What stands under the heading "Polysaccharides" is mostly one of them. */
const isAbove = (unit: Unit, term: Term): boolean =>
  [unit.heading, ...unit.passage.heading.split(' > ')].some((heading) => keyOf(heading) === term.key);

const notesOf = new WeakMap<Knowledge, string>();
function textOfNotes(knowledge: Knowledge): string {
  const known = notesOf.get(knowledge);
  if (known !== undefined) return known;
  const text = knowledge.units.map(({ clean }) => clean.toLowerCase()).join('\n');
  notesOf.set(knowledge, text);
  return text;
}

/** A plural that the notes never use would look odd, and so would a mass noun among plurals. */
function isUsedForm(knowledge: Knowledge, term: Term, text: string, isPlural: boolean): boolean {
  if (text !== term.text) return textOfNotes(knowledge).includes(text.toLowerCase());
  return term.isPlural === isPlural || term.isName;
}

const rootsOfUnit = new WeakMap<Unit, string[]>();
function unitRoots(unit: Unit): string[] {
  const known = rootsOfUnit.get(unit) ?? rootsOf(unit.clean);
  rootsOfUnit.set(unit, known);
  return known;
}

function isSaidOf(knowledge: Knowledge, term: Term, said: ReadonlySet<string>): boolean {
  if (said.size === 0) return false;
  for (const order of term.units) {
    const unit = knowledge.units[order];
    if (!unit || unit === term.definition?.unit) continue;
    if (shared(unitRoots(unit), said) / said.size >= SAME_STATEMENT) return true;
  }
  return false;
}

/** The nearest three, but never three that are all shorter than the answer: its length would give it away. */
function balanced(choices: readonly TermChoice[], answer: string): TermChoice[] | null {
  const picked = choices.slice(0, CHOICES_BESIDE_ANSWER);
  if (picked.length < CHOICES_BESIDE_ANSWER) return null;
  if (picked.some(({ text }) => text.length >= answer.length)) return picked;
  const longer = choices.find(({ text }) => text.length >= answer.length);
  return longer ? [...picked.slice(0, -1), longer] : picked;
}
