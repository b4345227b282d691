import type { Knowledge, Saying, Term, Unit } from '../facts/types.ts';
import { keyOf, keysOf, likeness, rootsOf, shared, tells } from '../facts/words.ts';
import { hash32 } from '../text/terms.ts';
import { says as saysOf } from '../words.ts';

export const CHOICES_BESIDE_ANSWER = 3;
/** Further away in the notes other things are spoken of, which anybody sees. */
const REACH = 150;
/** Of the shorter one: with so many words in common two sayings may be one. */
const SAME_WORDS = 0.5;
const SAME_LINE = 0.7;

/** What could be taken for another thing, and how easily. */
export type Rival<T> = { one: T; score: number };

const holds = (unit: Unit, key: string): boolean => unit.keys.includes(` ${key} `);
/** "light" stands in "sunlight" for whoever reads it. */
const shows = (unit: Unit, { key, text }: Term): boolean =>
  holds(unit, key) || unit.clean.toLowerCase().includes(text.toLowerCase());
const contains = (a: string, b: string): boolean =>
  ` ${a} `.includes(` ${b} `) || ` ${b} `.includes(` ${a} `);
const isFullName = (text: string): boolean => /^\p{Lu}.* \p{Lu}/u.test(text);
const SAME_NAME = 0.5;

/** True when two choices would read as one, or one as a part of the other. */
export const readsAlike = (a: string, b: string): boolean =>
  contains(keyOf(a), keyOf(b)) || (isFullName(a) && isFullName(b) && likeness(a, b) >= SAME_NAME);

const isKindOf = (term: Term, whole: Term): boolean =>
  [whole.key, ...whole.aliases].some((name) => term.genus.has(name) || term.head === name);

/** Two things of which neither is a kind, a part or another name of the other: what is said of one may else hold for both. */
function areApart(a: Term, b: Term): boolean {
  if (a === b || readsAlike(a.text, b.text) || a.aliases.has(b.key)) return false;
  if (isKindOf(a, b) || isKindOf(b, a)) return false;
  if (a.siblings.has(b.key)) return true;
  // What one sentence names together without setting it side by side may be maker, part or place of the other.
  return !a.units.some((unit) => unit.kind === 'prose' && holds(unit, b.key));
}

const tieBetween = (a: Term, b: Term): number =>
  (a.siblings.has(b.key) ? 2 : 0) +
  (a.head === b.head ? 1.5 : 0) +
  (shared(a.genus, b.genus) > 0 ? 1.5 : 0) +
  (a.isKey === b.isKey ? 1 : 0) +
  (a.text.slice(-3) === b.text.slice(-3) ? 0.75 : 0);

/** The share of one text that another holds as well; what many sentences hold tells little. */
function sharedOf({ weightOf }: Knowledge, roots: ReadonlySet<string>, others: ReadonlySet<string>): number {
  const weigh = (some: string[]): number => some.reduce((sum, root) => sum + weightOf(root), 0);
  return weigh([...roots].filter((root) => others.has(root))) / (weigh([...roots]) || 1);
}

/** Whether some other sentence names a thing and says much of the same. */
const isSaidOf = (knowledge: Knowledge, term: Term, roots: ReadonlySet<string>, own: Unit): boolean =>
  term.units.some(
    (unit) => unit !== own && holds(unit, term.key) && sharedOf(knowledge, roots, unit.roots) >= SAME_WORDS,
  );

/** What a part of the notes is about as a whole: what is said of it holds for what stands below it. */
const isWhole = (key: string, { heading, list, passage }: Unit): boolean =>
  keysOf(`${heading} ${list} ${passage.heading} ${passage.title}`).includes(` ${key} `);

const isNear = (unit: Unit, other: Unit): boolean =>
  unit.passage.title === other.passage.title &&
  unit.language === other.language &&
  Math.abs(unit.order - other.order) <= REACH;

/** Other terms that look as if they could stand where one stands, the likeliest first; `roots` is what is said of that one. */
export function rivalTerms(
  knowledge: Knowledge,
  answer: Term,
  unit: Unit,
  roots: ReadonlySet<string>,
): Rival<Term>[] {
  return [...knowledge.terms.values()]
    .flatMap((one): Rival<Term>[] => {
      // Behind the sign of a line no verb has to agree.
      const isLike =
        /^\p{N}/u.test(one.text) === /^\p{N}/u.test(answer.text) &&
        (unit.language !== 'en' || one.nameKind === answer.nameKind) &&
        (unit.kind !== 'prose' || (one.isPlural === answer.isPlural && one.isName === answer.isName));
      if (!isLike || Math.abs(one.text.split(' ').length - answer.text.split(' ').length) > 2) return [];
      const place = one.units.find((other) => isNear(other, unit));
      if (!place || shows(unit, one) || isWhole(one.key, unit) || !areApart(answer, one)) return [];
      if (isSaidOf(knowledge, one, roots, unit) || rootsOf(one.text).some((root) => roots.has(root)))
        return [];
      const distance = Math.min(...one.units.map(({ order }) => Math.abs(order - unit.order))) / REACH;
      const isListed = place.kind === unit.kind && place.list === unit.list;
      return [
        {
          one,
          score:
            tieBetween(answer, one) + (isListed ? 1 : 0) + Math.min(2, one.units.length) / 2 - distance * 2,
        },
      ];
    })
    .sort((a, b) => b.score - a.score || (a.one.key < b.one.key ? -1 : 1));
}

export const opens = (says: string): string =>
  /^(?:(?:is|are|was|were) )?(?:an?|the)\s|^[\p{Sc}-]?\p{N}/iu
    .exec(says)?.[0]
    .trim()
    .toLowerCase()
    .replace(/\d/, '1') ?? '';
const tense = (says: string): string =>
  /^(?:is|are|was|were)\b/.exec(says)?.[0] ?? (/^\p{L}+ed\b/u.test(says) ? 'past' : '');
const LONGEST_RATIO = 2.2;

/** "fixed ratio" and "variable ratio" of one list are told apart by one word; elsewhere what shares much may be one. */
function saysAlike(knowledge: Knowledge, a: Saying, b: Saying): boolean {
  const [less = 0, more = 0] = [
    sharedOf(knowledge, a.roots, b.roots),
    sharedOf(knowledge, b.roots, a.roots),
  ].sort();
  const areLines = a.unit.kind !== 'prose' && b.unit.kind !== 'prose' && a.unit.heading === b.unit.heading;
  return areLines ? less >= SAME_LINE : more >= SAME_WORDS;
}

/** What is said of other things and of this one nowhere, the likeliest to be taken for it first. */
export function rivalSayings(knowledge: Knowledge, saying: Saying): Rival<Saying>[] {
  const { terms, sayings } = knowledge;
  const { unit, says, form, name, roots } = saying;
  const term = terms.get(saying.key);
  const isLine = form === 'meaning' || form === 'note';
  return sayings
    .flatMap((one): Rival<Saying>[] => {
      const other = terms.get(one.key);
      const isAlike =
        (isLine ? one.form === 'meaning' || one.form === 'note' : one.form === form) &&
        (one.isPlural === saying.isPlural || (tense(one.says) === 'past' && tense(says) === 'past')) &&
        (!one.leads || saying.leads) &&
        opens(one.says) === opens(says) &&
        one.unit !== unit &&
        one.unit.list === unit.list &&
        isNear(one.unit, unit);
      if (!isAlike || one.key === saying.key || saysOf('choice-not', one.says)) return [];
      const isRelated = term && other ? !areApart(term, other) : readsAlike(one.name, name);
      if (isRelated || holds(one.unit, saying.key) || holds(unit, one.key) || isWhole(one.key, unit))
        return [];
      if (term?.nameKind !== other?.nameKind || saysAlike(knowledge, one, saying)) return [];
      if (
        (term && isSaidOf(knowledge, term, one.roots, one.unit)) ||
        (other && isSaidOf(knowledge, other, roots, unit))
      )
        return [];
      // A word of the asked thing in a wrong choice points to it, unless the right one holds the word as well.
      if (tells(one.says, name) && !rootsOf(name).some((root) => roots.has(root))) return [];
      const ratio = one.says.length / says.length;
      if (Math.max(ratio, 1 / ratio) > LONGEST_RATIO) return [];
      const score =
        (term && other ? Math.min(3, tieBetween(term, other)) : 0) +
        (one.unit.heading === unit.heading ? 1 : 0) +
        (tense(one.says) === tense(says) ? 1.5 : 0) +
        Math.min(2, shared(one.roots, roots)) -
        Math.abs(Math.log(ratio)) * 2 -
        (Math.abs(one.unit.order - unit.order) / REACH) * 2;
      return [{ one, score }];
    })
    .sort((a, b) => b.score - a.score || a.one.unit.order - b.one.unit.order);
}

/** Three of the first few, so that a quiz does not show the same ones again and again, and never all shorter than the answer. */
export function drawn<T>(
  rivals: readonly Rival<T>[],
  textOf: (one: T) => string,
  answer: string,
  areAlike: (a: T, b: T) => boolean,
): T[] {
  const distinct: T[] = [];
  for (const { one } of rivals) if (!distinct.some((other) => areAlike(one, other))) distinct.push(one);
  const [first, ...rest] = distinct.slice(0, CHOICES_BESIDE_ANSWER + 2);
  if (first === undefined) return [];
  const order = (one: T): number => hash32(answer + textOf(one));
  const three = [first, ...rest.sort((a, b) => order(a) - order(b)).slice(0, CHOICES_BESIDE_ANSWER - 1)];
  const isLong = (one: T): boolean => textOf(one).length >= answer.length;
  const longer = distinct.find((one) => isLong(one) && !three.includes(one));
  return longer === undefined || three.some(isLong) ? three : [...three.slice(0, -1), longer];
}

export const saysOrReadsAlike =
  (knowledge: Knowledge) =>
  (a: Saying, b: Saying): boolean =>
    a.key === b.key || saysAlike(knowledge, a, b) || readsAlike(a.name, b.name);
