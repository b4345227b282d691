import { hasMarkup } from '../text/plain.ts';
import { terms } from '../text/terms.ts';
import { type Candidate, type Ranking, rankSentences } from './candidates.ts';
import { judge, type Verdict } from './confidence.ts';
import { STARTS_WITH_PRONOUN } from './features.ts';
import type { Passage, SearchResult } from './passages.ts';

/** `text` stands in the passage letter for letter; only its line breaks may be spaces here. */
export type Quote = { n: number; text: string };
export type Answer = { verdict: Verdict; confidence: number; quotes: Quote[]; text: string };

/** A further sentence is shown while it scores within so much of the best one. */
const SCORE_GAP = 1.5;
const MOST_SENTENCES = 3;
const NEAR_REPEAT = 0.75;

/** Answers from search results with sentences that stand there, each with its number, or says that they hold no answer. */
export function composeAnswer(question: string, result: SearchResult): Answer {
  const ranking = rankSentences(question, result.passages);
  const { verdict, confidence } = judge(ranking, result);
  const best = ranking.candidates[0];
  if (!best || verdict === 'absent')
    return {
      verdict: 'absent',
      confidence,
      quotes: [],
      text: absentText(askedWords(result.missing, ranking)),
    };
  const chosen = choose(best, ranking);
  const quotes = chosen.map((candidate) => ({ n: candidate.passage.n, text: quoteOf(candidate) }));
  const body = chosen
    .map((candidate) => withMarkers(quoteOf(candidate), candidate.passage.n))
    .join(separator(chosen));
  const text =
    verdict === 'answer'
      ? body
      : `I did not find a direct answer in your notes. The closest passage:\n\n${body}`;
  return { verdict, confidence, quotes, text };
}

/** Of the words that are missing only those that carry the question: nobody looks for “which” in their notes. */
function askedWords(missing: string[], { asked }: Ranking): string[] {
  return missing.filter((word) =>
    terms(word).some((term) => asked.units.some(({ forms }) => forms.includes(term))),
  );
}

export function absentText(missing: string[]): string {
  const words = missing.slice(0, 6).map((word) => `“${word}”`);
  if (words.length === 0)
    return 'Your notes do not seem to hold the answer to this. Try other words, or add a document that covers it.';
  const list = words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return `Your notes do not seem to hold this: I found nothing about ${list} in them.`;
}

/** Reasons, ways and lists take more than one sentence. What another language asks for is not recognised, so it gets more too. */
const wantsMore = ({ kind, asked }: Ranking): boolean =>
  !asked.isEnglish || kind === 'list' || kind === 'reason' || kind === 'manner';

function gapFor(ranking: Ranking): number {
  if (!ranking.asked.isEnglish) return SCORE_GAP * 1.6;
  return wantsMore(ranking) ? SCORE_GAP : SCORE_GAP * 0.75;
}

function choose(best: Candidate, ranking: Ranking): Candidate[] {
  const { candidates } = ranking;
  const chosen = [best];
  const before = predecessor(best, candidates);
  if (before) chosen.unshift(before);
  const after = successor(best, candidates);
  if (after) chosen.push(after);
  const most = wantsMore(ranking) ? MOST_SENTENCES : MOST_SENTENCES - 1;
  const gap = gapFor(ranking);
  for (const candidate of candidates.slice(1, 10)) {
    if (chosen.length >= most || candidate.score < best.score - gap) break;
    if (candidate.features.isBroken || STARTS_WITH_PRONOUN.test(candidate.sentence.text)) continue;
    if (chosen.some((other) => other === candidate || repeats(other, candidate))) continue;
    chosen.push(candidate);
  }
  return chosen;
}

/** A sentence that begins with "It" or "This" is not understood alone. */
function predecessor(best: Candidate, candidates: Candidate[]): Candidate | undefined {
  if (!best.features.startsWithPronoun) return undefined;
  return candidates.find(
    (candidate) =>
      candidate.passage === best.passage &&
      candidate.index === best.index - 1 &&
      candidate.features.isBroken < 1,
  );
}

/** A sentence that goes on about the best one with "It …" and holds what the best one lacks. */
function successor(best: Candidate, candidates: Candidate[]): Candidate | undefined {
  return candidates.find(
    ({ passage, index, features }) =>
      passage === best.passage &&
      index === best.index + 1 &&
      features.startsWithPronoun > 0 &&
      features.context > best.features.covered + 0.1 &&
      features.isBroken < 1,
  );
}

function repeats(a: Candidate, b: Candidate): boolean {
  let shared = 0;
  for (const word of a.words) if (b.words.has(word)) shared++;
  return shared / Math.max(1, Math.min(a.words.size, b.words.size)) > NEAR_REPEAT;
}

/** Lines of a page end where the paper did, not where the sentence does. */
const HARD_WRAP = /[ \t]*\r?\n[ \t]*/g;

/** A sentence that opens a list is shown with its list. */
function quoteOf({ sentence, passage }: Candidate): string {
  if (!/:$/.test(sentence.text)) return sentence.text.replace(HARD_WRAP, ' ');
  const list = passage.text.slice(sentence.start, endOfList(passage, sentence.end));
  return hasMarkup(list) ? sentence.text : list;
}

const LONGEST_LIST = 500;

function endOfList({ text }: Passage, from: number): number {
  let end = from;
  for (const line of text.slice(from).matchAll(/\s*\n\s*(?:[-*•]|\d{1,2}[.)])\s+[^\n]+/gy)) {
    if (line.index + line[0].length > LONGEST_LIST) break;
    end = from + line.index + line[0].length;
  }
  return end;
}

const separator = (chosen: Candidate[]): string =>
  chosen.some((candidate) => quoteOf(candidate).includes('\n')) ? '\n\n' : ' ';

/** Reference marks that papers carry in their text: `[12]`, `[3, 4]`, `[12] [13]`. Here they would pass for ours. */
const REFERENCE_MARK = /\s*\[\d[\d,;\s–-]*\](?:\s*,?\s*\[\d[\d,;\s–-]*\]?)*\]?/g;

/** The quote with its number after it, and in the place of every reference mark the text brought along. */
export function withMarkers(quote: string, n: number): string {
  const parts = quote.split(REFERENCE_MARK).map((part) => part.trim());
  const said = parts.filter((part) => /[\p{L}\p{N}].*[\p{L}\p{N}]/su.test(part));
  return said.map((part, i) => `${i > 0 && !/^[,.;:)]/.test(part) ? ' ' : ''}${part} [${n}]`).join('');
}
