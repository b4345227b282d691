import type { DatabaseClient } from '@/lib/db/clients';
import { AppError } from '@/lib/errors';
import { suggestQuestions } from './suggest-questions';

const HEADINGS_READ = 80;

/** Whether there are notes to ask, and three questions made from their headings. */
export async function loadStartingPoints(
  db: DatabaseClient,
): Promise<{ hasNotes: boolean; suggestions: string[] }> {
  const [documents, headings] = await Promise.all([
    db.from('doc_source').select('id').neq('status', 'error').limit(1),
    // The newest passages come from the documents that were added last.
    db
      .from('doc_chunk')
      .select('docId:doc_id, headingPath:heading_path')
      .order('id', { ascending: false })
      .limit(HEADINGS_READ),
  ]);
  if (documents.error) throw new AppError('database_unavailable', { cause: documents.error });
  if (headings.error) throw new AppError('database_unavailable', { cause: headings.error });
  const found = headings.data.flatMap(({ docId, headingPath }) => {
    const heading = headingPath.at(-1);
    return heading === undefined ? [] : [{ docId, heading }];
  });
  return { hasNotes: documents.data.length > 0, suggestions: suggestQuestions(found.reverse()) };
}
