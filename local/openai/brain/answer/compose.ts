import { type Language, listed, say } from '../phrases.ts';
import { terms } from '../text/terms.ts';
import { patterns, rewritten, says } from '../words.ts';
import type { Band, Passage, SearchResult } from './passages.ts';
import { type Candidate, type Ranking, rankSentences } from './rank.ts';
import { asks, findTableAnswer, joinShown, type Quote, type Shown, showSentence, showTable } from './show.ts';

type Verdict = 'answer' | 'closest' | 'absent';
type Draft = { verdict: Verdict; shown: Shown[]; missing: string[] };
type Answer = { verdict: Verdict; quotes: Quote[]; text: string };

/** Answers from search results with sentences that stand there, each with its number, or says that they hold no answer. */
export function composeAnswer(asked: string, result: SearchResult, language: Language = 'en'): Answer {
  if (result.table) return { verdict: 'answer', quotes: [], text: result.table };
  if (result.absent) return { verdict: 'absent', quotes: [], text: result.absent };
  const question = (result.read ?? []).reduce((said, [from, to]) => said.replaceAll(from, to), asked);
  const { verdict, shown, missing } = compared(question, result);
  if (verdict === 'absent') return { verdict, quotes: [], text: absentText(missing, language) };
  const opening = verdict === 'answer' ? '' : say('answer.closest', {}, language);
  const text = [opening, joinShown(shown)].filter(Boolean).join('\n\n');
  return { verdict, quotes: shown.flatMap(({ quotes }) => quotes), text };
}

/** A sentence that holds nearly all that was asked says more than a row of a table. */
const WELL_COVERED = 0.9;

function draft(question: string, result: SearchResult, most?: number): Draft {
  const ranking = rankSentences(question, result.passages);
  const { candidates, units, kind } = ranking;
  const [best] = candidates;
  const verdict = judge(ranking, result);
  // Nobody looks for “which” in their notes: of the words that are missing only those that carry the question.
  const missing = result.missing.filter((word) => terms(word).some((term) => asks(units, term)));
  const as = (shownAs: Verdict, shown: Shown[]): Draft => ({ verdict: shownAs, shown, missing });

  const table = findTableAnswer(question, ranking, result.passages);
  const isSaid = best && verdict === 'answer' && best.features.covered >= WELL_COVERED;
  if (table && (!isSaid || table.rows.length > 1)) return as('answer', [showTable(table)]);
  if (!best || verdict === 'absent') return as('absent', []);
  const chosen = choose(best, ranking, most);
  const shown = chosen.map((candidate) => showSentence(candidate, kind));
  return as(verdict === 'answer' && lacksFigure(chosen, ranking) ? 'closest' : verdict, shown);
}

/** What "the difference between A and B", "compare A and B" or "A or B" puts side by side. */
export function sidesOf(question: string, passages: readonly Passage[] = []): string[] {
  const asked = question.trim().replace(/[\s?.!]+$/, '');
  for (const { pattern } of patterns('comparison')) {
    const { a = '', b = '' } = pattern.exec(asked)?.groups ?? {};
    const [first = '', second = ''] = [a, rewritten('afterthought', b)].map((side) =>
      rewritten('side', side),
    );
    // In "animal and plant cells" the last words belong to both sides, where the notes have it so.
    const words = first.split(' ');
    const whole = [...words, ...second.split(' ').slice(words.length)].join(' ');
    const isShared = passages.some(({ text }) => text.toLowerCase().includes(whole.toLowerCase()));
    if (terms(first).join() !== terms(second).join()) return [isShared ? whole : first, second];
  }
  return [];
}

/** Things that are compared are each told by themselves, unless one sentence sets them against each other. */
function compared(question: string, result: SearchResult): Draft {
  const whole = draft(question, result);
  const sides = sidesOf(question, result.passages);
  if (sides.length === 0) return whole;
  const told = sides.map((side) => draft(`What is ${side}?`, result, 1));
  const both = whole.shown.find(
    ({ text }) =>
      says('contrast', text) && terms(sides.join(' ')).every((term) => terms(text).includes(term)),
  );
  if (both) return { ...whole, shown: [both] };
  // One side alone is no comparison.
  if (told.some(({ verdict }) => verdict !== 'answer'))
    return whole.verdict === 'answer' ? { ...whole, verdict: 'closest' } : whole;
  return { verdict: 'answer', shown: told.flatMap(({ shown }) => shown), missing: [] };
}

/** Asked for a number or a date, sentences without any are no direct answer. */
const lacksFigure = (chosen: Candidate[], { kind, asked }: Ranking): boolean =>
  asked.isEnglish &&
  (kind === 'number' || kind === 'time') &&
  chosen.every(({ features }) => features.kind < 0);

/** From these the confidence is reckoned that the best sentences answer, as far as words can tell. */
const FIT = { bias: -2.5, covered: 3.2, passage: 1.5, context: 1, defines: 0.6, close: -1 };

/** What retrieval saw of the whole library weighs against what the sentences show. */
const NEEDED: Record<Band, { answer: number; closest: number }> = {
  none: { answer: 2, closest: 2 },
  weak: { answer: 0.5, closest: 0.33 },
  strong: { answer: 0.45, closest: 0.25 },
};
/** A term whose words never stand together is not the term. */
const NEEDED_WHEN_SCATTERED = { answer: 2, closest: 0.85 };

/** Whether the best sentence answers. */
function judge(ranking: Ranking, { band, missing }: SearchResult): Verdict {
  const { candidates } = ranking;
  const best = candidates[0]?.features;
  if (!best || lacksName(ranking, missing)) return 'absent';
  const passage = Math.max(...candidates.slice(0, 8).map(({ passageShare }) => passageShare));
  const evidence = { ...best, bias: 1, passage };
  // The names are those of FIT, which `Object.entries` widens.
  const sum = Object.entries(FIT).reduce(
    (all, [name, weight]) => all + weight * evidence[name as keyof typeof FIT],
    0,
  );
  const confidence = 1 / (1 + Math.exp(-sum));
  const needed = isScattered(ranking) ? NEEDED_WHEN_SCATTERED : NEEDED[band];
  if (confidence >= needed.answer) return 'answer';
  return confidence >= needed.closest ? 'closest' : 'absent';
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

/** A further sentence is shown while it scores within so much of the best one: wider where the question asks for more. */
const SCORE_GAP = 2.5;
const MOST_SENTENCES = 3;
const NEAR_REPEAT = 0.75;
const LONGEST_CHAIN = 2;
/** So much of the question the best sentence and what is shown beside it have to hold, each by itself. */
const OWN_SHARE = 0.25;

const holds = ({ words, carried }: Candidate, term: string): boolean => words.has(term) || carried.has(term);

/** The best sentence, what it needs in front to be understood, and what answers almost as well. */
function choose(best: Candidate, { candidates, units }: Ranking, most = MOST_SENTENCES): Candidate[] {
  const main = units.filter(({ forms }) => forms.some((form) => holds(best, form)));
  // What else is shown speaks of the same: it holds some of the asked words that the best sentence holds.
  const isOnSubject = (candidate: Candidate): boolean =>
    candidate.features.headed > 0 ||
    (candidate.features.covered >= OWN_SHARE &&
      main.some(({ forms }) => forms.some((form) => holds(candidate, form))));
  const chosen = [...predecessors(best, candidates), best];
  for (const candidate of candidates.slice(1, 10)) {
    if (chosen.length >= most || candidate.score < best.score - SCORE_GAP) break;
    if (candidate.features.isBroken || candidate.pointsBack || !isOnSubject(candidate)) continue;
    if (!chosen.some((other) => other === candidate || repeats(other, candidate))) chosen.push(candidate);
  }
  return chosen;
}

/** A sentence about "it" or "this" is not understood alone, nor is the one before it when that says "it" too. */
function predecessors(candidate: Candidate, candidates: Candidate[]): Candidate[] {
  const chain: Candidate[] = [];
  for (let first = candidate; first.pointsBack && chain.length < LONGEST_CHAIN; ) {
    const { passage, index } = first;
    const before = candidates.find(
      (other) => other.passage === passage && other.index === index - 1 && other.features.isBroken < 1,
    );
    if (!before) break;
    chain.unshift(before);
    first = before;
  }
  return chain;
}

function repeats(a: Candidate, b: Candidate): boolean {
  const shared = [...a.words].filter((word) => b.words.has(word)).length;
  return shared / Math.max(1, Math.min(a.words.size, b.words.size)) > NEAR_REPEAT;
}
