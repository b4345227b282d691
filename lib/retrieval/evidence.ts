import type { EvidenceBand } from '../domain/citation.ts';
import type { QueryUnit, Reranked } from './rerank.ts';
import { MAX_TERM_WEIGHT } from './sparse-bm25.ts';
import { isEnglishQuery } from './tokenizer.ts';

export type Evidence = {
  score: number;
  band: EvidenceBand;
  /** Asked words that stand in none of the student's chunks. */
  missing: string[];
};

/**
 * Below `none` the notes do not speak of this subject. From `strong` the best passage may be shown as the answer. The
 * scale depends on how a script is cut into terms, hence one pair for each family. `none` is set low on purpose: it ends
 * the matter, so it may cost a true answer only once in a hundred questions, and between the two the model decides.
 */
const EVIDENCE_THRESHOLDS = {
  english: { none: 0.35, strong: 0.6 },
  spaced: { none: 0.3, strong: 0.42 },
  thai: { none: 0.35, strong: 0.45 },
  han: { none: 0.15, strong: 0.22 },
} as const;

/**
 * With embeddings, a passage may answer without sharing a word with the question. Unrelated text of the usual models
 * stays well below the first value, and a direct answer well above the second. Careful guesses: no key was at hand to
 * measure them.
 */
const COSINE_THRESHOLDS = { none: 0.3, strong: 0.5 } as const;

type EvidenceScale = keyof typeof EVIDENCE_THRESHOLDS;

export function evidenceScale(question: string): EvidenceScale {
  const letters = question.match(/\p{L}/gu) ?? [];
  const isMostly = (script: RegExp): boolean =>
    letters.filter((letter) => script.test(letter)).length > 0.5 * Math.max(1, letters.length);
  if (isMostly(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u)) return 'han';
  if (isMostly(/[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u)) return 'thai';
  return isEnglishQuery(question) ? 'english' : 'spaced';
}

/** The highest BM25 score any chunk could reach for these units. */
export function lexicalBound(units: readonly QueryUnit[]): number {
  const weight = units.reduce((sum, unit) => sum + unit.weight * Math.min(2, unit.forms.length), 0);
  return weight * MAX_TERM_WEIGHT;
}

const SENTENCE_SHARE = 0.5;
const WINDOW_DEPTH = 5;

/**
 * How likely it is that the notes speak about this at all, from 0 (nothing) to about 1.5 (the sentence itself): BM25 of
 * the best chunk as a share of the highest possible, plus half of the best sentence pair among the first five. It tells
 * "this subject is not in the notes" well; it cannot tell a twisted question from a true one.
 */
export function evidenceScore(
  units: readonly QueryUnit[],
  bestLexical: number,
  ranked: readonly Pick<Reranked<unknown>, 'coverage'>[],
): number {
  const bound = lexicalBound(units);
  if (bound === 0) return 0;
  const window = Math.max(0, ...ranked.slice(0, WINDOW_DEPTH).map(({ coverage }) => coverage.window));
  return bestLexical / bound + SENTENCE_SHARE * window;
}

/** `bestCosine` is null when words alone rank. */
export function evidenceBand(question: string, score: number, bestCosine: number | null): EvidenceBand {
  const thresholds = EVIDENCE_THRESHOLDS[evidenceScale(question)];
  const cosine = bestCosine ?? 0;
  if (score >= thresholds.strong || cosine >= COSINE_THRESHOLDS.strong) return 'strong';
  return score >= thresholds.none || cosine >= COSINE_THRESHOLDS.none ? 'weak' : 'none';
}

const MAX_MISSING = 8;

/** The question's own words (not their stems) of which no form stands in any chunk. */
export function missingWords(
  question: string,
  queryTerms: readonly string[],
  idf: readonly number[],
  termsOf: (word: string) => string[],
): string[] {
  const seen = new Set(queryTerms.filter((_, index) => (idf[index] ?? 0) > 0));
  const asked = new Set(queryTerms);
  const missing = new Map<string, string>();
  for (const [word] of question.matchAll(/[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}'’+#-]*/gu)) {
    const forms = termsOf(word).filter((term) => asked.has(term));
    if (forms.length > 0 && !forms.some((form) => seen.has(form))) missing.set(word.toLowerCase(), word);
  }
  return [...missing.values()].slice(0, MAX_MISSING);
}
