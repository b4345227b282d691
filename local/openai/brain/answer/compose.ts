import { terms } from '../text/terms.ts';
import { type Candidate, type Ranking, rankSentences } from './candidates.ts';
import { choose, predecessors } from './choose.ts';
import { compare, sidesOf } from './comparison.ts';
import { judge, type Verdict } from './confidence.ts';
import { partsOf } from './parts.ts';
import type { SearchResult } from './passages.ts';
import { joinShown, type Quote, type Shown, showSentence, showTable } from './show.ts';
import { findNeighbouringSteps } from './steps.ts';
import { findTableAnswer } from './tables.ts';

export type Answer = { verdict: Verdict; confidence: number; quotes: Quote[]; text: string };

type Draft = { verdict: Verdict; confidence: number; shown: Shown[]; missing: string[]; isHalf?: boolean };

/** Answers from search results with sentences that stand there, each with its number, or says that they hold no answer. */
export function composeAnswer(question: string, result: SearchResult): Answer {
  const { verdict, confidence, shown, missing, isHalf } = draftParts(question, result);
  if (verdict === 'absent') return { verdict, confidence, quotes: [], text: absentText(missing) };
  const body = isHalf ? `${joinShown(shown)}\n\n${SECOND_PART_ABSENT}` : joinShown(shown);
  const text =
    verdict === 'answer'
      ? body
      : `I did not find a direct answer in your notes. The closest passage:\n\n${body}`;
  return { verdict, confidence, quotes: shown.flatMap(({ quotes }) => quotes), text };
}

const SECOND_PART_ABSENT = 'I did not find an answer to the second part of your question in your notes.';

/** Two questions in one sentence are answered one after the other, when both can be. */
function draftParts(question: string, result: SearchResult): Draft {
  const parts = partsOf(question);
  if (!parts) return draft(question, result);
  const first = draft(parts[0], result);
  const said = new Set(first.shown.map(({ text }) => text));
  const second = draft(parts[1], result, said);
  if (first.verdict !== 'answer') return draft(question, result);
  if (second.verdict !== 'answer') return { ...first, isHalf: true };
  return { ...first, shown: [...first.shown, ...second.shown.filter(({ text }) => !said.has(text))] };
}

function draft(question: string, result: SearchResult, said?: ReadonlySet<string>): Draft {
  const ranking = unsaid(rankSentences(question, result.passages), said);
  const sides = sidesOf(question);
  const compared = sides ? compare(sides, ranking) : { chosen: [], isWhole: false };
  const { verdict, confidence } = judge(ranking, result, compared.chosen);
  const missing = askedWords(result.missing, ranking);
  const best = ranking.candidates[0];
  const show = (candidates: Candidate[]): Shown[] =>
    candidates.map((candidate) => showSentence(candidate, ranking.kind));

  const steps = findNeighbouringSteps(question, ranking);
  if (steps) return { verdict: 'answer', confidence, shown: show(steps), missing };
  const table = findTableAnswer(question, ranking, result.passages);
  if (
    table &&
    (!best || verdict !== 'answer' || best.features.covered < WELL_COVERED || table.rows.length > 1)
  )
    return { verdict: 'answer', confidence, shown: [showTable(table)], missing };
  if (!best || verdict === 'absent') return { verdict: 'absent', confidence, shown: [], missing };
  if (compared.chosen.length > 0) {
    const chosen = compared.chosen.flatMap((side) => [...predecessors(side, ranking.candidates), side]);
    // One side alone is no comparison.
    const honest = verdict === 'answer' && !compared.isWhole ? 'closest' : verdict;
    return { verdict: honest, confidence, shown: show([...new Set(chosen)]), missing };
  }
  const chosen = choose(best, ranking);
  const honest = verdict === 'answer' && lacksFigure(chosen, ranking) ? 'closest' : verdict;
  return { verdict: honest, confidence, shown: show(chosen), missing };
}

/** Asked for a number or a date, sentences without any are no direct answer. */
const lacksFigure = (chosen: Candidate[], { kind, asked }: Ranking): boolean =>
  asked.isEnglish &&
  (kind === 'number' || kind === 'time') &&
  chosen.every(({ features }) => features.kind < 0);

/** What was shown already is not shown again for a second question, unless it answers that one too. */
function unsaid(ranking: Ranking, said: ReadonlySet<string> | undefined): Ranking {
  const [best] = ranking.candidates;
  if (!best || !said || best.features.kind > 0) return ranking;
  const isNew = (candidate: Candidate): boolean => !said.has(showSentence(candidate, ranking.kind).text);
  const [next] = ranking.candidates.filter(isNew);
  if (!next || next.features.kind <= 0) return ranking;
  return { ...ranking, candidates: [next, ...ranking.candidates.filter((other) => other !== next)] };
}

/** A sentence that holds nearly all that was asked says more than a row of a table. */
const WELL_COVERED = 0.9;

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
