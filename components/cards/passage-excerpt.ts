import { findQuote } from '@/lib/retrieval/find-quote';

const AROUND = 260;

/** Signs of markdown that would stand in the way of reading a sentence out of its page. */
const withoutSigns = (text: string) =>
  text
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/\*\*|__|`/g, '')
    .replace(/\s+/g, ' ');

export type PassageExcerpt = { before: string; quote: string; after: string };

/** The paragraph around the words that prove a card; null where the words are no longer found in it. */
export function passageExcerpt(
  passage: { text: string; start: number } | null,
  source: { quote: string; quoteStart: number } | null,
): PassageExcerpt | null {
  if (!passage || !source) return null;
  const { text } = passage;
  const stored = source.quoteStart - passage.start;
  const span = text.startsWith(source.quote, stored)
    ? { start: stored, end: stored + source.quote.length }
    : findQuote(source.quote, text);
  if (!span) return null;
  const paragraphStart = text.lastIndexOf('\n\n', span.start);
  const paragraphEnd = text.indexOf('\n\n', span.end);
  const from = Math.max(paragraphStart < 0 ? 0 : paragraphStart + 2, span.start - AROUND);
  const until = Math.min(paragraphEnd < 0 ? text.length : paragraphEnd, span.end + AROUND);
  return {
    before: withoutSigns(
      wholeSentencesAfter(text.slice(from, span.start), from === 0 || from === paragraphStart + 2),
    ),
    quote: withoutSigns(text.slice(span.start, span.end)),
    after: withoutSigns(
      wholeSentencesBefore(text.slice(span.end, until), until === text.length || until === paragraphEnd),
    ),
  };
}

/** A cut text begins with its first whole sentence, or with a word. */
function wholeSentencesAfter(text: string, isWhole: boolean): string {
  if (isWhole) return text;
  const sentence = /[.!?]\s+/.exec(text);
  return sentence ? text.slice(sentence.index + sentence[0].length) : `… ${text.replace(/^\S*\s/, '')}`;
}

function wholeSentencesBefore(text: string, isWhole: boolean): string {
  if (isWhole) return text;
  const end = Math.max(text.lastIndexOf('. '), text.lastIndexOf('! '), text.lastIndexOf('? '));
  return end >= 0 ? text.slice(0, end + 1) : `${text.replace(/\s\S*$/, '')} …`;
}
