import { findQuote } from '@/lib/retrieval/find-quote';

export type PageText = { content: string; charStart: number; charEnd: number };
export type QuotePlace = { quote: string; quoteStart: number; quoteEnd: number };

/**
 * Where the quote stands on this page. The stored offsets are believed only when the text there is the quote, or its
 * beginning where the quote runs over the page's end; otherwise the words are looked up. Null marks nothing.
 */
export function locateQuote(page: PageText, place: QuotePlace): { start: number; end: number } | null {
  const { content } = page;
  const start = place.quoteStart - page.charStart;
  const end = place.quoteEnd - page.charStart;
  if (start >= 0 && start < content.length) {
    const here = content.slice(start, end);
    if (here === place.quote) return { start, end };
    if (end > content.length && here.trim() !== '' && place.quote.startsWith(here)) {
      return { start, end: content.length };
    }
  }
  return findQuote(place.quote, content);
}
