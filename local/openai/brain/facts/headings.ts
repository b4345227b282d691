import type { Passage } from '../answer/passages.ts';
import type { Dictionary } from './dictionary.ts';
import { isTermLike } from './term-form.ts';
import type { Term, Unit } from './types.ts';
import { readable } from './units.ts';
import { bare, keyOf } from './words.ts';

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
