/** What a question is made from: the deepest heading of a passage and the document it stands in. */
export type Heading = { docId: string; heading: string };

const SUGGESTIONS = 3;
const SHORTEST = 4;
const LONGEST = 60;

/** Headings that name a part of a book and not a subject. */
const NOT_A_SUBJECT =
  /^(?:abstract|acknowledge?ments?|answers?|appendix|bibliography|chapter|conclusions?|contents|copyright|discussion|example|exercises?|figure|further reading|glossary|index|introduction|key terms|licen[cs]e|notes?|objectives|outline|overview|page|preface|problems?|references|review questions?|section|sources|summary|table of contents|unit|week)\b[\s\d.:–-]*$/i;

/** "8.1 Short-Term Memory" asks about short-term memory, not about 8.1. */
const subjectOf = (heading: string) =>
  heading
    .replace(
      /^[\s#*]*(?:(?:chapter|section|unit|week|lecture)\s+)?(?:\d+(?:\.\d+)*[.):]?|[IVX]+\.)?\s*[:–-]?\s*/i,
      '',
    )
    .replace(/[\s:.*_]+$/, '')
    .trim();

function isSubject(subject: string): boolean {
  const isPlain = /\p{L}/u.test(subject) && !/[?!;{}<>=|\\]/.test(subject);
  return isPlain && subject.length >= SHORTEST && subject.length <= LONGEST && !NOT_A_SUBJECT.test(subject);
}

/** Three questions the notes should be able to answer, from as many documents as there are. */
export function suggestQuestions(headings: readonly Heading[]): string[] {
  const byDocument = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { docId, heading } of headings) {
    const subject = subjectOf(heading);
    const key = subject.toLowerCase();
    if (!isSubject(subject) || seen.has(key)) continue;
    seen.add(key);
    byDocument.set(docId, [...(byDocument.get(docId) ?? []), subject]);
  }
  const columns = [...byDocument.values()];
  const rounds = Math.max(0, ...columns.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => columns.map((column) => column[round]))
    .flat()
    .filter((subject) => subject !== undefined)
    .slice(0, SUGGESTIONS)
    .map((subject) => `What do my notes say about ${subject}?`);
}
