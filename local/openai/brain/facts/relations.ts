import type { Passage } from '../answer/passages.ts';
import type { Dictionary } from './dictionary.ts';
import { isTermLike } from './term-form.ts';
import type { Term, Unit } from './types.ts';
import { isFit, readable, statementOf } from './units.ts';
import { bare, keyOf } from './words.ts';

/** "types of X: a, b, and c", "X such as a, b, and c", "X include a, b, and c". */
const ENUMERATION =
  /\b((?:[\w-]+ ){0,4}[\w-]+?)(?:,? such as|,? including|:| include| includes| are called| consists? of| comprises?| are) ((?:(?:the |an? )?[\w'’ -]{3,40}, ){1,7}(?:and|or) (?:the |an? )?[\w'’ -]{3,40}?)(?=[.;,]|$)/;
const membersOf = (text: string): string[] =>
  text
    .replace(/\s*\([^)]*\)/g, '')
    .split(/\s*,\s*(?:and |or )?|\s+(?:and|or)\s+/)
    .map((member) =>
      member
        .replace(/^(?:the|an?)\s+/i, '')
        .replace(/[.;:]+$/, '')
        .trim(),
    )
    .filter(Boolean);

/** Teaches the dictionary which terms a sentence names side by side. */
export function relateListed(unit: Unit, dictionary: Dictionary): void {
  const listed = isFit(unit) ? ENUMERATION.exec(statementOf(unit))?.[2] : undefined;
  const members = membersOf(listed ?? '')
    .filter((member) => isTermLike(member) && member.split(' ').length <= 4)
    .map((member) => dictionary.add(member, unit));
  dictionary.relate(members.filter((term) => term?.isNoun));
}

const NAME = "(?:[\\p{L}][\\p{L}\\p{N}’'-]*)(?: [\\p{L}][\\p{L}\\p{N}’'-]*){0,3}";
const MEMBERS = '(?<members>[^.;:]{3,160}?)';
const KINDS = '(?:types|kinds|forms|classes|categories|subtypes|examples|members|groups|varieties)';

/** How notes say that one thing is a kind of another. */
const PATTERNS = [
  new RegExp(
    `\\b${KINDS} of (?<whole>${NAME}?)(?: are| include|:|, namely| such as|,? including) ${MEMBERS}(?=[.;]|$)`,
    'gu',
  ),
  new RegExp(
    `(?<whole>${NAME}),? (?:such as|including|like|e\\.g\\.,?|for example,?) ${MEMBERS}(?=[.;)]|,? (?:are|is|can|have|which|that)\\b|$)`,
    'gu',
  ),
  new RegExp(
    `(?<whole>${NAME}) (?:can be|are|is) (?:further )?(?:classified|divided|grouped|categorized|categorised) (?:into|as)(?: [\\w ]{0,40}:| )?${MEMBERS}(?=[.;]|$)`,
    'gu',
  ),
  new RegExp(`(?<whole>${NAME}) (?:includes?|comprises?) ${MEMBERS}(?=[.;]|$)`, 'gu'),
  new RegExp(`${MEMBERS},? (?:and|or) other (?<whole>${NAME})`, 'gu'),
  new RegExp(
    `(?:^|, )(?:An?|The)? ?${MEMBERS} (?:is|are) (?:an? |the )?(?:[\\p{L}-]+ ){0,2}(?:examples?|types?|kinds?|forms?|classes|class|subtypes?) of (?:an? |the )?(?<whole>${NAME})`,
    'gu',
  ),
];

/** Most sentences hold none of them, which is found out far faster. */
const SIGN =
  /\b(?:types?|kinds?|forms?|class|classes|categories|subtypes?|examples?|members|groups|varieties|such as|including|includes?|like|e\.g\.|classified|divided|grouped|categori[sz]ed|comprises?|other)\b/;

/** Teaches the dictionary what is a kind of what: neither may stand beside the other as a wrong choice. */
export function kindsIn(unit: Unit, dictionary: Dictionary): void {
  if (!SIGN.test(unit.clean)) return;
  for (const pattern of PATTERNS)
    for (const { groups } of unit.clean.matchAll(pattern)) {
      const wholes = endsOf(groups?.whole ?? '').flatMap((text) => known(text, unit, dictionary));
      if (wholes.length === 0) continue;
      for (const member of membersOf(groups?.members ?? '').flatMap((text) => endsOf(text)))
        for (const term of known(member, unit, dictionary))
          for (const whole of wholes) if (whole !== term) term.genus.add(whole.key);
    }
}

/** "most important nucleic acids" names nucleic acids: every end of a phrase is tried. */
const endsOf = (phrase: string): string[] => {
  const words = bare(phrase).split(' ');
  return words.map((_, i) => words.slice(i).join(' ')).slice(-4);
};

/** Only what the notes use as a term anyway; a guess here would cost good questions. */
const known = (text: string, unit: Unit, dictionary: Dictionary): Term[] => {
  const term = isTermLike(text) ? dictionary.find(text) : null;
  if (term) term.units.add(unit.order);
  return term ? [term] : [];
};

const HEADING = /^[ \t]*(#{1,6})[ \t]+([^\n]+)$/gm;

/** Sister headings name things of one rank: "Tight Junctions", "Desmosomes", "Gap Junctions". */
export function relateHeadings(
  passages: readonly Passage[],
  units: readonly Unit[],
  dictionary: Dictionary,
): void {
  const families = new Map<string, Set<string>>();
  const join = (parent: string, child: string): void => {
    const family = families.get(parent);
    if (family) family.add(child);
    else families.set(parent, new Set([child]));
  };
  for (const passage of passages) {
    const path = passage.heading.split(' > ').filter(Boolean);
    const last = path.at(-1);
    if (last) join([passage.title, ...path.slice(0, -1)].join(' > '), last);
    let run: { level: number; parent: string } | null = null;
    for (const [, marks = '', title = ''] of passage.text.matchAll(HEADING)) {
      const depth = path.indexOf(title.trim());
      const parent: string = depth >= 0 ? [passage.title, ...path.slice(0, depth)].join(' > ') : '';
      if (depth >= 0) run = { level: marks.length, parent };
      else if (run && marks.length < run.level) run = null;
      if (run && run.level === marks.length) join(run.parent, title.trim());
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
