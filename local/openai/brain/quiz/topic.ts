import type { Unit } from '../facts/types.ts';
import { readable } from '../facts/units.ts';

/** Headings that name a part of a book and no subject. */
const PART_OF_A_BOOK =
  /^(?:(?:table of )?contents|abstract|acknowledge?ments?|answers?|appendix.*|bibliography|chapter|conclusions?|discussion|examples?|exercises?|figures?|foreword|further reading|glossary|index|introduction|key terms|licen[cs]e|methods?|notes?|objectives|outline|overview|page|part|preface|problems?|references?|results?|review(?: & self study)?|review questions?|section|section summary|self study|sources|summary|table|text|unit|week|challenge|assignment|background)\b[\s\d.:–-]*$/i;
const SHORTEST = 4;
const LONGEST = 60;

/** What a unit is about: the nearest heading that names a subject, else the one that was asked for. */
export function topicOf(unit: Unit, asked: string): string {
  const path = unit.passage.heading.split(' > ');
  for (const heading of [unit.heading, ...path.reverse()]) {
    const subject = subjectOf(heading);
    if (subject) return subject;
  }
  return asked.trim() || 'Notes';
}

function subjectOf(heading: string): string | null {
  const subject = readable(heading)
    .replace(/^(?:chapter|section|part|lesson|lecture|unit|week)\s+[\divxlc]+\s*[.:–-]?\s*/i, '')
    .replace(/^(?:task|activity|exercise)\s*[-–:]\s*/i, '')
    .replace(/^(?:\d[\d.]*[.):]?|[IVX]+\.)\s*[:–-]?\s*/, '')
    .replace(/[.:;,*_\s]+$/, '');
  const letters = subject.match(/\p{L}/gu)?.length ?? 0;
  const isSubject =
    letters >= SHORTEST &&
    subject.length <= LONGEST &&
    !/[!;{}<>=|\\?]/.test(subject) &&
    !PART_OF_A_BOOK.test(subject);
  return isSubject ? subject : null;
}
