import { say as phrase } from '../phrases.ts';
import { among, match, rewritten, says } from '../words.ts';
import { gloss, inOurWords, languageOf } from './glossary.ts';
import { chooseTool, meaningOf } from './meaning.ts';
import { resumePending } from './pending.ts';
import { fillAvailability, fillInsight, fillMatches, fillNudge, fillOnline } from './people.ts';
import { fillCards, fillPlan, fillProfile, fillQuiz, fillSummary, followUpQuiz } from './study-tools.ts';
import { asksForForm, fillSearch, isBare, isElliptical, resolved, subjectIn } from './subject.ts';
import {
  type Call,
  type Clause,
  type Filled,
  isTool,
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
const ACTS = ['yes', 'no', 'stop', 'thanks', 'bye', 'greeting'];

/**
 * What a student's sentence asks for. Only what the student wrote as an order is read: pasted text, notes and the results
 * of tools can never cause a call.
 */
export function route(text: string, state: State): Route {
  const instruction = splitInstruction(text, state);
  const { say } = instruction;
  if (!say) return { kind: 'talk', about: 'empty' };
  const sameAgain = followUpQuiz(inOurWords(say), state.lastCall);
  if (sameAgain) return asRoute({ calls: [sameAgain] }, say);
  const searching = (query: string): Route => asRoute(fill('searchNotes', query, state), query);
  const isForm = state.lastQuery && state.lastCall?.tool === 'searchNotes' && asksForForm(say);
  const meaning = isForm ? 'form' : meaningOf(say, state);
  const isElliptic = !isForm && state.subject !== '' && isElliptical(say);
  if (!isElliptic && ACTS.includes(meaning)) return { kind: 'talk', about: meaning };

  const resumed = state.pending && !isForm && resumePending(state.pending, text, say, state);
  if (resumed) return asRoute(resumed, say);
  if (meaning === 'form' && state.lastQuery) {
    // "simpler", "as a table": the same passages again, and what cannot be done with them said first.
    const note = phrase('form.again', {}, state.language ?? languageOf(say));
    const again = searching(state.lastQuery);
    return again.kind === 'call' ? { ...again, note } : again;
  }
  if (meaning === 'told' || (meaning === 'recall' && state.told.length > 0))
    return { kind: 'talk', about: meaning };
  if (isElliptic && (meaning === 'searchNotes' || !isTool(meaning) || isBare(say)))
    return searching(resolved(say, state).query);
  const routed = routeClauses(instruction, state);
  if (routed) return routed;
  if (meaning === 'recall') return searching(say);
  return { kind: 'talk', about: isTool(meaning) || meaning === 'form' ? 'unclear' : meaning };
}

function asRoute(filled: Filled, say: string): Route {
  if ('pending' in filled) return { kind: 'ask', pending: filled.pending };
  const { calls, assumed = [] } = filled;
  // What the passages are asked: the search's own words, which say neither "please" nor "in my notes".
  const query = calls.find((call) => call.tool === 'searchNotes')?.args.query;
  return { kind: 'call', calls, assumed, question: typeof query === 'string' ? query : say };
}

function routeClauses({ say, paste, typed }: Instruction, state: State): Route | undefined {
  const parts = ordersIn(say, state);
  const isOneOrder = parts.length === 1;
  const calls: Call[] = [];
  const assumed: string[] = [];
  let waiting: Pending | undefined;
  let inherited = '';
  for (const [i, [clause, tool]] of parts.entries()) {
    const whole = inOurWords(isOneOrder ? say : clause);
    const base: Clause = {
      ...plainClause(clause, state),
      whole,
      typed: isOneOrder ? typed : clause,
      paste,
      inherited,
      calls,
    };
    let filled = FILL[tool](base);
    if ('pending' in filled && inherited === '') {
      // "a quiz and some flashcards about osmosis": the second order names the subject of both.
      const later = parts.slice(i + 1).map(([next, other]) => topicOf(fill(other, next, state)));
      filled = FILL[tool]({ ...base, inherited: later.find(Boolean) ?? '' });
    }
    if ('pending' in filled) {
      waiting ??= filled.pending;
      continue;
    }
    calls.push(...filled.calls.filter((call) => !calls.some((other) => isSame(other, call))));
    assumed.push(...(filled.assumed ?? []));
    inherited = topicOf(filled) || inherited;
  }
  if (calls.length > 0) return asRoute({ calls: calls.slice(0, MOST_CALLS), assumed }, say);
  return waiting ? { kind: 'ask', pending: waiting } : undefined;
}

const isSame = (a: Call, b: Call): boolean =>
  a.tool === b.tool &&
  (a.tool === 'buildLearningProfile' ||
    JSON.stringify(a.args) === JSON.stringify(b.args) ||
    (a.tool === 'searchNotes' && a.args.query !== undefined && a.args.query === b.args.query));

function topicOf(filled: Filled): string {
  const calls = 'calls' in filled ? filled.calls : [];
  const topic = calls.map(({ args }) => args.topic ?? args.query).find(Boolean);
  return typeof topic === 'string' ? topic : '';
}

const MOST_CLAUSES = 4;

/** "search my notes for X and then quiz me on it" as two orders. A part that orders nothing else stays with its neighbour. */
function ordersIn(say: string, state: State): [clause: string, tool: ToolName][] {
  const tokens = gloss(say);
  const cuts = tokens.flatMap(({ word, start }, i) => {
    const next = tokens.slice(i + 1, i + 4).map((token) => token.word);
    const isThing = /^(?:a|some|\d+)$/.test(word) && next.some((thing) => among('things', thing));
    return among('joins', tokens[i - 1]?.word) && (among('orders', word) || isThing) ? [start] : [];
  });
  const partOf = (from: number, to = say.length): string =>
    rewritten('trailing-join', say.slice(from, to)).trim();
  const starts: { from: number; tool: ToolName | undefined }[] = [];
  for (const [i, from] of cuts.length > 0 ? [0, ...cuts].entries() : []) {
    const tool = chooseTool(partOf(from, cuts[i]), state);
    const last = starts.at(-1);
    if (!last) starts.push({ from, tool });
    else if (!last.tool || (last.tool === 'searchNotes' && tool === 'createStudyPlan')) last.tool = tool;
    else if (tool && tool !== last.tool && !(tool === 'searchNotes' && last.tool === 'createStudyPlan'))
      starts.push({ from, tool });
  }
  const parts = starts.flatMap(({ from, tool }, i): [string, ToolName][] =>
    tool ? [[partOf(from, starts[i + 1]?.from), tool]] : [],
  );
  const kinds = new Set(parts.map(([, tool]) => tool)).size;
  if (kinds > 1 && kinds === parts.length && kinds <= MOST_CLAUSES) return parts;
  const tool = chooseTool(say, state);
  return tool ? [[say, tool]] : [];
}

/** What the student orders, and the text the order is about. Only the order is ever routed. */
export type Instruction = { say: string; paste: string; typed: string };

const LONGEST_ORDER = 600;
/** Behind a colon on the same line less than this is a subject and no text. */
const SHORTEST_PASTE = 60;

export function splitInstruction(text: string, state: State): Instruction {
  const [typed, paste = ''] = split(rewritten('typed', text.normalize('NFKC')).trim(), state);
  // Where nothing but sounds was said, they are what was said.
  return { say: rewritten('tidy', typed).trim() || typed.trim(), paste, typed };
}

function split(text: string, state: State): [say: string, paste?: string] {
  const plain = rewritten('task-number', text);
  const stem = match('choices', plain)?.[1];
  if (stem) return [/[?:_.]\s*$/.test(stem) ? stem : `${stem}:`];
  const [, asked, fenced] = match('fenced', plain) ?? [];
  if (asked?.trim() && fenced) return [asked.trim(), fenced.trim()];
  const [, head, body] = match('headed', plain) ?? [];
  if (head && body) return orderAtTheEnd(plain, head, state) ?? [head.trim(), body.trim()];
  return behindColon(plain, state) ?? [plain.slice(0, LONGEST_ORDER)];
}

/** "find this in my notes: …", "make cards of this text: …": an order that names nothing before its colon. */
function behindColon(plain: string, state: State): [string, string] | undefined {
  const [, head = '', tail = ''] = match('behind-colon', plain) ?? [];
  const meaning = head && meaningOf(head, state);
  if (!meaning || !isTool(meaning) || subjectIn(head, meaning)) return undefined;
  if (!['searchNotes', 'summarizeSession', 'addFlashcards'].includes(meaning)) return undefined;
  const isText = tail.length >= SHORTEST_PASTE || says('whole-sentences', tail);
  return isText || (meaning === 'searchNotes' && says('looks', inOurWords(head))) ? [head, tail] : undefined;
}

/** A long paste may carry its order as a short last paragraph. */
function orderAtTheEnd(text: string, first: string, state: State): [string, string] | undefined {
  const tail = text.split(/\n\s*\n/).at(-1) ?? '';
  const isOrder = (part: string): boolean => {
    const meaning = meaningOf(part, state);
    return isTool(meaning) && meaning !== 'searchNotes';
  };
  if (first.length <= 60 || tail.length >= 120 || isOrder(first) || !isOrder(tail)) return undefined;
  return [tail, text.slice(0, text.length - tail.length).trim()];
}
