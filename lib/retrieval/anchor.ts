import { fold } from './fold.ts';

/** The letters and digits of a text as any writing of it has them, and where each stands in it. */
export type Letters = { letters: string; starts: number[]; ends: number[] };

const LETTER = /[\p{L}\p{N}\p{M}]/u;

export function lettersOf(text: string): Letters {
  const folded = fold(text);
  const kept: Letters = { letters: '', starts: [], ends: [] };
  for (let at = 0; at < folded.characters.length; at++) {
    // A sign outside the first plane is two units, and neither is a letter by itself.
    const unit = folded.characters.charCodeAt(at);
    const sign = folded.characters[at] ?? '';
    if (!LETTER.test(sign) && !(unit >= 0xd800 && unit < 0xe000)) continue;
    kept.letters += sign;
    kept.starts.push(folded.starts[at] ?? 0);
    kept.ends.push(folded.ends[at] ?? 0);
  }
  return kept;
}

/** What stands in more places than these is a letter or a word of every line. */
const MOST_PLACES = 2_000;

export function occurrences(text: string, part: string): number[] {
  const found: number[] = [];
  if (part === '') return found;
  for (
    let at = text.indexOf(part);
    at >= 0 && found.length < MOST_PLACES;
    at = text.indexOf(part, at + part.length)
  )
    found.push(at);
  return found;
}

/** A quote with what stood around it and where it began, as the Web Annotation standard selects text. */
export type TextQuote = { quote: string; prefix: string; suffix: string; charStart: number };
export type Anchored = { start: number; end: number };

function sharedEnd(left: string, right: string): number {
  let count = 0;
  while (count < Math.min(left.length, right.length) && left.at(-1 - count) === right.at(-1 - count))
    count += 1;
  return count;
}
const reversed = (text: string): string => [...text].reverse().join('');

/** Of several places the one whose surroundings are most alike; among equal ones the nearest to where it stood. */
function likeliest(
  text: string,
  places: readonly Anchored[],
  { prefix, suffix, charStart }: TextQuote,
): Anchored | null {
  const scored = places.map((place) => ({
    place,
    alike:
      sharedEnd(text.slice(Math.max(0, place.start - prefix.length), place.start), prefix) +
      sharedEnd(reversed(text.slice(place.end, place.end + suffix.length)), reversed(suffix)),
    away: Math.abs(place.start - charStart),
  }));
  scored.sort((a, b) => b.alike - a.alike || a.away - b.away);
  return scored[0]?.place ?? null;
}

/** So many letters at either end of a quote tell where it began and ended when its middle has changed, and so many beside it. */
const TELLING = { inside: 10, around: 20 } as const;
const GROWN = 1.5;

/** Places that begin and end as the quote did, or stand between what stood around it. */
function framed(page: Letters, quote: string, prefix: string, suffix: string): Anchored[] {
  const most = Math.ceil(quote.length * GROWN) + TELLING.around;
  const between = (head: string, tail: string, isInside: boolean): Anchored[] =>
    head.length < TELLING.inside || tail.length < TELLING.inside
      ? []
      : occurrences(page.letters, head).flatMap((at) => {
          const from = isInside ? at : at + head.length;
          const found = page.letters.indexOf(tail, isInside ? at + 1 : from);
          const to = isInside ? found + tail.length : found;
          const isNear = found >= 0 && to > from && to - from <= most;
          const [start, end] = [page.starts[from], page.ends[to - 1]];
          return isNear && start !== undefined && end !== undefined ? [{ start, end }] : [];
        });
  const own = between(quote.slice(0, TELLING.inside), quote.slice(-TELLING.inside), true);
  return own.length > 0
    ? own
    : between(prefix.slice(-TELLING.around), suffix.slice(0, TELLING.around), false);
}

/**
 * Finds quotes in a text that may have been read anew: exactly, by their letters alone, by their two ends, or between what stood
 * around them. Null when none of these is there; of another version of a text only the first two are the same words.
 */
export function anchorsIn(
  text: string,
  { isOtherVersion = false } = {},
): (selector: TextQuote) => Anchored | null {
  let folded: Letters | undefined;
  return (selector) => {
    const { quote, prefix, suffix } = selector;
    const exact = occurrences(text, quote).map((start) => ({ start, end: start + quote.length }));
    if (exact.length > 0) return likeliest(text, exact, selector);
    folded ??= lettersOf(text);
    const { letters, starts, ends } = folded;
    const own = lettersOf(quote).letters;
    if (own === '') return null;
    const same = occurrences(letters, own).flatMap((at) => {
      const [start, end] = [starts[at], ends[at + own.length - 1]];
      return start === undefined || end === undefined ? [] : [{ start, end }];
    });
    const found =
      same.length > 0 || isOtherVersion
        ? same
        : framed(folded, own, lettersOf(prefix).letters, lettersOf(suffix).letters);
    return likeliest(text, found, selector);
  };
}

export type AnchoredPage = { page: number; content: string; start: number };
export type AnchoredPlace = { page: number; charStart: number; charEnd: number };

/** A document's text is its pages joined by an empty line. */
export const textOfPages = (pages: readonly AnchoredPage[]): string =>
  pages.map(({ content }) => content).join('\n\n');

/** Where quotes stand in a document of pages. */
export function placesIn(
  pages: readonly AnchoredPage[],
  options?: { isOtherVersion: boolean },
): (selector: TextQuote) => AnchoredPlace | null {
  const find = anchorsIn(textOfPages(pages), options);
  return (selector) => {
    const found = find(selector);
    const page = found && pages.findLast(({ start }) => start <= found.start);
    return page ? { page: page.page, charStart: found.start, charEnd: found.end } : null;
  };
}
