import type { StudySource } from '../domain/citation.ts';
import { isEnglish } from '../retrieval/claim-words.ts';
import { closestPlace } from '../retrieval/closeness.ts';
import { type SourcePassage, sourceOf } from '../study/source.ts';

/** A card, or a question of a quiz, with the words it was made from. */
export type Quoting = {
  cardId?: string | undefined;
  quizId?: string | undefined;
  itemId?: string | undefined;
  about: string;
  source: StudySource;
};
export type Named = Pick<Quoting, 'cardId' | 'quizId' | 'itemId'>;
export type Compared = {
  moved: (Named & { source: StudySource })[];
  changed: (Named & { about: string; oldText: string; newText: string | null; newPage: number | null })[];
};

/** So many of the passages that share most words with a quote are looked through for it. */
const MOST_LIKELY = 8;
const LEAST_SHARED = 0.3;

/** What a passage says below its headings; a heading alone, without its signs. */
const saidIn = (text: string): string =>
  text.replace(/^#{1,6} .*(?:\n|$)/gm, '').trim() || text.replace(/^#{1,6} /gm, '').trim();
const wordsOf = (text: string) =>
  new Set(
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}]+/gu) ?? [],
  );

/** Tells what of a document's words stand in another text as they are, and what comes closest to the others. */
export function compareQuotes({
  quoting,
  passages,
}: {
  quoting: readonly Quoting[];
  passages: readonly SourcePassage[];
}): Compared {
  const known = passages.map((passage) => ({ passage, words: wordsOf(passage.text) }));
  const compared: Compared = { moved: [], changed: [] };
  for (const { about, source, ...named } of quoting) {
    const asked = [...wordsOf(source.quote)];
    const likely = known
      .map(({ passage, words }) => ({
        passage,
        share: asked.filter((word) => words.has(word)).length / Math.max(1, asked.length),
      }))
      .filter(({ share }) => share >= LEAST_SHARED)
      .sort((one, other) => other.share - one.share)
      .slice(0, MOST_LIKELY);
    const same = likely.map(({ passage }) => sourceOf(passage, source.quote)).find((found) => found !== null);
    if (same) compared.moved.push({ ...named, source: same });
    else {
      const closest = likely[0]?.passage;
      const place =
        closest && closestPlace(source.quote, closest.text, isEnglish(source.quote, closest.text));
      const newText =
        closest && place && place.share >= LEAST_SHARED
          ? saidIn(closest.text.slice(place.span.start, place.span.end))
          : null;
      compared.changed.push({
        ...named,
        about,
        oldText: source.quote,
        newText,
        newPage: newText === null ? null : (closest?.locator.index ?? null),
      });
    }
  }
  return compared;
}
