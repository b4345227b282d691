import { type Language, listed, say } from '../phrases.ts';
import { terms } from '../text/terms.ts';
import { found, match, says } from '../words.ts';
import { choose, predecessors } from './choose.ts';
import { compare, sidesOf } from './comparison.ts';
import type { Band, SearchResult } from './passages.ts';
import { type Candidate, coveredBy, type Ranking, rankSentences } from './rank.ts';
import { findTableAnswer, joinShown, type Quote, type Shown, showSentence, showTable } from './show.ts';

const FIT = {
  bias: -2.5,
  covered: 3.2,
  passage: 1.5,
  context: 1,
  defines: 0.6,
  close: -1,
};

/** From 0 to 1: how likely the best sentences are to answer, as far as words can tell. Sentences shown `together` share what they cover. */
function confidenceOf({ candidates, units }: Ranking, together: Candidate[]): number {
  const best = (together[0] ?? candidates[0])?.features;
  if (!best) return 0;
  const words = new Set(together.flatMap((candidate) => [...candidate.words, ...candidate.carried]));
  const evidence = {
    ...best,
    bias: 1,
    covered: Math.max(best.covered, coveredBy(units, words)),
    passage: Math.max(...candidates.slice(0, 8).map(({ passageShare }) => passageShare)),
  };
  const sum = Object.entries(FIT).reduce((all, [name, weight]) => {
    // The names are those of FIT, which `Object.entries` widens.
    return all + weight * evidence[name as keyof typeof FIT];
  }, 0);
  return 1 / (1 + Math.exp(-sum));
}

type Verdict = 'answer' | 'closest' | 'absent';
type Needed = { answer: number; closest: number };

/** What retrieval saw of the whole library weighs against what the sentences show. */
const NEEDED: Record<Band, Needed> = {
  none: { answer: 2, closest: 2 },
  weak: { answer: 0.5, closest: 0.33 },
  strong: { answer: 0.45, closest: 0.25 },
};
/** A term whose words never stand together is not the term. */
const NEEDED_WHEN_SCATTERED: Needed = { answer: 2, closest: 0.85 };
/** Less than this of the question around a sentence, and it is about something else. */
const NEAR_CONTEXT = 0.3;

function judge(ranking: Ranking, result: SearchResult, together: Candidate[]) {
  const confidence = confidenceOf(ranking, together);
  const needed = isScattered(ranking) ? NEEDED_WHEN_SCATTERED : NEEDED[result.band];
  const isNear = (ranking.candidates[0]?.features.context ?? 0) >= NEAR_CONTEXT;
  const verdict: Verdict =
    confidence >= needed.answer ? 'answer' : confidence >= needed.closest && isNear ? 'closest' : 'absent';
  return { verdict: lacksName(ranking, result.missing) ? 'absent' : verdict, confidence };
}

const NAME_OF_LETTERS = /^\p{L}{3,}$/u;

/** A name that stands nowhere in the notes: whatever they say is said of somebody else. */
function lacksName({ units, candidates }: Ranking, missing: string[]): boolean {
  const absent = new Set(missing.flatMap((word) => terms(word)));
  return units.some(
    ({ isName, forms: [form = '', ...others] }) =>
      isName &&
      absent.has(form) &&
      NAME_OF_LETTERS.test(form) &&
      !candidates.some(({ words }) => words.has(form) || others.some((other) => words.has(other))),
  );
}

/** "What is opportunity cost?" is not answered by an opportunity here and a cost there. */
function isScattered({ asked, kind, units, candidates }: Ranking): boolean {
  const isTerm = kind === 'definition' && units.length === 2 && !says('parted', asked.question);
  return isTerm && candidates.every((candidate) => candidate.features.close < 0.99);
}

type Draft = { verdict: Verdict; confidence: number; shown: Shown[]; missing: string[]; isHalf?: boolean };
type Answer = { verdict: Verdict; confidence: number; quotes: Quote[]; text: string };

/** Answers from search results with sentences that stand there, each with its number, or says that they hold no answer. */
export function composeAnswer(asked: string, result: SearchResult, language: Language = 'en'): Answer {
  if (result.table) return { verdict: 'answer', confidence: 1, quotes: [], text: result.table };
  if (result.absent) return { verdict: 'absent', confidence: 0, quotes: [], text: result.absent };
  const question = (result.read ?? []).reduce((said, [from, to]) => said.replaceAll(from, to), asked);
  const { verdict, confidence, shown, missing, isHalf } = draftParts(question, result);
  if (verdict === 'absent') return { verdict, confidence, quotes: [], text: absentText(missing, language) };
  const opening = verdict === 'answer' ? '' : say('answer.closest', {}, language);
  const closing = isHalf ? say('answer.half', {}, language) : '';
  const text = [opening, joinShown(shown), closing].filter(Boolean).join('\n\n');
  return { verdict, confidence, quotes: shown.flatMap(({ quotes }) => quotes), text };
}

/** Two questions in one sentence are answered one after the other, when both can be. */
function draftParts(question: string, result: SearchResult): Draft {
  const parts = partsOf(question);
  if (!parts) return draft(question, result);
  const first = draft(parts[0], result);
  const said = new Set(first.shown.map(({ text }) => text));
  const second = draft(parts[1], result);
  if (first.verdict !== 'answer') return draft(question, result);
  if (second.verdict !== 'answer') return { ...first, isHalf: true };
  return { ...first, shown: [...first.shown, ...second.shown.filter(({ text }) => !said.has(text))] };
}

function draft(question: string, result: SearchResult): Draft {
  const ranking = rankSentences(question, result.passages);
  const sides = sidesOf(question);
  const compared = sides ? compare(sides, ranking) : { chosen: [], isWhole: false };
  const { verdict, confidence } = judge(ranking, result, compared.chosen);
  const missing = askedWords(result.missing, ranking);
  const best = ranking.candidates[0];
  const as = (shownAs: Verdict, shown: Shown[]): Draft => ({ verdict: shownAs, confidence, shown, missing });
  const show = (candidates: Iterable<Candidate>): Shown[] =>
    [...candidates].map((candidate) => showSentence(candidate, ranking.kind));

  const table = findTableAnswer(question, ranking, result.passages);
  const isSaid = best && verdict === 'answer' && best.features.covered >= WELL_COVERED;
  if (table && (!isSaid || table.rows.length > 1)) return as('answer', [showTable(table)]);
  if (!best || verdict === 'absent') return as('absent', []);
  if (compared.chosen.length > 0) {
    const chosen = compared.chosen.flatMap((side) => [...predecessors(side, ranking.candidates), side]);
    // One side alone is no comparison.
    return as(verdict === 'answer' && !compared.isWhole ? 'closest' : verdict, show(new Set(chosen)));
  }
  const chosen = choose(best, ranking);
  return as(verdict === 'answer' && lacksFigure(chosen, ranking) ? 'closest' : verdict, show(chosen));
}

/** A sentence that holds nearly all that was asked says more than a row of a table. */
const WELL_COVERED = 0.9;

/** Asked for a number or a date, sentences without any are no direct answer. */
const lacksFigure = (chosen: Candidate[], { kind, asked }: Ranking): boolean =>
  asked.isEnglish &&
  (kind === 'number' || kind === 'time') &&
  chosen.every(({ features }) => features.kind < 0);

/** Of the words that are missing only those that carry the question: nobody looks for “which” in their notes. */
const askedWords = (missing: string[], { asked }: Ranking): string[] =>
  missing.filter((word) => terms(word).some((term) => asked.units.some(({ forms }) => forms.includes(term))));

export function absentText(missing: string[], language: Language = 'en'): string {
  const words = missing.slice(0, 6).map((word) => `“${word}”`);
  const list = listed(words, language, { type: 'disjunction' });
  return say(list ? 'answer.lacks' : 'answer.none', { list }, language);
}

/** "What is X and when does it happen?" are two questions; the second speaks of what the first named. */
export function partsOf(question: string): [string, string] | null {
  const [, first, second] = match('two-questions', question.trim()) ?? [];
  const subject = match('asks-what', first ?? '')?.[1];
  if (!first || !second || !subject || !says('it', second)) return null;
  return [first, second.replace(found('it', second) ?? '', () => subject)];
}
