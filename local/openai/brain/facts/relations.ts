import type { Passage } from '../answer/passages.ts';
import type { Dictionary } from './dictionary.ts';
import { isTermLike } from './term-form.ts';
import type { Term, Unit } from './types.ts';
import { isFit, readable, statementOf } from './units.ts';
import { bare, keyOf } from './words.ts';

/** "types of X: a, b, and c", "X such as a, b, and c", "X include a, b, and c". */
const ENUMERATION =
  /\b(?:,? such as|,? including|:| include| includes| are called| consists? of| comprises?| are) ((?:(?:the |an? )?[\w'’ -]{3,40}, ){1,7}(?:and|or) (?:the |an? )?[\w'’ -]{3,40}?)(?=[.;,]|$)/;
const membersOf = (text: string): string[] =>
  text
    .replace(/\s*\([^)]*\)/g, '')
    .split(/\s*,\s*(?:and |or )?|\s+(?:and|or)\s+/)
    .map((member) => member.replace(/^(?:the|an?)\s+/i, '').replace(/[.;:\s]+$/, ''))
    .filter(Boolean);

/** Teaches the dictionary which terms a sentence names side by side. */
export function relateListed(unit: Unit, dictionary: Dictionary): void {
  const listed = isFit(unit) ? ENUMERATION.exec(statementOf(unit))?.[1] : undefined;
  const members = membersOf(listed ?? '')
    .filter((member) => isTermLike(member) && member.split(' ').length <= 4)
    .map((member) => dictionary.add(member, unit));
  dictionary.relate(members.filter((term) => term?.isNoun));
}

const NAME = "(?:[\\p{L}][\\p{L}\\p{N}’'-]*)(?: [\\p{L}][\\p{L}\\p{N}’'-]*){0,3}";
const MEMBERS = '(?<members>[^.;:]{3,160}?)';
const KINDS =
  '(?:types?|kinds?|forms?|classes|class|categories|subtypes?|examples?|members|groups|varieties)';

/** How notes say that one thing is a kind of another. */
const PATTERNS = [
  `\\b${KINDS} of (?<whole>${NAME}?)(?: are| include|:|, namely| such as|,? including) ${MEMBERS}(?=[.;]|$)`,
  `(?<whole>${NAME}),? (?:such as|including|like|e\\.g\\.,?|for example,?) ${MEMBERS}(?=[.;)]|,? (?:are|is|can|have|which|that)\\b|$)`,
  `(?<whole>${NAME}) (?:(?:can be|are|is) (?:further )?(?:classified|divided|grouped|categori[sz]ed) (?:into|as)(?: [\\w ]{0,40}:)?|includes?|comprises?) ${MEMBERS}(?=[.;]|$)`,
  `${MEMBERS},? (?:and|or) other (?<whole>${NAME})`,
  `(?:^|, )(?:An?|The)? ?${MEMBERS} (?:is|are) (?:an? |the )?(?:[\\p{L}-]+ ){0,2}${KINDS} of (?:an? |the )?(?<whole>${NAME})`,
].map((source) => new RegExp(source, 'gu'));
/** Most sentences hold none of them, which is found out far faster. */
const SIGN = new RegExp(
  `\\b(?:${KINDS}|such as|including|includes?|like|e\\.g\\.|classified|divided|grouped|categori[sz]ed|comprises?|other)\\b`,
);

/** Teaches the dictionary what is a kind of what: neither may stand beside the other as a wrong choice. */
export function kindsIn(unit: Unit, { terms }: Dictionary): void {
  if (!SIGN.test(unit.clean)) return;
  // Only what the notes use as a term anyway; every end of "most important nucleic acids" is tried.
  const known = (phrase: string): Term[] =>
    bare(phrase)
      .split(' ')
      .flatMap((_, i, words) => terms.get(keyOf(words.slice(i).join(' '))) ?? [])
      .slice(-4);
  for (const pattern of PATTERNS)
    for (const { groups } of unit.clean.matchAll(pattern))
      for (const whole of known(groups?.whole ?? ''))
        for (const term of membersOf(groups?.members ?? '').flatMap(known))
          if (whole !== term) term.genus.add(whole.key);
}

const HEADING = /^[ \t]*(#{1,6})[ \t]+([^\n]+)$/gm;

/** Sister headings name things of one rank: "Tight Junctions", "Desmosomes", "Gap Junctions". */
export function relateHeadings(
  passages: readonly Passage[],
  units: readonly Unit[],
  dictionary: Dictionary,
): void {
  const families = new Map<string, Set<string>>();
  const join = (parent: string, child: string): void => {
    families.set(parent, (families.get(parent) ?? new Set()).add(child));
  };
  for (const { heading, title, text } of passages) {
    const path = heading.split(' > ').filter(Boolean);
    const last = path.at(-1);
    if (last) join([title, ...path.slice(0, -1)].join(' > '), last);
    let run: { level: number; parent: string } | null = null;
    for (const [, marks = '', name = ''] of text.matchAll(HEADING)) {
      const depth = path.indexOf(name.trim());
      if (depth >= 0) run = { level: marks.length, parent: [title, ...path.slice(0, depth)].join(' > ') };
      else if (run && marks.length < run.level) run = null;
      if (run && run.level === marks.length) join(run.parent, name.trim());
    }
  }
  for (const family of families.values())
    dictionary.relate([...family].map((title) => termOf(title, units, dictionary)));
}

/** A heading names a term when the text below it speaks of that term. */
function termOf(title: string, units: readonly Unit[], dictionary: Dictionary): Term | null {
  const name = bare(readable(title).replace(/^[\d.]+\s+/, ''));
  if (!isTermLike(name)) return null;
  const key = keyOf(name);
  const unit = units.find(({ keys }) => keys.includes(` ${key} `));
  const term = dictionary.terms.get(key) ?? (unit ? dictionary.add(name, unit) : null);
  if (term) term.isHeading = true;
  const short = /\(([A-Z][\w-]{1,9})\)/.exec(title)?.[1];
  if (term && short && unit) dictionary.equate(term, dictionary.add(short, unit));
  return term;
}
