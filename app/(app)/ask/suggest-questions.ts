import { headingSubject } from '@/lib/study/heading-subject';

/** What a question is made from: the deepest heading of a passage and the document it stands in. */
export type Heading = { docId: string; heading: string };

const SUGGESTIONS = 3;

/** Three questions the notes should be able to answer, from as many documents as there are. */
export function suggestQuestions(headings: readonly Heading[]): string[] {
  const byDocument = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { docId, heading } of headings) {
    const subject = headingSubject(heading);
    const key = subject?.toLowerCase();
    if (!subject || !key || seen.has(key)) continue;
    seen.add(key);
    byDocument.set(docId, [...(byDocument.get(docId) ?? []), subject]);
  }
  const columns = [...byDocument.values()];
  const rounds = Math.max(0, ...columns.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => columns.map((column) => column[round]))
    .flat()
    .filter((subject) => subject !== undefined)
    .slice(0, SUGGESTIONS)
    .map((subject) => (subject.endsWith('?') ? subject : `What do my notes say about ${subject}?`));
}
