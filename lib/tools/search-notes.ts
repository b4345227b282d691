import { z } from 'zod';
import { EVIDENCE_BANDS } from '../domain/citation.ts';
import { locatorSchema } from '../domain/document.ts';
import { line } from '../domain/fields.ts';
import { lookUp } from '../retrieval/look-up.ts';
import { mendedSchema } from '../retrieval/mend.ts';
import { passageAttribute, passagesText } from '../retrieval/passage-text.ts';
import { tableAnswerSchema } from '../retrieval/table-answer.ts';
import { defineTool, orNull } from './define-tool.ts';

/** Whole passages are left out beyond this, so that the last one shown is never cut in two. */
const MAX_PASSAGE_CHARACTERS = 28_000;

const input = z.object({
  query: line(1_000).describe(
    'What to look for, in the words the notes are likely to use, in the language of the notes.',
  ),
  limit: orNull(z.int().min(1).max(20)).describe(
    'How many passages; null for the usual number, 10 unless the server is set otherwise.',
  ),
  courseId: orNull(z.string().max(200)).describe('Only documents of this course, by its name.'),
  filters: orNull(
    z.object({
      docIds: orNull(z.array(z.uuid()).max(50)).describe('Only these documents, by id.'),
      titles: orNull(z.array(z.string().max(300)).max(20)).describe(
        'Only documents whose title contains one of these.',
      ),
    }),
  ).describe('Narrows the search; null to search everything.'),
  purpose: orNull(z.enum(['answer', 'material'])).describe(
    'material to make flashcards or a summary of: the section or document that is named, whole and in order, or nothing when the notes do not speak of it. Null or answer for a question.',
  ),
});

const passage = z.object({
  n: z.int().positive().describe('The number to cite it with; the same for the whole conversation.'),
  docId: z.string(),
  ord: z.int(),
  text: z.string(),
  source: z.string().describe('The title of the document.'),
  page: z.int().nullable(),
  similarity: z.number(),
  course: z.string().nullable(),
  headingPath: z.array(z.string()),
  locator: locatorSchema,
  charStart: z.int(),
  charEnd: z.int(),
});

export const searchNotesOutputSchema = z.object({
  chunks: z.array(passage),
  evidence: z.object({
    score: z.number(),
    band: z.enum(EVIDENCE_BANDS),
    missing: z.array(z.string()),
  }),
  documents: z.int(),
  scope: z
    .array(z.object({ docId: z.string(), title: z.string() }))
    .default([])
    .describe('The documents that the query names, which alone were searched.'),
  table: tableAnswerSchema
    .extend({ docId: z.string(), title: z.string() })
    .nullable()
    .default(null)
    .describe('What was computed over all rows of a table.'),
  absent: z.string().nullable().default(null).describe('Why there is no material.'),
  unread: z
    .array(z.string())
    .default([])
    .describe('What could not be read of the documents that passages come from.'),
  mended: z.array(mendedSchema).default([]).describe('Words of the query that were read as others.'),
});

export type SearchNotesOutput = z.output<typeof searchNotesOutputSchema>;
export type SearchNotesPassage = z.output<typeof passage>;

/** The evidence first, then the passages as marked quotations. Without evidence there is nothing to quote. */
export function searchText(
  { chunks, evidence, mended, absent, table, unread }: SearchNotesOutput,
  most: number = MAX_PASSAGE_CHARACTERS,
  measure?: (text: string) => number,
): { text: string; shown: number } {
  const lines = [`evidence: ${evidence.band}`];
  if (evidence.missing.length > 0)
    lines.push(`missing: ${evidence.missing.map(passageAttribute).join(', ')}`);
  if (mended.length > 0) lines.push(`read: ${mended.map(({ from, to }) => `${from} as ${to}`).join(', ')}`);
  for (const said of unread) lines.push(`unread: ${passageAttribute(said)}`);
  if (absent !== null) lines.push(`absent: ${passageAttribute(absent)}`);
  if (table !== null)
    lines.push(`table: ${passageAttribute(`${table.sentence} (computed from ${table.title})`)}`);
  if (evidence.band === 'none' || chunks.length === 0) return { text: lines.join('\n'), shown: 0 };
  if (most <= 0) {
    lines.push('(no room for more passages in this turn: answer from those that were shown)');
    return { text: lines.join('\n'), shown: 0 };
  }
  const { text, shown } = passagesText(chunks, most, measure);
  lines.push(text);
  if (shown < chunks.length) lines.push('(further passages left out; search more exactly to see them)');
  return { text: lines.join('\n'), shown };
}

export const searchNotes = defineTool({
  name: 'searchNotes',
  description:
    'Searches the student’s own notes and returns numbered passages with the title and page they come from, and how much evidence there is that the notes cover the subject. Read-only.',
  input,
  output: searchNotesOutputSchema,
  timeoutSeconds: 15,
  async run(
    input,
    { userId, db, retrieval, passages, documentId, within = null, telemetry },
    signal,
    report,
  ) {
    const startedAt = performance.now();
    report({ stage: 'searching' });
    const asked = {
      ...input,
      userId,
      documentId,
      within,
      lastDocId: documentId ?? passages.lastDocument(),
      signal,
    };
    const found = await lookUp({ db, ...retrieval }, asked);
    telemetry.record({
      eventType: 'retrieval',
      toolName: 'searchNotes',
      latencyMs: performance.now() - startedAt,
      ok: true,
      metadata: { chunks: found.chunks.length, documents: found.documents, evidence: found.evidence.band },
    });
    return {
      ...found,
      chunks: found.chunks.map((chunk) => ({ ...chunk, n: passages.numberOf(chunk), source: chunk.title })),
    };
  },
  toModelText: (output) => searchText(output).text,
});
