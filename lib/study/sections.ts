import type { Section } from '../domain/make.ts';

type Headed = { ord: number; headingPath: readonly string[] };

const LEVELS = 2;
const MOST_SECTIONS = 300;

/** How many headings every passage stands below: one title over all of a document tells no part of it apart. */
function sharedDepth(passages: readonly Headed[]): number {
  const first = passages[0]?.headingPath ?? [];
  const differs = first.findIndex((heading, at) =>
    passages.some(({ headingPath }) => headingPath[at] !== heading),
  );
  return differs === -1 ? first.length : differs;
}

/** The parts of a document below its two outermost levels of headings that differ, in reading order. */
export function sectionsOf(passages: readonly Headed[]): Section[] {
  const shared = sharedDepth(passages);
  const open: Section[] = [];
  const sections: Section[] = [];
  for (const { ord, headingPath } of passages) {
    for (const [at, heading] of headingPath.slice(shared, shared + LEVELS).entries()) {
      if (open[at]?.heading === heading) continue;
      open.length = at;
      const section = { heading, level: at + 1, from: ord, to: ord };
      open.push(section);
      sections.push(section);
    }
    open.length = Math.min(open.length, Math.max(0, headingPath.length - shared));
    for (const section of open) section.to = ord;
  }
  return sections.slice(0, MOST_SECTIONS);
}
