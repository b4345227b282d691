import type { Dictionary } from './dictionary.ts';
import type { ShortFormFact, Unit } from './types.ts';
import { isFit, readable } from './units.ts';

const BOLD = /\*\*([^*\n]{2,60})\*\*|<(?:b|strong|dfn)>([^<]{2,60})<\/(?:b|strong|dfn)>/g;
/** Capitals inside a sentence: names of persons, places, works. */
const CAPITALS = /(?<=[\p{Ll},;] )\p{Lu}[\p{L}’'-]+(?: (?:of |the |de |van |von )?\p{Lu}[\p{L}’'-]+){0,3}/gu;
/** "triacylglycerols or triglycerides" behind "called" are two names of one thing. */
const TWO_NAMES =
  /\b(?:called|known as|termed|named|,|\() ?(?:an? |the )?((?:[\w-]+ )?[\w-]+),? or (?:an? |the )?((?:[\w-]+ )?[\w-]+)(?=[.,)]| (?:is|are|because)\b)/g;
const ALSO_CALLED =
  /(?:^|[\s,(])((?:[\w-]+ ){0,3}[\w-]+?),? \(?(?:is |are |which is |which are )?(?:also|sometimes|often|commonly|otherwise) (?:called|known as|referred to as|termed) (?:an? |the )?[“"']?([\w -]{3,40}?)[”"']?[,.)]/;
const SPELLED =
  /((?:[\p{L}\d][\p{L}\d'’-]*[ /]){0,7}?[\p{L}\d][\p{L}\d'’-]*) \((\p{Lu}[\p{L}\d-]{1,7}?)s?\)/gu;
const SMALL = /^(?:of|and|the|in|for|to|on|by|with|a|an|de|la)$/i;

/** Terms that a sentence shows by how it is written: bold words, names, short forms, other names. */
export function namesIn(unit: Unit, dictionary: Dictionary): ShortFormFact[] {
  for (const bold of unit.text.matchAll(BOLD))
    dictionary.add(readable(bold[1] ?? bold[2] ?? ''), unit, { isKey: true });
  const spelled = [...unit.clean.matchAll(SPELLED)].flatMap(
    ([, before = '', short = '']): ShortFormFact[] => {
      const long = spelledBy(before, short);
      if (!long) return [];
      dictionary.equate(dictionary.add(long, unit), dictionary.add(short, unit));
      return [{ kind: 'short form', unit, short, long, weight: 1.25 }];
    },
  );
  if (!isFit(unit)) return spelled;
  // "Clerk Maxwell" after a first "James" is half a name; the subject of the sentence is the whole one.
  for (const name of unit.clean.matchAll(CAPITALS))
    if (!/^\p{Lu}[\p{L}’'-]* $/u.test(unit.clean.slice(0, name.index))) dictionary.add(name[0], unit);
  for (const [, one = '', other = ''] of unit.clean.matchAll(TWO_NAMES))
    dictionary.equate(dictionary.add(one, unit), dictionary.add(other, unit));
  const also = ALSO_CALLED.exec(unit.clean);
  if (also?.[1] && also[2]) dictionary.equate(dictionary.add(also[1], unit), dictionary.add(also[2], unit));
  return spelled;
}

/** The last words before the brackets whose first letters, small words aside, are those of the short form. */
function spelledBy(before: string, short: string): string | null {
  const letters = short.replace(/[^\p{L}]/gu, '').toLowerCase();
  const words = before.split(/[ /]/);
  if (words.includes(short) || letters.length < 2 || /^[ivxlc]+$/.test(letters)) return null;
  for (let from = words.length - 1; from >= 0; from--) {
    const parts = words.slice(from).flatMap((word) => word.split('-'));
    const initials = (of: string[]): string => of.map((word) => word.charAt(0).toLowerCase()).join('');
    const isSpelled = [parts, parts.filter((word) => !SMALL.test(word))].some(
      (of) => initials(of) === letters,
    );
    if (isSpelled) return SMALL.test(words[from] ?? '') ? null : words.slice(from).join(' ');
  }
  return null;
}
