import { z } from 'zod';
import { findQuote } from '../retrieval/find-quote.ts';

/** Where a question or a card comes from: the same proof as a citation's. Stored beside the item it proves. */
export const studySourceSchema = z.object({
  docId: z.string(),
  ord: z.int().describe('Which chunk of the document.'),
  title: z.string(),
  page: z.int().nullable(),
  locator: z.object({
    kind: z.enum(['page', 'section', 'row']),
    index: z.int(),
    total: z.int().nullable(),
    label: z.string().nullable(),
  }),
  headingPath: z.array(z.string()),
  quote: z.string().describe('The passage’s own words.'),
  quoteStart: z.int().describe('Offset of the quote into the document’s text.'),
  quoteEnd: z.int(),
});

export type StudySource = z.infer<typeof studySourceSchema>;

/** A passage of a document, as a search or a thread's memory of one gives it. */
export type SourcePassage = Omit<StudySource, 'title' | 'quote' | 'quoteStart' | 'quoteEnd'> & {
  source: string;
  text: string;
  charStart: number;
};

/** The proof of a quote in a passage, in the passage's own spelling; null when the passage does not hold it. */
export function sourceOf(passage: SourcePassage, quote: string): StudySource | null {
  const span = findQuote(quote, passage.text);
  if (!span) return null;
  const { docId, ord, source: title, page, locator, headingPath, charStart } = passage;
  return {
    docId,
    ord,
    title,
    page,
    locator,
    headingPath,
    quote: passage.text.slice(span.start, span.end),
    quoteStart: charStart + span.start,
    quoteEnd: charStart + span.end,
  };
}
