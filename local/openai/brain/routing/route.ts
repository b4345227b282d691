import { isEnglishQuery, terms } from '../text/terms.ts';
import { ABOUT_US, readAct } from './acts.ts';
import { chooseTool, RULES, scoreTools } from './choose.ts';
import { foreignOrder } from './foreign.ts';
import { leftover } from './leftover.ts';
import { resumePending } from './pending.ts';
import { type Instruction, splitInstruction } from './split-instruction.ts';
import { isElliptical, withSubject } from './subject.ts';
import { followUpQuiz } from './tools/generate-quiz.ts';
import {
  type Call,
  type Clause,
  type Filled,
  type Pending,
  plainClause,
  type Route,
  type State,
  type ToolName,
} from './types.ts';
import { ELSEWHERE, LOW, OWN_PLAN, REVIEW, WRITING } from './vetoes.ts';
import { isReport } from './wishes.ts';

const MOST_CALLS = 4;

/**
 * What a student's sentence asks for. Only what the student wrote as an order is read: pasted text, notes and the results
 * of tools can never cause a call.
 */
export function route(text: string, state: State): Route {
  const { say, paste, typed } = splitInstruction(text, state);
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

  const foreign = paste ? undefined : foreignOrder(say, state);
  if (foreign) return asRoute(foreign, say);
  const routed = routeClauses({ say, paste, typed }, state);
  if (routed) return routed;
  if (ABOUT_US.test(say)) return { kind: 'talk', about: 'self' };
  if (REVIEW.test(say)) return { kind: 'talk', about: 'review' };
  if (OWN_PLAN.test(say)) return { kind: 'talk', about: 'own-plan' };
  if (ELSEWHERE.test(say) || WRITING.test(say)) return { kind: 'talk', about: 'off-topic' };
  if (LOW.test(say)) return { kind: 'talk', about: 'low' };
  if (!paste && !isReport(say) && looksLikeSubject(say)) return asRoute(search(say, state), say);
  return { kind: 'talk', about: 'unclear' };
}

const search = (query: string, state: State): Filled => RULES.searchNotes.fill(plainClause(query, state));

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

function routeClauses({ say, paste, typed }: Instruction, state: State): Route | undefined {
  const clauses = splitClauses(say, state);
  const tools = clauses.map((clause) => chooseTool(clause, state));
  const kinds = new Set(tools.filter((tool) => tool !== undefined));
  const only = kinds.size === 1 ? [...kinds][0] : undefined;
  const isOneOrder = only !== undefined && clauses.length > 1 && tools.includes(undefined);
  // A plan's slots stand anywhere; another order is read where it is given, and the rest only for what it lacks.
  const parts: [string, ToolName][] =
    only && clauses.length > 1 && only === 'createStudyPlan'
      ? [[say, only]]
      : clauses.flatMap((clause, i): [string, ToolName][] => {
          const tool = tools[i];
          return tool ? [[clause, tool]] : [];
        });
  const orders = parts.length > 1 ? parts.filter((part) => !asksNothing(part, state)) : parts;
  const calls: Call[] = [];
  const assumed: string[] = [];
  let waiting: Pending | undefined;
  let inherited = '';
  for (const [i, [clause, tool]] of orders.entries()) {
    const base: Clause = {
      ...plainClause(clause, state),
      whole: isOneOrder ? say : clause,
      typed: parts.length === 1 ? typed : clause,
      paste,
      inherited,
      calls,
    };
    let filled = RULES[tool].fill(base);
    if ('pending' in filled && inherited === '') {
      const later = topicAfter(orders.slice(i + 1), state);
      if (later) filled = RULES[tool].fill({ ...base, inherited: later });
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

/** A question that names nothing ("when should I study what?") only leads up to the order beside it. */
const asksNothing = ([clause, tool]: [string, ToolName], state: State): boolean =>
  tool === 'searchNotes' && (scoreTools(clause, state).get(tool) ?? 0) < 2 && leftover(clause) === '';

/** "a quiz and some flashcards about osmosis": the second order names the subject of both. */
function topicAfter(parts: [string, ToolName][], state: State): string {
  for (const [clause, tool] of parts) {
    const filled = RULES[tool].fill(plainClause(clause, state));
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

const VERB =
  '(?:quiz|test|drill|make|create|generate|give|add|send|invite|nudge|ping|message|remind|text|find|search|look|summari[sz]e|sum up|show|tell|let|build|plan|turn|convert|recap|explain|schedule|check|match|see|who|ask|put|save|use|compare|define|get|write|start|prepare|how (?:well|good|much)|when (?:is|are|can)|why (?:is|are|do|would)|what (?:are|is|should)|then)';
const WISH =
  '(?:also |maybe |perhaps |afterwards |later |then )?(?:a |an |some |my |the |one |\\d+ |a few |another )?(?:short |quick |small |new |matching |little |study |revision )*(?:flash ?cards|cards|quiz|summary|recap|plan|schedule|test|mock exam|practice questions|questions)\\b';
const CUT = new RegExp(
  [
    String.raw`\s*(?:[,;.]\s*|\s)(?:and\s+)?(?:then|after that|afterwards|after|next|finally|also),?\s+(?:please )?(?=${VERB}\b)`,
    String.raw`\s*[.;!?]\s+(?=${VERB}\b|i\b|please\b|can you\b|could you\b)`,
    String.raw`,?\s+(?:and|plus|but|&)\s+(?:please |also |can you |could you |i (?:want|need|would like|'d like) (?:you )?to )*(?=${VERB}\b)`,
    String.raw`,?\s+(?:and|plus|&|as well as)\s+(?=${WISH})`,
    String.raw`,\s+(?:please )?(?=${VERB}\b)`,
    String.raw`\s+(?=help me (?:to )?plan\b|make me a plan\b|plan it\b)`,
  ].join('|'),
  'i',
);
const MOST_CLAUSES = 4;

/** "search my notes for X and then quiz me on it" as two orders. A part without a tool of its own stays with its neighbour. */
function splitClauses(say: string, state: State): string[] {
  const parts = say.split(CUT).filter((part) => part !== undefined && part.trim().length > 2);
  if (parts.length < 2) return [say];
  const clauses: string[] = [];
  let waiting = '';
  for (const part of parts) {
    const tool = chooseTool(part, state);
    const before = clauses.at(-1);
    const tellsNothing = tool === undefined && before === undefined;
    if (tellsNothing) waiting = waiting ? `${waiting}, ${part}` : part;
    const continues = !tool || (before && isSameOrder(part, tool, chooseTool(before, state)));
    if (before && continues) clauses[clauses.length - 1] = `${before}, ${part}`;
    else if (!tellsNothing) clauses.push(part);
  }
  if (waiting) clauses.unshift(waiting);
  return clauses.length <= MOST_CLAUSES ? clauses : [say];
}

/** A plan's slots stand in many clauses, and "explain it" only repeats the question before it. */
function isSameOrder(part: string, tool: ToolName, before: ToolName | undefined): boolean {
  return tool === before && (tool === 'createStudyPlan' || (tool === 'searchNotes' && isElliptical(part)));
}

const TALKATIVE =
  /\b(?:wow|omg|lol|haha|impressive|awesome|sad|happy|angry|hungry|sleepy|funny|wrong|merry|christmas|evening|morning|fair|enough|story|poor|secret|sleep|nothing|else|browsing|lovely|alright|testing|test|just|slowly|louder|faster|top|long|page|phone|news|game|chat|app|link|bug|weird|sorry|food|pizza|coffee|weekend|party|forget|recommend|suggest|tell|give|write|find|help|want|need|yesterday|i|i'm|im|me|my|mine|we|us|you|your|you're|he|she|please|let|lets|let's|don't|gonna|wanna|lol|ok|okay|hi|hello|thanks|yes|no|today|tomorrow|turn|open|close|start|stop|set|play|call|send|book|order|buy|add|remove|delete|create|make|show|go)\b/i;
const MOST_WORDS = 7;

/** A bare subject ("krebs cycle", "la fotosíntesis") is a search, the one thing that cannot do harm when misread. */
function looksLikeSubject(say: string): boolean {
  const plain = say.replace(/[.!]+$/, '').trim();
  if (TALKATIVE.test(plain)) return false;
  const words = plain.split(/\s+/);
  const content = terms(plain).filter((term) => term.length > 3 || !/^[a-z]+$/.test(term));
  if (content.length === 0) return false;
  if (/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(plain)) return true;
  if (isEnglishQuery(plain))
    return words.length <= MOST_WORDS && /\b(?:of|the|and|vs|versus|in)\b/i.test(plain);
  return words.length <= MOST_WORDS * 2 && words.some((word) => word.length >= 5);
}
