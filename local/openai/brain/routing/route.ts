import { ABOUT_US, readAct } from './acts.ts';
import { looksLikeSubject } from './bare-subject.ts';
import { chooseTool, RULES } from './choose.ts';
import { splitClauses } from './clauses.ts';
import { resumePending } from './pending.ts';
import { splitInstruction } from './split-instruction.ts';
import { isElliptical, withSubject } from './subject.ts';
import { followUpQuiz } from './tools/generate-quiz.ts';
import type { Call, Filled, Route, State, ToolName } from './types.ts';
import { ELSEWHERE, WRITING } from './vetoes.ts';

/**
 * What a student's sentence asks for. Only what the student wrote as an order is read: pasted text, notes and the results
 * of tools can never cause a call.
 */
export function route(text: string, state: State): Route {
  const { say, paste } = splitInstruction(text);
  if (!say) return { kind: 'talk', about: 'empty' };
  const isElliptic = state.subject !== '' && isElliptical(say);
  const act = readAct(say);
  if (act && !(state.pending && act === 'maybe') && !(isElliptic && act === 'repeat'))
    return { kind: 'talk', about: act };

  const resumed = state.pending ? resumePending(state.pending, text, say, state) : undefined;
  if (resumed) return asRoute(resumed, say);
  const sameAgain = followUpQuiz(say, state.lastCall);
  if (sameAgain) return { kind: 'call', calls: [sameAgain], assumed: [], question: say };
  if (isElliptic && leansOnSearch(say, state))
    return asRoute(search(withSubject(say, state.subject), state), say);

  const routed = routeClauses(say, paste, state);
  if (routed) return routed;
  if (ABOUT_US.test(say)) return { kind: 'talk', about: 'self' };
  if (ELSEWHERE.test(say) || WRITING.test(say)) return { kind: 'talk', about: 'off-topic' };
  if (!paste && looksLikeSubject(say)) return asRoute(search(say, state), say);
  return { kind: 'talk', about: 'unclear' };
}

const search = (query: string, state: State): Filled =>
  RULES.searchNotes.fill({ say: query, paste: '', inherited: '', state });

/** A follow-up is a search unless it clearly wants another tool ("quiz me on it"). */
function leansOnSearch(say: string, state: State): boolean {
  const tool = chooseTool(say, state);
  return tool === 'searchNotes' || tool === undefined;
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

function routeClauses(say: string, paste: string, state: State): Route | undefined {
  const clauses = splitClauses(say, state);
  const tools = clauses.map((clause) => chooseTool(clause, state));
  const kinds = new Set(tools.filter((tool) => tool !== undefined));
  const only = kinds.size === 1 ? [...kinds][0] : undefined;
  // With one tool in all, its slots may stand in any clause, so the whole sentence is read for them.
  const isOneOrder = only && clauses.length > 1 && (only === 'createStudyPlan' || tools.includes(undefined));
  const parts: [string, ToolName | undefined][] = isOneOrder
    ? [[say, only]]
    : clauses.map((clause, i) => [clause, tools[i] ?? only]);

  const calls: Call[] = [];
  const assumed: string[] = [];
  let inherited = '';
  for (const [clause, tool] of parts) {
    if (!tool) continue;
    const filled = RULES[tool].fill({ say: clause, paste, inherited, state });
    if ('pending' in filled) {
      if (calls.length > 0) break;
      return { kind: 'ask', pending: filled.pending };
    }
    for (const call of filled.calls) if (!calls.some((other) => isSame(other, call))) calls.push(call);
    assumed.push(...(filled.assumed ?? []));
    inherited = topicOf(filled.calls) || inherited;
  }
  return calls.length > 0 ? { kind: 'call', calls, assumed, question: questionOf(calls, say) } : undefined;
}

const isSame = (a: Call, b: Call): boolean =>
  a.tool === b.tool &&
  (JSON.stringify(a.args) === JSON.stringify(b.args) ||
    (a.tool === 'searchNotes' && a.args.query === b.args.query));

function topicOf(calls: Call[]): string {
  const topic = calls[0]?.args.topic ?? calls[0]?.args.query;
  return typeof topic === 'string' ? topic : '';
}
