import type { Knowledge, Term } from '../facts/types.ts';
import { keyOf, keysOf, likeness, shared } from '../facts/words.ts';

export const CHOICES_BESIDE_ANSWER = 3;

/** What ties two terms so closely that a student may take one for the other. */
export const tieBetween = (a: Term, b: Term): number =>
  (a.siblings.has(b.key) ? 1.5 : 0) +
  (a.head === b.head ? 1.5 : 0) +
  (shared(a.genus, b.genus) > 0 ? 1.5 : 0) +
  (a.nameKind !== '' && a.nameKind === b.nameKind ? 1 : 0);

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

const keysContain = (a: string, b: string): boolean =>
  ` ${a} `.includes(` ${b} `) || ` ${b} `.includes(` ${a} `);
const isFullName = (text: string): boolean => /^\p{Lu}.* \p{Lu}/u.test(text);
const SAME_NAME = 0.5;

/** True when two choices would read as one, or one as a part of the other. */
export const readsAlike = (a: string, b: string): boolean =>
  keysContain(keyOf(a), keyOf(b)) || (isFullName(a) && isFullName(b) && likeness(a, b) >= SAME_NAME);

/** What is worked out from all the notes is worked out once. */
export function remembered<T>(make: (knowledge: Knowledge) => T): (knowledge: Knowledge) => T {
  const known = new WeakMap<Knowledge, T>();
  return (knowledge) => {
    const value = known.get(knowledge) ?? make(knowledge);
    known.set(knowledge, value);
    return value;
  };
}
