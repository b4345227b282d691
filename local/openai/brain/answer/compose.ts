import { type Language, listed, say } from '../phrases.ts';
import { terms } from '../text/terms.ts';
import { says } from '../words.ts';
import { choose, predecessors } from './choose.ts';
import { compare, sidesOf } from './comparison.ts';
import type { Band, SearchResult } from './passages.ts';
import { type Candidate, coveredBy, type Ranking, rankSentences } from './rank.ts';
import { asks, findTableAnswer, joinShown, type Quote, type Shown, showSentence, showTable } from './show.ts';

type Verdict = 'answer' | 'closest' | 'absent';
type Draft = { verdict: Verdict; shown: Shown[]; missing: string[] };
type Answer = { verdict: Verdict; quotes: Quote[]; text: string };

/** Answers from search results with sentences that stand there, each with its number, or says that they hold no answer. */
export function composeAnswer(asked: string, result: SearchResult, language: Language = 'en'): Answer {
  if (result.table) return { verdict: 'answer', quotes: [], text: result.table };
  if (result.absent) return { verdict: 'absent', quotes: [], text: result.absent };
  const question = (result.read ?? []).reduce((said, [from, to]) => said.replaceAll(from, to), asked);
  const { verdict, shown, missing } = draft(question, result);
  if (verdict === 'absent') return { verdict, quotes: [], text: absentText(missing, language) };
  const opening = verdict === 'answer' ? '' : say('answer.closest', {}, language);
  const text = [opening, joinShown(shown)].filter(Boolean).join('\n\n');
  return { verdict, quotes: shown.flatMap(({ quotes }) => quotes), text };
}

/** A sentence that holds nearly all that was asked says more than a row of a table. */
const WELL_COVERED = 0.9;

function draft(question: string, result: SearchResult): Draft {
  const ranking = rankSentences(question, result.passages);
  const { candidates, units, kind } = ranking;
  const [best] = candidates;
  const sides = sidesOf(question);
  const compared = sides ? compare(sides, ranking) : { chosen: [], isWhole: false };
  const verdict = judge(ranking, result, compared.chosen);
  // Nobody looks for “which” in their notes: of the words that are missing only those that carry the question.
  const missing = result.missing.filter((word) => terms(word).some((term) => asks(units, term)));
  const as = (shownAs: Verdict, shown: Shown[]): Draft => ({ verdict: shownAs, shown, missing });

  const table = findTableAnswer(question, ranking, result.passages);
  const isSaid = best && verdict === 'answer' && best.features.covered >= WELL_COVERED;
  if (table && (!isSaid || table.rows.length > 1)) return as('answer', [showTable(table)]);
  if (!best || verdict === 'absent') return as('absent', []);
  const isCompared = compared.chosen.length > 0;
  const chosen = isCompared
    ? compared.chosen.flatMap((side) => [...predecessors(side, candidates), side])
    : choose(best, ranking);
  // One side alone is no comparison.
  const isPart = isCompared ? !compared.isWhole : lacksFigure(chosen, ranking);
  const shown = [...new Set(chosen)].map((candidate) => showSentence(candidate, kind));
  return as(verdict === 'answer' && isPart ? 'closest' : verdict, shown);
}

/** Asked for a number or a date, sentences without any are no direct answer. */
const lacksFigure = (chosen: Candidate[], { kind, asked }: Ranking): boolean =>
  asked.isEnglish &&
  (kind === 'number' || kind === 'time') &&
  chosen.every(({ features }) => features.kind < 0);

/** From these the confidence is reckoned that the best sentences answer, as far as words can tell. */
const FIT = { bias: -2.5, covered: 3.2, passage: 1.5, context: 1, defines: 0.6, close: -1 };

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

/** Whether the best sentence answers, or those that are shown `together`, which share what they cover. */
function judge(ranking: Ranking, { band, missing }: SearchResult, together: Candidate[]): Verdict {
  const { candidates, units } = ranking;
  const best = (together[0] ?? candidates[0])?.features;
  if (!best || lacksName(ranking, missing)) return 'absent';
  const words = new Set(together.flatMap((candidate) => [...candidate.words, ...candidate.carried]));
  const covered = Math.max(best.covered, coveredBy(units, words));
  const passage = Math.max(...candidates.slice(0, 8).map(({ passageShare }) => passageShare));
  const evidence = { ...best, bias: 1, covered, passage };
  // The names are those of FIT, which `Object.entries` widens.
  const sum = Object.entries(FIT).reduce(
    (all, [name, weight]) => all + weight * evidence[name as keyof typeof FIT],
    0,
  );
  const confidence = 1 / (1 + Math.exp(-sum));
  const needed = isScattered(ranking) ? NEEDED_WHEN_SCATTERED : NEEDED[band];
  const isNear = (candidates[0]?.features.context ?? 0) >= NEAR_CONTEXT;
  if (confidence >= needed.answer) return 'answer';
  return confidence >= needed.closest && isNear ? 'closest' : 'absent';
}

/** A name that stands nowhere in the notes: whatever they say is said of somebody else. */
function lacksName({ units, candidates }: Ranking, missing: string[]): boolean {
  const absent = new Set(missing.flatMap((word) => terms(word)));
  return units.some(
    ({ isName, forms }) =>
      isName &&
      absent.has(forms[0] ?? '') &&
      /^\p{L}{3,}$/u.test(forms[0] ?? '') &&
      !candidates.some(({ words }) => forms.some((form) => words.has(form))),
  );
}

/** "What is opportunity cost?" is not answered by an opportunity here and a cost there. */
function isScattered({ asked, kind, units, candidates }: Ranking): boolean {
  const isTerm = kind === 'definition' && units.length === 2 && !says('parted', asked.question);
  return isTerm && candidates.every((candidate) => candidate.features.close < 0.99);
}

export function absentText(missing: string[], language: Language = 'en'): string {
  const words = missing.slice(0, 6).map((word) => `“${word}”`);
  const list = listed(words, language, { type: 'disjunction' });
  return say(list ? 'answer.lacks' : 'answer.none', { list }, language);
}
