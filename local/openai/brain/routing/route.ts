import { say as phrase } from '../phrases.ts';
import { among, rewritten } from '../words.ts';
import { gloss, inOurWords, languageOf } from './glossary.ts';
import { chooseTool, meaningOf } from './meaning.ts';
import { resumePending } from './pending.ts';
import { fillAvailability, fillInsight, fillMatches, fillNudge, fillOnline } from './people.ts';
import { type Instruction, splitInstruction } from './split-instruction.ts';
import { fillCards, fillPlan, fillProfile, fillQuiz, fillSummary, followUpQuiz } from './study-tools.ts';
import { asksForForm, isBare, isElliptical, resolved } from './subject.ts';
import { fillSearch } from './subjects.ts';
import {
  type Call,
  type Clause,
  type Filled,
  isTool,
  type Meaning,
  type Pending,
  plainClause,
  type Route,
  type State,
  type ToolName,
} from './types.ts';

const FILL: Record<ToolName, (clause: Clause) => Filled> = {
  searchNotes: fillSearch,
  summarizeSession: fillSummary,
  generateQuiz: fillQuiz,
  addFlashcards: fillCards,
  buildLearningProfile: fillProfile,
  createStudyPlan: fillPlan,
  matchCandidates: fillMatches,
  matchInsight: fillInsight,
  getOnlineUsers: fillOnline,
  getAvailability: fillAvailability,
  sendNudge: fillNudge,
};

export const fill = (tool: ToolName, say: string, state: State): Filled =>
  FILL[tool](plainClause(say, state));

const MOST_CALLS = 4;
/** Acts that answer a question of ours as well as any; the rest may name what we asked for. */
const ACTS = new Set<Meaning>(['yes', 'no', 'stop', 'thanks', 'bye', 'greeting']);

/**
 * What a student's sentence asks for. Only what the student wrote as an order is read: pasted text, notes and the results
 * of tools can never cause a call.
 */
export function route(text: string, state: State): Route {
  const { say, paste, typed } = splitInstruction(text, state);
  if (!say) return { kind: 'talk', about: 'empty' };
  if (state.lastQuery && state.lastCall?.tool === 'searchNotes' && asksForForm(say))
    return inAnotherForm(say, state.lastQuery, state);
  const meaning = meaningOf(say, state);
  const isElliptic = state.subject !== '' && isElliptical(say);
  if (!isElliptic && !isTool(meaning) && ACTS.has(meaning)) return { kind: 'talk', about: meaning };

  const resumed = state.pending ? resumePending(state.pending, text, say, state) : undefined;
  if (resumed) return asRoute(resumed, say);
  const sameAgain = followUpQuiz(inOurWords(say), state.lastCall);
  if (sameAgain) return { kind: 'call', calls: [sameAgain], assumed: [], question: say };
  if (meaning === 'form' && state.lastQuery) return inAnotherForm(say, state.lastQuery, state);
  if (meaning === 'told' || (meaning === 'recall' && state.told.length > 0))
    return { kind: 'talk', about: meaning };
  if (isElliptic && (meaning === 'searchNotes' || !isTool(meaning) || isBare(say)))
    return asRoute(fill('searchNotes', resolved(say, state).query, state), say);

  const routed = routeClauses({ say, paste, typed }, state);
  if (routed) return routed;
  if (meaning === 'recall') return asRoute(fill('searchNotes', say, state), say);
  return { kind: 'talk', about: isTool(meaning) || meaning === 'form' ? 'unclear' : meaning };
}

/** "simpler", "as a table": the same passages again, and what cannot be done with them said first. */
function inAnotherForm(said: string, query: string, state: State): Route {
  const again = asRoute(fill('searchNotes', query, state), query);
  return again.kind === 'call'
    ? { ...again, note: phrase('form.again', {}, state.language ?? languageOf(said)) }
    : again;
}

function asRoute(filled: Filled, say: string): Route {
  if ('pending' in filled) return { kind: 'ask', pending: filled.pending };
  const { calls, assumed = [] } = filled;
  return { kind: 'call', calls, assumed, question: questionOf(calls, say) };
}

/** What the passages are asked: the search's own words, which say neither "please" nor "in my notes". */
function questionOf(calls: Call[], say: string): string {
  const query = calls.find((call) => call.tool === 'searchNotes')?.args.query;
  return typeof query === 'string' ? query : say;
}

function routeClauses({ say, paste, typed }: Instruction, state: State): Route | undefined {
  const parts = ordersIn(say, state);
  const isOneOrder = parts.length === 1;
  const calls: Call[] = [];
  const assumed: string[] = [];
  let waiting: Pending | undefined;
  let inherited = '';
  for (const [i, [clause, tool]] of parts.entries()) {
    const base: Clause = {
      ...plainClause(clause, state),
      whole: inOurWords(isOneOrder ? say : clause),
      typed: isOneOrder ? typed : clause,
      paste,
      inherited,
      calls,
    };
    let filled = FILL[tool](base);
    if ('pending' in filled && inherited === '') {
      const later = topicAfter(parts.slice(i + 1), state);
      if (later) filled = FILL[tool]({ ...base, inherited: later });
    }
    if ('pending' in filled) {
      waiting ??= filled.pending;
      continue;
    }
    for (const call of filled.calls) if (!calls.some((other) => isSame(other, call))) calls.push(call);
    assumed.push(...(filled.assumed ?? []));
    inherited = topicOf(filled.calls) || inherited;
  }
  if (calls.length > 0)
    return { kind: 'call', calls: calls.slice(0, MOST_CALLS), assumed, question: questionOf(calls, say) };
  return waiting ? { kind: 'ask', pending: waiting } : undefined;
}

/** "a quiz and some flashcards about osmosis": the second order names the subject of both. */
function topicAfter(parts: [string, ToolName][], state: State): string {
  for (const [clause, tool] of parts) {
    const filled = fill(tool, clause, state);
    const topic = 'calls' in filled ? topicOf(filled.calls) : '';
    if (topic) return topic;
  }
  return '';
}

const isSame = (a: Call, b: Call): boolean =>
  a.tool === b.tool &&
  (a.tool === 'buildLearningProfile' ||
    JSON.stringify(a.args) === JSON.stringify(b.args) ||
    (a.tool === 'searchNotes' && a.args.query !== undefined && a.args.query === b.args.query));

function topicOf(calls: Call[]): string {
  const named = calls.find((call) => call.args.topic ?? call.args.query)?.args;
  const topic = named?.topic ?? named?.query;
  return typeof topic === 'string' ? topic : '';
}

const MOST_CLAUSES = 4;

/** "search my notes for X and then quiz me on it" as two orders. A part that orders nothing else stays with its neighbour. */
function ordersIn(say: string, state: State): [clause: string, tool: ToolName][] {
  const tokens = gloss(say);
  const cuts = tokens.flatMap((token, i) => {
    const before = tokens[i - 1]?.word ?? '';
    const isThing =
      /^(?:a|some|\d+)$/.test(token.word) &&
      tokens.slice(i + 1, i + 4).some(({ word }) => among('things', word));
    return among('joins', before) && (among('orders', token.word) || isThing) ? [token.start] : [];
  });
  const part = (from: number, to = say.length): string =>
    rewritten('trailing-join', say.slice(from, to)).trim();
  const whole = (): [string, ToolName][] => {
    const tool = chooseTool(say, state);
    return tool ? [[say, tool]] : [];
  };
  if (cuts.length === 0) return whole();
  const starts: { from: number; tool: ToolName | undefined }[] = [];
  for (const [i, from] of [0, ...cuts].entries()) {
    const tool = chooseTool(part(from, cuts[i]), state);
    const last = starts.at(-1);
    if (!last) starts.push({ from, tool });
    else if (!last.tool || (last.tool === 'searchNotes' && tool === 'createStudyPlan')) last.tool = tool;
    else if (tool && tool !== last.tool && !(tool === 'searchNotes' && last.tool === 'createStudyPlan'))
      starts.push({ from, tool });
  }
  const parts = starts.flatMap(({ from, tool }, i): [string, ToolName][] =>
    tool ? [[part(from, starts[i + 1]?.from), tool]] : [],
  );
  const isSplit =
    parts.length > 1 &&
    parts.length <= MOST_CLAUSES &&
    new Set(parts.map(([, tool]) => tool)).size === parts.length;
  return isSplit ? parts : whole();
}
