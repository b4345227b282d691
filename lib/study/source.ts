import type { StudySource } from '../domain/citation.ts';
import { findQuote } from '../retrieval/find-quote.ts';
import { locatorOfWords } from './moments.ts';

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
  const { docId, ord, source: title, page, headingPath, charStart } = passage;
  return {
    docId,
    ord,
    title,
    page,
    locator: locatorOfWords(passage, span.start),
    headingPath,
    quote: passage.text.slice(span.start, span.end),
    quoteStart: charStart + span.start,
    quoteEnd: charStart + span.end,
  };
}
