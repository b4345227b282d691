import { inEnglish, text } from '../language/text.ts';
import { headingSubject } from '../study/heading-subject.ts';

/** The first, one from the middle, and one from near the end: a view of the whole document. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) =>
    items.at(Math.floor((index * items.length) / count)),
  ).filter((item) => item !== undefined);
}

const PHRASES = [
  text('What do my notes say about {subject}?'),
  text('What are the main points of {subject}?'),
  text('What should I remember about {subject}?'),
];

export type StarterQuestion = { subject: string; question: string };

/** Three questions that the document can answer, made from its own headings; from its title when it has none. */
export function starterQuestions(
  title: string,
  paths: readonly (readonly string[])[],
  t = inEnglish,
): StarterQuestion[] {
  const seen = new Set<string>();
  const headings = paths.flatMap((path) => {
    const heading = headingSubject(path.at(-1) ?? '');
    const key = heading?.toLocaleLowerCase();
    if (!heading || !key || seen.has(key)) return [];
    seen.add(key);
    return [heading];
  });
  const subjects = headings.length > 0 ? spread(headings, PHRASES.length) : [title];
  return PHRASES.slice(0, headings.length > 0 ? subjects.length : PHRASES.length).map((phrase, index) => {
    const subject = subjects[index] ?? title;
    // A heading that is a question already is asked as it stands.
    return { subject, question: subject.endsWith('?') ? subject : t(phrase, { subject }) };
  });
}
