/** Headings that every book has and nobody asks about. */
const GENERIC =
  /^(table of )?(contents|index|references?|bibliography|preface|foreword|introduction|summary|conclusions?|overview|exercises?|discussion( and exercises)?|acknowledge?ments?|glossary|appendix.*|key terms|review questions|abstract|notes|chapter \d+|part \w+|page \d+|figure .*|table .*|example .*)$/i;

const MIN_LETTERS = 4;
const MAX_LENGTH = 70;

/** "8.1 How Memory Functions" and "Chapter 8: Memory" without their numbers. */
const bare = (heading: string) =>
  heading
    .replace(/^(chapter|section|part|lesson|unit)\s+[\divxlc]+\s*[.:–-]?\s*/i, '')
    .replace(/^(task|activity|exercise)\s*[-–:]\s*/i, '')
    .replace(/^[\d.]+[.):]?\s+/, '')
    .replace(/\s+/g, ' ')
    .replace(/[.:;,\s]+$/, '')
    .trim();

const isUseful = (heading: string) =>
  heading.length <= MAX_LENGTH &&
  (heading.match(/\p{L}/gu)?.length ?? 0) >= MIN_LETTERS &&
  !GENERIC.test(heading);

/** The first, one from the middle, and one from near the end: a view of the whole document. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) =>
    items.at(Math.floor((index * items.length) / count)),
  ).filter((item) => item !== undefined);
}

const PHRASES: readonly ((subject: string) => string)[] = [
  (subject) => `What do my notes say about ${subject}?`,
  (subject) => `What are the main points of ${subject}?`,
  (subject) => `What should I remember about ${subject}?`,
];

export type StarterQuestion = { subject: string; question: string };

/** Three questions that the document can answer, made from its own headings; from its title when it has none. */
export function starterQuestions(title: string, paths: readonly (readonly string[])[]): StarterQuestion[] {
  const seen = new Set<string>();
  const headings = paths.flatMap((path) => {
    const heading = bare(path.at(-1) ?? '');
    const key = heading.toLocaleLowerCase();
    if (!isUseful(heading) || seen.has(key)) return [];
    seen.add(key);
    return [heading];
  });
  const subjects = headings.length > 0 ? spread(headings, PHRASES.length) : [title];
  return PHRASES.slice(0, headings.length > 0 ? subjects.length : PHRASES.length).map((phrase, index) => {
    const subject = subjects[index] ?? title;
    // A heading that is a question already is asked as it stands.
    return { subject, question: subject.endsWith('?') ? subject : phrase(subject) };
  });
}
