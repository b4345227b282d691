import { sentenceCase } from './sentence-case.ts';

/** Headings that name a part of a book and not a subject. */
const PART_OF_A_BOOK =
  /^(?:(?:table of )?contents|abstract|acknowledge?ments?|answers?|appendix.*|bibliography|chapter|conclusions?|copyright|discussion(?: and exercises)?|examples?|exercises?|figures?|foreword|further reading|glossary|index|introduction|key terms|licen[cs]e|notes?|objectives|outline|overview|page|part|preface|problems?|references?|review questions?|section|sources|summary|table|unit|week)\b[\s\d.:–-]*$/i;
/** The pages before the first are numbered so, and a book of chapters without names has nothing else. */
const NUMERAL = /^[ivxlc]+$/i;
const NUMBERED_PART = /^(?:figure|table|example|appendix|part|page|chapter)\s+[\divxlc]+\b/i;

const SHORTEST = 4;
const LONGEST = 60;

/**
 * What a heading is about, for a question about it: "8.1 Short-Term Memory" gives "Short-Term Memory". Null for headings
 * that name a part of a book, formulas, questions, and what is too short or too long to ask about. A heading that is a question keeps its question mark.
 */
export function headingSubject(heading: string): string | null {
  const subject = heading
    .replace(/^[\s#*]+/, '')
    .replace(/^(?:chapter|section|part|lesson|lecture|unit|week)\s+[\divxlc]+\s*[.:–-]?\s*/i, '')
    .replace(/^(?:task|activity|exercise)\s*[-–:]\s*/i, '')
    .replace(/^(?:\d[\d.]*[.):]?|[IVX]+\.)\s*[:–-]?\s*/, '')
    .replace(/\s+/g, ' ')
    .replace(/[.:;,*_\s]+$/, '')
    .trim();
  const isAskable =
    (subject.match(/\p{L}/gu)?.length ?? 0) >= SHORTEST &&
    subject.length <= LONGEST &&
    !/[!;{}<>=|\\]|\?(?!$)/.test(subject) &&
    !PART_OF_A_BOOK.test(subject) &&
    !NUMERAL.test(subject) &&
    !NUMBERED_PART.test(subject);
  return isAskable ? sentenceCase(subject) : null;
}

/** The subject of the innermost heading that has one. */
export const pathSubject = (path: readonly string[]): string | null =>
  path.toReversed().flatMap((heading) => headingSubject(heading) ?? [])[0] ?? null;
