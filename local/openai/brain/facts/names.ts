import type { Dictionary } from './dictionary.ts';
import type { Unit } from './types.ts';
import { isFit, readable } from './units.ts';

const BOLD = /\*\*([^*\n]{2,60})\*\*|<(?:b|strong|dfn)>([^<]{2,60})<\/(?:b|strong|dfn)>/g;
/** Capitals inside a sentence: names of persons, places, works. */
const CAPITALS = /(?<=[\p{Ll},;] )\p{Lu}[\p{L}’'-]+(?: (?:of |the |de |van |von )?\p{Lu}[\p{L}’'-]+){0,3}/gu;
const SHORT_FORM = /\b([\w\s-]{3,70}?)\s?\(([A-Z][A-Za-z0-9-]{1,9})\)/g;
const ALSO_CALLED =
  /(?:^|[\s,(])((?:[\w-]+ ){0,3}[\w-]+?),? \(?(?:is |are |which is |which are )?(?:also|sometimes|often|commonly|otherwise) (?:called|known as|referred to as|termed) (?:an? |the )?[“"']?([\w -]{3,40}?)[”"']?[,.)]/;

/** Terms that a sentence shows by how it is written: bold words, names, short forms, other names. */
export function namesIn(unit: Unit, dictionary: Dictionary): void {
  for (const bold of unit.text.matchAll(BOLD))
    dictionary.add(readable(bold[1] ?? bold[2] ?? ''), unit, { isKey: true });
  if (!isFit(unit)) return;
  // "Clerk Maxwell" after a first "James" is half a name; the subject of the sentence is the whole one.
  for (const name of unit.clean.matchAll(CAPITALS))
    if (!/^\p{Lu}[\p{L}’'-]* $/u.test(unit.clean.slice(0, name.index))) dictionary.add(name[0], unit);
  for (const match of unit.clean.matchAll(SHORT_FORM)) {
    const long = longForm(match[1] ?? '', match[2] ?? '');
    if (!long) continue;
    const short = dictionary.add(match[2] ?? '', unit);
    dictionary.spellOut(short, long);
    dictionary.equate(dictionary.add(long, unit), short);
  }
  const also = ALSO_CALLED.exec(unit.clean);
  if (also?.[1] && also[2]) dictionary.equate(dictionary.add(also[1], unit), dictionary.add(also[2], unit));
}

/** The words in front of "(DNA)" that the letters stand for. */
function longForm(before: string, short: string): string | null {
  const words = before.trim().split(/\s+/);
  const letters = short.replace(/[^\p{Lu}]/gu, '').length;
  for (let count = Math.min(words.length, letters + 2); count >= 1; count--) {
    const candidate = words.slice(-count);
    if (candidate[0]?.charAt(0).toLowerCase() === short.charAt(0).toLowerCase()) return candidate.join(' ');
  }
  return null;
}
