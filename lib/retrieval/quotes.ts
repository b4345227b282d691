import type { Verdict } from '../domain/citation.ts';
import { isNegated, missesNumber, namesOf, usesOpposite } from './contradictions.ts';
import { findQuote, foldOnce, originalSpan, UNSPACED } from './find-quote.ts';
import { type Folded, fold } from './fold.ts';
import { type Span, sentenceSpans } from './sentences.ts';
import { isEnglishDocument, isEnglishQuery, terms } from './tokenizer.ts';

export type ClaimCheck = {
  verdict: Verdict;
  /** Always `passage.slice(start, end)`; empty when nothing supports the claim. */
  quote: string;
  start: number;
  end: number;
};

/** A run of the passage's own words this long, or this share of the claim, is a quotation. */
const RUN_WORDS = 8;
const RUN_SHARE = 0.6;
/** Words a quotation inside the claim needs before it can stand for the claim. */
const QUOTED_WORDS = 4;
/** Shares of the claim's own terms that its surroundings have to hold: beside a long quotation, and without one. */
const PARTIAL_COVERAGE = 0.7;
const PARAPHRASE_COVERAGE = 0.8;
/** Only the start of an over-long claim is compared; a sentence is far shorter. */
const MAX_CLAIM_CHARACTERS = 2_000;

type Word = { text: string; from: number; to: number; size: number };

/** Cuts folded text into words; a script without spaces gives its characters, each worth half a word. */
function wordsOf(folded: Folded): Word[] {
  const words: Word[] = [];
  const { characters, gaps } = folded;
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? '';
    const isUnspaced = UNSPACED.test(character);
    const last = words.at(-1);
    if (last && !isUnspaced && last.size === 1 && gaps[index] !== 1) {
      last.text += character;
      last.to = index + 1;
    } else {
      words.push({ text: character, from: index, to: index + 1, size: isUnspaced ? 0.5 : 1 });
    }
  }
  return words;
}

type Run = { from: number; to: number; size: number; claimFrom: number; claimTo: number };

/** The longest run of words that claim and passage share. */
function longestRun(claim: readonly Word[], passage: readonly Word[]): Run | null {
  const positions = new Map<string, number[]>();
  passage.forEach(({ text }, index) => {
    const known = positions.get(text);
    if (known) known.push(index);
    else positions.set(text, [index]);
  });
  let best: Run | null = null;
  let previous = new Map<number, number>();
  claim.forEach(({ text }, index) => {
    const current = new Map<number, number>();
    for (const at of positions.get(text) ?? []) {
      const length = (previous.get(at - 1) ?? 0) + 1;
      current.set(at, length);
      const [first, last] = [passage[at - length + 1], passage[at]];
      if (!first || !last) continue;
      const claimFrom = index - length + 1;
      const size = claim.slice(claimFrom, index + 1).reduce((sum, word) => sum + word.size, 0);
      if (size > (best?.size ?? 0))
        best = { from: first.from, to: last.to, size, claimFrom, claimTo: index + 1 };
    }
    previous = current;
  });
  return best;
}

const check = (verdict: Verdict, passage: string, { start, end }: Span): ClaimCheck => ({
  verdict,
  quote: passage.slice(start, end),
  start,
  end,
});

const UNSUPPORTED: ClaimCheck = { verdict: 'unsupported', quote: '', start: 0, end: 0 };

/** The claim without its `[n]` markers and without a lead-in such as "According to your notes,". */
function bareClaim(claim: string): string {
  return claim
    .slice(0, MAX_CLAIM_CHARACTERS)
    .replace(/\s*\[\d{1,4}(?:\s*,\s*\d{1,4})*\]/g, '')
    .replace(/^\s*(?:according to|in) (?:your|the|these) notes[,:]?\s*/i, '')
    .trim();
}

/** Quotations inside the claim, the longest first. */
function quotations(claim: string): string[] {
  return [...claim.matchAll(/[“"«„「『]([^“”"«»„「」『』]{6,})[”"»“」』]/gu)]
    .map((match) => match[1] ?? '')
    .sort((a, b) => b.length - a.length);
}

const sizeOf = (words: readonly Word[]): number => words.reduce((sum, word) => sum + word.size, 0);

/** What the claim says, word by word; a word counts as held when any of its forms is (its stem or its first letters). */
type ClaimTerms = { units: string[][]; prefixes: boolean };

function claimTerms(claim: string, passage: string): ClaimTerms {
  const prefixes = !isEnglishQuery(claim) && !isEnglishDocument(passage);
  const units: string[][] = [];
  for (const term of new Set(terms(claim, { prefixes }))) {
    const previous = units.at(-1);
    if (term.startsWith('~') && previous) previous.push(term);
    else units.push([term]);
  }
  return { units, prefixes };
}

/** Which of the claim's words a part of the passage holds, by their positions. */
function heldUnits({ units, prefixes }: ClaimTerms, text: string): Set<number> {
  const own = new Set(terms(text, { prefixes }));
  return new Set(units.flatMap((forms, index) => (forms.some((form) => own.has(form)) ? [index] : [])));
}

const shareOf = (claim: ClaimTerms, held: ReadonlySet<number>): number =>
  claim.units.length > 0 ? held.size / claim.units.length : 0;

type Window = { span: Span; coverage: number; best: Span };

/** The pair of neighbouring sentences that holds most of the claim's words; a single one when it holds as many. */
function bestWindow(claim: ClaimTerms, passage: string): Window | null {
  const sentences = sentenceSpans(passage).map((span) => ({
    span,
    held: heldUnits(claim, passage.slice(span.start, span.end)),
  }));
  let best: Window | null = null;
  const offer = (span: Span, held: ReadonlySet<number>, sentence: Span): void => {
    const coverage = shareOf(claim, held);
    if (coverage > (best?.coverage ?? 0)) best = { span, coverage, best: sentence };
  };
  for (const { span, held } of sentences) offer(span, held, span);
  sentences.forEach((first, index) => {
    const second = sentences[index + 1];
    if (!second) return;
    const fuller = second.held.size > first.held.size ? second.span : first.span;
    offer(
      { start: first.span.start, end: second.span.end },
      new Set([...first.held, ...second.held]),
      fuller,
    );
  });
  return best;
}

/** The span without the white space and bullets around it. */
function trimmed(passage: string, { start, end }: Span): Span {
  const text = passage.slice(start, end);
  const lead = text.match(/^(?:\s|#{1,6}\s|[-*+•>|]\s)+/u)?.[0].length ?? 0;
  const tail = text.slice(lead).match(/\s+$/u)?.[0].length ?? 0;
  return { start: start + lead, end: end - tail };
}

/** The sentences a span lies in: what is around a match decides whether it says the same. */
function surroundings(passage: string, { start, end }: Span): Span {
  const touched = sentenceSpans(passage).filter((sentence) => sentence.start < end && sentence.end > start);
  return { start: touched[0]?.start ?? start, end: touched.at(-1)?.end ?? end };
}

function contradicts(claim: string, source: string, negationSource: string): boolean {
  return (
    missesNumber(claim, source) ||
    isNegated(claim) !== isNegated(negationSource) ||
    usesOpposite(claim, source)
  );
}

/**
 * Decides without a model whether a passage holds a claim. Verified: the passage says it in the same words. Paraphrase:
 * two neighbouring sentences hold its words, numbers and names and nothing speaks against it. What cannot be shown to
 * stand there is unsupported; a doubt is never resolved in favour of the claim.
 */
export function verifyClaim(claim: string, passage: string): ClaimCheck {
  const bare = bareClaim(claim);
  const words = wordsOf(fold(bare));
  if (words.length === 0 || passage.length === 0) return UNSUPPORTED;

  const whole = findQuote(bare, passage);
  if (whole) return check('verified', passage, whole);

  const asked = claimTerms(bare, passage);
  const window = bestWindow(asked, passage);
  if (missesName(bare, passage)) return UNSUPPORTED;

  const part = quotedPart(bare, passage) ?? sharedRun(words, passage);
  if (part) {
    const around = surroundings(passage, part.span);
    const said = passage.slice(around.start, around.end);
    const near = window ? joined(around, window.span) : around;
    const source = passage.slice(near.start, near.end);
    const needed = part.isLong ? PARTIAL_COVERAGE : PARAPHRASE_COVERAGE;
    if (shareOf(asked, heldUnits(asked, source)) >= needed && !contradicts(bare, source, said)) {
      return check('verified', passage, part.span);
    }
  }

  if (!window || window.coverage < PARAPHRASE_COVERAGE) return UNSUPPORTED;
  const source = passage.slice(window.span.start, window.span.end);
  if (contradicts(bare, source, passage.slice(window.best.start, window.best.end))) return UNSUPPORTED;
  return check('paraphrase', passage, trimmed(passage, window.span));
}

/** Both spans as one where they touch or overlap, else the first. */
function joined(first: Span, second: Span): Span {
  const isApart = first.end < second.start || second.end < first.start;
  return isApart
    ? first
    : { start: Math.min(first.start, second.start), end: Math.max(first.end, second.end) };
}

/** A piece of the claim that stands in the passage; `isLong` when it is a quotation by its length alone. */
type Part = { span: Span; isLong: boolean };

function quotedPart(claim: string, passage: string): Part | null {
  for (const quotation of quotations(claim)) {
    if (sizeOf(wordsOf(fold(quotation))) < QUOTED_WORDS) continue;
    const span = findQuote(quotation, passage);
    if (span) return { span, isLong: true };
  }
  return null;
}

function sharedRun(claim: readonly Word[], passage: string): Part | null {
  const folded = foldOnce(passage);
  const run = longestRun(claim, wordsOf(folded));
  const isLong = run !== null && run.size >= RUN_WORDS;
  if (!run || (!isLong && run.size < Math.max(2, RUN_SHARE * sizeOf(claim)))) return null;
  return { span: originalSpan(folded, passage, run.from, run.to), isLong };
}

function missesName(claim: string, passage: string): boolean {
  const known = new Set(passage.toLowerCase().match(/\p{L}[\p{L}\p{M}\p{N}-]*/gu) ?? []);
  return namesOf(claim).some((name) => !known.has(name) && !known.has(name.replace(/s$/, '')));
}
