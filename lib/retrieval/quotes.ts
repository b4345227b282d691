import type { Verdict } from '../domain/citation.ts';
import {
  isEnglish,
  isFree,
  isLeadOnly,
  sizeOf,
  type Word,
  withoutLead,
  withoutUnspacedLead,
  wordsOf,
} from './claim-words.ts';
import { type Closeness, closestPlace, kinship } from './closeness.ts';
import { isNegated, isNegation, missesNumber, namesOf, usesOpposite } from './contradictions.ts';
import { findQuote, foldOnce, UNSPACED } from './find-quote.ts';
import { fold } from './fold.ts';
import type { Span } from './sentences.ts';
import { findWordForWord, keepsSense } from './word-for-word.ts';

export type ClaimCheck = {
  verdict: Verdict;
  /** Always `passage.slice(start, end)`; empty when nothing supports the claim. */
  quote: string;
  start: number;
  end: number;
};

/** Words a quotation inside the claim needs before it can stand for the claim. */
const QUOTED_WORDS = 4;
/** Share of what a claim speaks of from which the passage speaks of the same; pairs of characters are met more rarely. */
const SAME_SUBJECT = { spaced: 0.25, unspaced: 0.2 } as const;
/** Share from which an opposite, or a negation where words are not separated, turns the same statement. */
const SAME_STATEMENT = { spaced: 0.7, unspaced: 0.85 } as const;
/** Only the start of an over-long claim is compared; a sentence is far shorter. */
const MAX_CLAIM_CHARACTERS = 2_000;

const check = (verdict: Verdict, passage: string, { start, end }: Span): ClaimCheck => ({
  verdict,
  quote: passage.slice(start, end),
  start,
  end,
});

const UNSUPPORTED: ClaimCheck = { verdict: 'unsupported', quote: '', start: 0, end: 0 };

const TRAILING_LEAD =
  /[,;]?\s*\(?(?:according to|as (?:stated|written|described|noted|said) in|laut|gemäß|según|selon) (?:your|the|these|my|deinen|ihren|den|tus|sus|los|las|tes|vos) (?:notes|notizen|unterlagen|apuntes|notas)\)?(?=[.!?]?\s*$)/iu;

/** The claim without its `[n]` markers and without what says where it is from. */
const bareClaim = (claim: string): string =>
  withoutUnspacedLead(
    claim
      .slice(0, MAX_CLAIM_CHARACTERS)
      .replace(/\s*\[\d{1,4}(?:\s*,\s*\d{1,4})*\]/g, '')
      .replace(TRAILING_LEAD, '')
      .trim(),
  );

const QUOTATION = /[“"«„「『]([^“”"«»„「」『』]{6,})[”"»“」』]/gu;
const ELLIPSIS = /\s*[[(]?(?:…|\.{3,}|…{2})[\])]?\s*/u;

/**
 * Decides without a model whether a passage holds a claim. Verified: every word of it that means something stands in one
 * place of the passage, in its order, and nothing around turns the sense. Paraphrase: the passage speaks of the same and
 * nothing speaks against the claim; whether it says so is for a reader to compare. All else is unsupported.
 */
export function verifyClaim(claim: string, passage: string): ClaimCheck {
  const bare = bareClaim(claim);
  if (passage.length === 0 || fold(bare).characters.length === 0) return UNSUPPORTED;
  const english = isEnglish(bare, passage);
  const found = verbatim(bare, passage, english);
  if (found) return check('verified', passage, found);
  const close = closestPlace(bare, passage, english);
  if (!close || close.share < SAME_SUBJECT[scriptOf(bare)] || speaksAgainst(bare, passage, close))
    return UNSUPPORTED;
  return check('paraphrase', passage, trimmed(passage, close.span));
}

function verbatim(claim: string, text: string, english: boolean): Span | null {
  const folded = foldOnce(text);
  const passage = { text, words: wordsOf(folded) };
  const said = withoutLead(wordsOf(fold(claim)));
  const stated = said[0] ? claim.slice(said[0].at.start) : claim;
  const whole = findQuote(stated, text);
  if (whole && keepsSense([placeOf(whole, passage.words)], passage)) return whole;
  const quoted = quotation(claim, text);
  if (quoted && keepsSense([placeOf(quoted, passage.words)], passage)) return quoted;
  const parts = stated.split(ELLIPSIS).map((part) => wordsOf(fold(part)));
  return findWordForWord(parts, passage, english);
}

/** The words of a span, by their positions. */
function placeOf({ start, end }: Span, words: readonly Word[]): { first: number; last: number } {
  const first = words.findIndex(({ at }) => at.end > start);
  const last = words.findLastIndex(({ at }) => at.start < end);
  return { first, last };
}

/** Where the longest quotation inside the claim stands, when the words around it only introduce it. */
function quotation(claim: string, passage: string): Span | null {
  const [longest] = [...claim.matchAll(QUOTATION)].sort((a, b) => b[0].length - a[0].length);
  if (!longest || sizeOf(wordsOf(fold(longest[1] ?? ''))) < QUOTED_WORDS) return null;
  const around = claim.slice(0, longest.index) + claim.slice(longest.index + longest[0].length);
  return isLeadOnly(wordsOf(fold(around))) ? findQuote(longest[1] ?? '', passage) : null;
}

/** Another number or name than the notes have, or the same statement the other way round. */
function speaksAgainst(claim: string, passage: string, { share, span, best }: Closeness): boolean {
  if (missesNumber(claim, passage) || missesName(claim, passage)) return true;
  const script = scriptOf(claim);
  if (script === 'spaced' && isOtherwiseSame(claim, passage)) return true;
  if (share < SAME_STATEMENT[script]) return false;
  const isTurned = isNegated(claim) !== isNegated(passage.slice(best.start, best.end));
  return (isTurned && script === 'unspaced') || usesOpposite(claim, passage.slice(span.start, span.end));
}

/** Word for word what the passage says, once no word says no. */
function isOtherwiseSame(claim: string, text: string): boolean {
  const positive = (words: readonly Word[]) =>
    words.filter((word) => !isNegation(word.text) && !isFree(word));
  const words = positive(wordsOf(foldOnce(text)));
  const asked = positive(withoutLead(wordsOf(fold(claim))));
  return findWordForWord([asked], { text, words }, isEnglish(claim, text)) !== null;
}

const scriptOf = (claim: string) => (UNSPACED.test(claim) ? 'unspaced' : 'spaced');

/** The span without the white space and bullets around it. */
function trimmed(passage: string, { start, end }: Span): Span {
  const text = passage.slice(start, end);
  const lead = text.match(/^(?:\s|#{1,6}\s|[-*+•>|]\s)+/u)?.[0].length ?? 0;
  const tail = text.slice(lead).match(/\s+$/u)?.[0].length ?? 0;
  return { start: start + lead, end: end - tail };
}

/** German writes every noun like a name. */
const isGerman = (text: string): boolean =>
  (text.match(/(?<!\p{L})(?:der|das|und|ist|nicht|eine|wird)(?!\p{L})/giu) ?? []).length > 1;

/** A name of which the passage has no word in any form; letters for its words (WHO, US) are the same name. */
function missesName(claim: string, passage: string): boolean {
  if (isGerman(`${claim} ${passage}`)) return false;
  const known = passage.toLowerCase().match(/\p{L}[\p{L}\p{M}\p{N}-]*/gu) ?? [];
  const initials = known.map((word) => word[0]).join('');
  const short: string[] = passage.match(/(?<!\p{L})\p{Lu}{2,}(?!\p{L})/gu) ?? [];
  const isKnown = (name: string): boolean =>
    /\p{N}/u.test(name) || initials.includes(name) || known.some((word) => kinship(word, name, true) >= 0.9);
  const isShortened = (name: string[]): boolean =>
    short.includes(name.map((word) => word[0]?.toUpperCase()).join('')) ||
    short.some(
      (letters) => letters.length > 1 && name.some((word) => word.startsWith(letters.toLowerCase())),
    );
  return namesOf(claim).some((name) => !name.some(isKnown) && !isShortened(name));
}
