import type { Passage } from '../answer/passages.ts';
import type { Dictionary } from './dictionary.ts';
import { isTermLike } from './term-form.ts';
import type { Fact, Term, Unit } from './types.ts';
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

/** What the items of one list explain is named side by side. */
export function relateLabels(facts: readonly Fact[], dictionary: Dictionary): void {
  const listed = facts.filter((fact) => fact.kind === 'definition' && fact.unit.kind === 'item');
  const lists = Map.groupBy(listed, ({ unit }) => `${unit.passage.n} ${unit.heading}`);
  for (const list of lists.values())
    dictionary.relate(list.map((fact) => (fact.kind === 'definition' ? fact.term : null)));
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
  let above: { level: number; name: string }[] = [];
  let document = '';
  for (const { heading, title, text } of passages) {
    const path = heading.split(' > ').filter(Boolean);
    for (const [i, name] of path.entries()) join([title, path[i - 1] ?? ''].join(' > '), name);
    // A passage goes on where the one before it was cut.
    if (title !== document) above = [];
    document = title;
    for (const [, marks = '', written = ''] of text.matchAll(HEADING)) {
      const name = written.trim();
      above = above.filter(({ level }) => level < marks.length);
      const depth = path.indexOf(name);
      const parent = depth >= 0 ? (path[depth - 1] ?? '') : above.at(-1)?.name;
      if (parent !== undefined) join([title, parent].join(' > '), name);
      above.push({ level: marks.length, name });
    }
  }
  for (const [path, family] of families) {
    const terms = [...family].map((title) => termOf(title, units, dictionary));
    dictionary.relate(terms);
    // Below "Intercellular junctions" a gap junction is one of them.
    const parent = dictionary.terms.get(keyOf(path.split(' > ').at(-1) ?? ''));
    for (const term of terms) if (parent && term?.head === parent.head) term.genus.add(parent.key);
  }
}

/** A heading names a term when the text below it speaks of that term. */
function termOf(title: string, units: readonly Unit[], dictionary: Dictionary): Term | null {
  const name = bare(
    readable(title)
      .replace(/^[\d.]+\s+/, '')
      // "DualArrayDeque: building a deque from two stacks"
      .replace(/:\s.*$/, ''),
  );
  if (!isTermLike(name)) return null;
  const key = keyOf(name);
  const unit = units.find(({ keys }) => keys.includes(` ${key} `));
  const term = dictionary.terms.get(key) ?? (unit ? dictionary.add(name, unit) : null);
  if (term) term.isHeading = true;
  const short = /\(([A-Z][\w-]{1,9})\)/.exec(title)?.[1];
  if (term && short && unit) dictionary.equate(term, dictionary.add(short, unit));
  return term;
}

/** What is spoken of below one heading alone, and ends in its word, is a kind of it: explicit memory below "Long-term memory". */
export function kindsBelow(units: readonly Unit[], { terms }: Dictionary): void {
  for (const term of terms.values()) {
    const [key, ...others] = new Set([...term.units].map((order) => keyOf(units[order]?.heading ?? '')));
    const whole = others.length === 0 && key !== term.key ? terms.get(key ?? '') : undefined;
    if (whole && whole.head === term.head && !term.isHeading) term.genus.add(whole.key);
  }
}
