import { isGeneral } from '../facts/term-form.ts';
import type { Knowledge, Term, Unit } from '../facts/types.ts';
import {
  inNumber,
  keyOf,
  keysOf,
  lastWord,
  likeness,
  mainPart,
  rootOf,
  rootsOf,
  shared,
  wordsOf,
} from '../facts/words.ts';

export const CHOICES_BESIDE_ANSWER = 3;

const isShortForm = ({ text }: Term): boolean => /^\p{Lu}[\p{Lu}\d]{1,5}s?$/u.test(text);
const shareHeading = (a: Term, b: Term): boolean => shared(a.headings, b.headings) > 0;
export const isExplained = (term: Term): boolean => term.isKey || term.definition !== null;
const SHORTEST_HEAD = 6;

/** "lysosome" and "ribosome", "norovirus" and "rotavirus"; not "-tion", which ends a thousand words. */
function haveSameEnding(a: Term, b: Term): boolean {
  if (a.head.length < SHORTEST_HEAD || b.head.length < SHORTEST_HEAD) return false;
  const ending = a.head.slice(a.isKey || b.isKey ? -4 : -5);
  return b.head.endsWith(ending) && !/(?:at|ti|it|iv|ing|ment|alit|ilit|ation|ition|ction)$/.test(ending);
}

/** "CHIKV" and "DENV" both stand for a virus. */
function areShortForms(a: Term, b: Term): boolean {
  const headsOf = ({ aliases }: Term): Set<string> => new Set([...aliases].map(lastWord));
  return isShortForm(a) && isShortForm(b) && shared(headsOf(a), headsOf(b)) > 0;
}

/** The words that say what a term is. */
const definedBy = ({ definition }: Term): Set<string> => new Set(rootsOf(definition?.text ?? ''));

/** What ties two terms together so closely that a student may take one for the other, with its weight. */
const TIES: { weight: number; isTied: (a: Term, b: Term) => boolean }[] = [
  { weight: 4, isTied: (a, b) => a.siblings.has(b.key) },
  { weight: 3, isTied: (a, b) => a.head === b.head },
  { weight: 3, isTied: (a, b) => shared(a.genus, b.genus) > 0 },
  { weight: 3, isTied: (a, b) => a.nameKind !== '' && a.nameKind === b.nameKind },
  { weight: 2, isTied: haveSameEnding },
  { weight: 2, isTied: areShortForms },
  { weight: 1.5, isTied: (a, b) => shared(definedBy(a), definedBy(b)) >= 3 },
];

/** Zero for terms that have nothing in common but the notes they stand in. */
const tieBetween = (a: Term, b: Term): number =>
  TIES.reduce((sum, { weight, isTied }) => sum + (isTied(a, b) ? weight : 0), 0);

const PROCESS = new Set(
  rootsOf(
    'process act action loss reaction method tendency input movement transfer removal formation repetition creation ' +
      'rehearsal recall use procedure technique phenomenon effect inability ability state event change organization ' +
      'arrangement breakdown synthesis study theory idea belief failure encoding learning identifying organizing',
  ),
);

/** What happens or is done, against what there is: the one is never taken for the other. */
const isProcess = (term: Term): boolean =>
  /(?:tion|sion|sis|ing|ance|ence)s?$/.test(lastWord(mainPart(term.text))) ||
  [...term.genus].some((genus) => PROCESS.has(genus));

/** How well one term would stand beside another as a choice. */
export function affinity(a: Term, b: Term): number {
  let score = tieBetween(a, b);
  if (a.isKey && b.isKey) score += 2;
  if (a.definition && b.definition) score += 1;
  if (shareHeading(a, b)) score += 1.5;
  if (a.nameKind !== b.nameKind) score -= a.nameKind && b.nameKind ? 5 : 1.5;
  if (a.isName !== b.isName && !a.siblings.has(b.key)) score -= 3;
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
  // "RNA" among written-out words, or what happens among what there is, is told without any knowledge.
  if (isProcess(a) !== isProcess(b) || isShortForm(a) !== isShortForm(b)) return 0;
  // Of what is named once and not explained, nobody knows from the notes what else holds for it.
  if (!b.isName && !isExplained(b) && !b.isHeading && b.units.size < 2) return 0;
  if (tieBetween(a, b) > 0) return 1;
  if (!isExplained(a) || !isExplained(b)) return 0;
  return shareHeading(a, b) ? 0.8 : 0.5;
}

/** One of them is a kind of the other: what is said of one may then hold for both. */
export const isBroader = (a: Term, b: Term): boolean => isKindOf(a, b) || isKindOf(b, a);

function isKindOf(term: Term, whole: Term): boolean {
  const names = [whole.key, ...whole.aliases];
  if (names.some((name) => term.genus.has(name) || term.head === name)) return true;
  return term.definition !== null && names.some((name) => saysItIs(term.definition?.text ?? '', name));
}

const LONGEST_PREDICATE = 45;

/** "catalyst that is usually a complex protein" and "molecule, usually protein or steroid" are said to be proteins. */
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

/** Of the shorter text: things of different kinds that share so many words may be one thing said twice. */
const SAME_WORDS = 0.45;
const NEARLY_ALL = 0.85;
/** Says nothing by itself. "After" and "prior to", "with" and "without" do. */
const EMPTY = /^(?:the|an?|of|is|are|was|were|to|that|which|and|or|in|for|be|can|by|it|its|as|at|on|from)$/i;

/** Whether a text has a word of its own beside another, and not only "information" or "process". */
function addsAWord(text: string, other: string): boolean {
  const held = new Set(wordsOf(other).map(rootOf));
  return wordsOf(text).some((word) => !EMPTY.test(word) && !isGeneral(word) && !held.has(rootOf(word)));
}

const VAGUE = new Set(
  rootsOf('long large small big type kind form unit single simple usual several many other main'),
);
const ENDS_CORE =
  / (?:that|which|who|whose|where|when|linked|made|used|found|formed|joined|consisting)\b|[,;]/;

/**
 * Whether what one explanation says holds for whatever the other explains: "chain of nucleotides" for "polymer of
 * nucleotides that …", when the notes call a polymer a chain.
 */
function follows({ terms }: Knowledge, said: string, from: string): boolean {
  const rootsIn = (text: string): string[] => rootsOf(text).filter((root) => !VAGUE.has(root));
  const [core, own] = [said, from].map((text) => rootsIn(text.split(ENDS_CORE, 1)[0] ?? ''));
  if (!core || core.length < 2) return false;
  // "A social institution that …" beside another one: what follows tells them apart.
  const needed = core.every((root) => own?.includes(root)) ? rootsIn(said) : core;
  const held = new Set(rootsOf(from).flatMap((root) => [root, ...genusRoots(terms.get(root))]));
  return needed.every((root) => held.has(root));
}

/** One of them holds for whatever the other explains. */
export const eitherFollows = (knowledge: Knowledge, one: string, other: string): boolean =>
  follows(knowledge, one, other) || follows(knowledge, other, one);

const genusRoots = (term: Term | undefined): string[] =>
  term ? [...term.genus].flatMap((key) => key.split(' ')) : [];

/**
 * Whether two explanations may hold for one thing. "A legal minimum on the price …" and "a legal maximum on the price …"
 * are of one kind and each has a word of its own; "chain of amino acids" and "macromolecule of amino acids" may be one.
 */
export function saySame(a: Term, b: Term, { said, text }: { said: string; text: string }): boolean {
  const left = new Set(rootsOf(said));
  const right = new Set(rootsOf(text));
  if (left.size === 0 || right.size === 0 || !addsAWord(said, text) || !addsAWord(text, said)) return true;
  if (shared(a.genus, b.genus) > 0) return false;
  const both = shared(left, right);
  return (
    both / (left.size + right.size - both) >= NEARLY_ALL ||
    both / Math.min(left.size, right.size) >= SAME_WORDS
  );
}

const keysContain = (a: string, b: string): boolean =>
  ` ${a} `.includes(` ${b} `) || ` ${b} `.includes(` ${a} `);
const isFullName = (text: string): boolean => /^\p{Lu}.* \p{Lu}/u.test(text);
const SAME_NAME = 0.5;

/** True when two choices would read as one, or one as a part of the other. */
export const readsAlike = (a: string, b: string): boolean =>
  keysContain(keyOf(a), keyOf(b)) || (isFullName(a) && isFullName(b) && likeness(a, b) >= SAME_NAME);

const areAlike = (a: Term, b: Term): boolean => readsAlike(a.text, b.text) || a.aliases.has(b.key);

export type TermChoice = { term: Term; text: string; affinity: number };
type Place = {
  unit: Unit;
  /** The answer as it is shown. */
  form: string;
  /** What the question says of the answer. */
  said: string;
  isPlural: boolean;
  /** What the three choices have to have in common with the answer; 3 when a student may take each of them for it. */
  leastKinship: number;
  /** Said in a whole sentence, which leaves less room for another truth: any term that the notes use may stand beside it. */
  isWhole?: boolean;
  /** Roots that every choice has to hold besides. */
  holds?: readonly string[];
};

/** Both happen, or both are there; and the notes speak of both more than once. */
const isOneOfAKind = (a: Term, b: Term): boolean =>
  isProcess(a) === isProcess(b) && (isExplained(b) || b.isHeading || b.units.size > 1);

/** At least one of them is easily taken for the answer, and together they are near enough. */
export const isNear = (kinships: readonly number[], least: number): boolean =>
  kinships.includes(1) && kinships.reduce((sum, kin) => sum + kin, 0) >= least;

const hasOf = (text: string): boolean => / (?:of|in|for|from|to|with) /.test(text);
/** Above this share of the said words in one sentence with it, the notes may say the same of it. */
const SAME_STATEMENT = 0.5;
const LEAST_AFFINITY = 1;

/** Three terms of the same notes that could stand in the answer's place, and for which the notes do not say the same. */
export function termChoices(knowledge: Knowledge, answer: Term, place: Place): TermChoice[] | null {
  const said = new Set(rootsOf(place.said));
  const own = new Set(rootsOf(answer.text));
  const mayStand = ({ term, text }: TermChoice): boolean => {
    const roots = rootsOf(text);
    if (place.holds?.some((root) => !roots.includes(root))) return false;
    // Named in the quote itself, it might be a part of the truth.
    if ([term.key, ...term.aliases].some((key) => place.unit.keys.includes(` ${key} `))) return false;
    if (!term.isNoun || isBroader(answer, term)) return false;
    if (kinship(answer, term) === 0 && !(place.isWhole && isOneOfAKind(answer, term))) return false;
    // Of many terms with one last word, "autobiographical memory" may be a kind of "long-term memory" unsaid.
    if (term.head === answer.head && !isExplained(term) && !answer.siblings.has(term.key)) return false;
    if (kindsMeet(knowledge, term, answer) || isOfOtherRank(knowledge, term, answer)) return false;
    if (!isUsedForm(knowledge, term, text, place.isPlural)) return false;
    // A choice that repeats a word of the question reads like a second right answer.
    if (rootsOf(term.text).some((root) => said.has(root) && !own.has(root))) return false;
    const explained = term.definition?.text;
    if (explained && saySame(answer, term, { said: place.said, text: explained })) return false;
    if (explained && !place.isWhole && eitherFollows(knowledge, place.said, explained)) return false;
    return !isSaidOf(knowledge, term, said);
  };
  const ranked = [...knowledge.terms.values()]
    .filter((term) => term.isName === answer.isName || answer.siblings.has(term.key))
    .filter((term) => hasOf(term.text) === hasOf(answer.text))
    .filter((term) => !areAlike(term, answer) && areOfOneDocument(knowledge, term, place.unit))
    .map((term) => ({ term, text: inNumber(term.text, place.isPlural), affinity: affinity(answer, term) }))
    .filter(
      (choice) => choice.affinity > (place.isWhole ? LEAST_AFFINITY - 1 : LEAST_AFFINITY) && mayStand(choice),
    )
    .sort(
      (a, b) =>
        kinship(answer, b.term) - kinship(answer, a.term) ||
        b.affinity - a.affinity ||
        (a.term.key < b.term.key ? -1 : 1),
    );
  const distinct: TermChoice[] = [];
  for (const choice of ranked)
    if (!distinct.some((other) => areAlike(other.term, choice.term))) distinct.push(choice);
  const picked = balanced(distinct.slice(0, CHOICES_BESIDE_ANSWER + 5), place.form);
  const near = isNear(picked?.map(({ term }) => kinship(answer, term)) ?? [], place.leastKinship);
  return picked && near && (place.isWhole || !standsOut(answer, picked)) ? picked : null;
}

/** A term of another document is a stranger, whatever else it shares. */
const areOfOneDocument = ({ units }: Knowledge, term: Term, { passage }: Unit): boolean =>
  [...term.units].some((order) => units[order]?.passage.title === passage.title);

/** Starch is a polysaccharide, which is explained as a chain, as a polymer is: starch may well be a polymer. */
const kindsMeet = ({ terms }: Knowledge, term: Term, answer: Term): boolean =>
  answer.definedAs !== null &&
  [...term.genus].some((key) => terms.get(key)?.definedAs === answer.definedAs && key !== answer.key);

/** What is worked out from all the notes is worked out once. */
export function remembered<T>(make: (knowledge: Knowledge) => T): (knowledge: Knowledge) => T {
  const known = new WeakMap<Knowledge, T>();
  return (knowledge) => {
    const value = known.get(knowledge) ?? make(knowledge);
    known.set(knowledge, value);
    return value;
  };
}

/** What at least two terms are a kind of. */
const categoriesOf = remembered(({ terms }) => {
  const kinds = Map.groupBy(
    [...terms.values()].filter(isExplained).flatMap(({ genus }) => [...genus]),
    (key) => key,
  );
  return new Set([...kinds].flatMap(([key, { length }]) => (length > 1 ? [key] : [])));
});
const textOf = remembered(({ units }) => units.map(({ clean }) => clean.toLowerCase()).join('\n'));
const unitRootsOf = remembered(({ units }) => units.map(({ clean }) => rootsOf(clean)));

/** A kind of things, as protein is, may hold more of the notes' terms than they say: only other kinds stand beside it. */
const isOfOtherRank = (knowledge: Knowledge, term: Term, answer: Term): boolean =>
  // Of two kinds of things one may hold the other unsaid, as polymers hold proteins.
  (categoriesOf(knowledge).has(answer.key) || categoriesOf(knowledge).has(term.key)) &&
  !answer.siblings.has(term.key);

/** A doctor among three tissues is found without any knowledge. */
function standsOut(answer: Term, picked: readonly TermChoice[]): boolean {
  const strangers = picked.filter(({ term }) => tieBetween(answer, term) === 0 && term.definedAs !== null);
  return new Set(strangers.map(({ term }) => term.definedAs)).size < strangers.length;
}

/** A plural that the notes never use would look odd, and so would a mass noun among plurals. */
const isUsedForm = (knowledge: Knowledge, term: Term, text: string, isPlural: boolean): boolean =>
  text === term.text
    ? term.isPlural === isPlural || term.isName
    : textOf(knowledge).includes(text.toLowerCase());

/** Whether one sentence of the notes names a term and says much of the same. */
export const isSaidOf = (knowledge: Knowledge, term: Term, said: ReadonlySet<string>): boolean =>
  said.size > 0 &&
  [...term.units].some(
    (order) =>
      knowledge.units[order] !== term.definition?.unit &&
      shared(unitRootsOf(knowledge)[order] ?? [], said) / said.size >= SAME_STATEMENT,
  );

/** The nearest three, but never three that are all shorter than the answer: its length would give it away. */
function balanced(choices: readonly TermChoice[], answer: string): TermChoice[] | null {
  const picked = choices.slice(0, CHOICES_BESIDE_ANSWER);
  if (picked.length < CHOICES_BESIDE_ANSWER) return null;
  if (picked.some(({ text }) => text.length >= answer.length)) return picked;
  const longer = choices.find(({ text }) => text.length >= answer.length);
  return longer ? [...picked.slice(0, -1), longer] : picked;
}
