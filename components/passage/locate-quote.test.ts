import { describe, expect, it } from 'vitest';
import { locateQuote } from './locate-quote';

const content = 'Short-term memory lasts about 20 seconds. Miller found about 7 items.';
const page = { content, charStart: 1_000, charEnd: 1_000 + content.length };
const quote = 'Miller found about 7 items.';
const at = content.indexOf(quote);
const place = { quote, quoteStart: 1_000 + at, quoteEnd: 1_000 + at + quote.length };

describe('locateQuote', () => {
  it('believes offsets whose text is the quote', () => {
    expect(locateQuote(page, place)).toEqual({ start: at, end: at + quote.length });
  });

  it('looks the words up when the document was read again and they moved', () => {
    expect(locateQuote(page, { ...place, quoteStart: 1_003, quoteEnd: 1_003 + quote.length })).toEqual({
      start: at,
      end: at + quote.length,
    });
  });

  it('marks up to the end of the page when the quote goes on behind it', () => {
    const long = { ...place, quote: `${quote}\n\nSome remember 5.`, quoteEnd: place.quoteEnd + 18 };
    expect(locateQuote(page, long)).toEqual({ start: at, end: content.length });
  });

  it('marks nothing when the words are not there', () => {
    expect(
      locateQuote(page, { quote: 'The Treaty of Lisbon was signed.', quoteStart: 1_000, quoteEnd: 1_032 }),
    ).toBeNull();
  });
});
