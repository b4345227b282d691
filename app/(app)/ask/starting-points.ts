import type { DatabaseClient } from '@/lib/db/clients';
import { AppError } from '@/lib/errors';
import { inEnglish } from '@/lib/language/text';
import { headingSubject } from '@/lib/study/heading-subject';

const HEADINGS_READ = 80;

/** Whether there are notes to ask, and three questions made from their headings. */
export async function loadStartingPoints(
  db: DatabaseClient,
  t = inEnglish,
): Promise<{ hasNotes: boolean; suggestions: string[] }> {
  const [documents, headings] = await Promise.all([
    db.from('doc_source').select('id').neq('status', 'error').neq('source_type', 'attachment').limit(1),
    // The newest passages come from the documents that were added last.
    db
      .from('doc_chunk')
      .select('docId:doc_id, headingPath:heading_path, doc_source!doc_chunk_doc_id_fkey!inner(source_type)')
      .neq('doc_source.source_type', 'attachment')
      .order('id', { ascending: false })
      .limit(HEADINGS_READ),
  ]);
  if (documents.error) throw new AppError('database_unavailable', { cause: documents.error });
  if (headings.error) throw new AppError('database_unavailable', { cause: headings.error });
  const found = headings.data.flatMap(({ docId, headingPath }) => {
    const heading = headingPath.at(-1);
    return heading === undefined ? [] : [{ docId, heading }];
  });
  return { hasNotes: documents.data.length > 0, suggestions: suggestQuestions(found.reverse(), t) };
}

/** What a question is made from: the deepest heading of a passage and the document it stands in. */
type Heading = { docId: string; heading: string };

const SUGGESTIONS = 3;

/** Three questions the notes should be able to answer, from as many documents as there are. */
export function suggestQuestions(headings: readonly Heading[], t = inEnglish): string[] {
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
    .map((subject) =>
      subject.endsWith('?') ? subject : t('What do my notes say about {subject}?', { subject }),
    );
}
