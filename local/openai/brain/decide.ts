import type { Ask, Say, ToolSpec } from '../wire/types.ts';
import { conclude } from './conclude.ts';
import { type Conversation, readConversation } from './conversation.ts';
import { progressOf } from './follow-plan.ts';
import { hinted } from './ladder.ts';
import { answerAboutThem, factsIn } from './memory.ts';
import { type Language, listed, say } from './phrases.ts';
import { type Explicit, readExplicit } from './routing/explicit.ts';
import { route } from './routing/route.ts';
import { sumIn, webQueryIn } from './routing/sums.ts';
import {
  isTool,
  type Plan,
  type Route,
  type State,
  searchFor,
  type Talk,
  TOOL_NAMES,
} from './routing/types.ts';
import { fillOutput } from './schema/fill-output.ts';
import { type Fitted, fitArguments } from './schema/fit-arguments.ts';
import { allowsNull } from './schema/validate.ts';
import { cannotYet, isTitleRequest, titleOf, whatICanDo } from './talk.ts';
import { terms } from './text/terms.ts';
import { describeResult, failureOf } from './tool-results.ts';

type Turn = {
  said: string;
  language: Language;
  conversation: Conversation;
  tools: Map<string, ToolSpec>;
  offered: ReadonlySet<string>;
  mayCall: boolean;
};

/** The brain's reply to a request: a call, an answer from what tools brought, JSON, or a plain sentence. */
export function decide(ask: Ask): Say {
  const conversation = readConversation(ask.turns);
  if (ask.json) return { text: JSON.stringify(fillOutput(ask.json, conversation)) };
  const tools = new Map(ask.tools.map((tool) => [tool.name, tool]));
  const offered = new Set(tools.keys());
  const { said, steps, state, language, instructions } = conversation;
  if (said === null) return { text: say('greeting', { can: whatICanDo(offered) }) };
  if (tools.size === 0 && steps.length === 0 && isTitleRequest(instructions)) return { text: titleOf(said) };

  const turn = { said, language, conversation, tools, offered, mayCall: ask.toolChoice !== 'none' };
  const aboutThem = steps.length === 0 && answerAboutThem(said, instructions, language);
  if (aboutThem) return { text: aboutThem };
  const explicit = readExplicit(said, [...new Set([...offered, ...TOOL_NAMES])]);
  if (explicit) return followOrder(explicit, turn);
  const beside = typeof ask.toolChoice === 'object' ? null : sayBeside(turn);
  if (beside) return beside;
  const isForced = ask.toolChoice === 'required' || typeof ask.toolChoice === 'object';
  const understood = hinted(asTold(route(said, state), said), said, conversation);
  // A caller may insist on a tool; then even small talk becomes a search for its words.
  const routed = isForced && understood.kind !== 'call' ? searchFor(said) : understood;
  if (routed.kind === 'talk') return { text: talk(routed.about, turn) };
  if (routed.kind === 'call') return followPlan(routed, turn);
  const { call, question } = routed.pending;
  return { text: offered.has(call.tool) ? question : cannotYet(call.tool, offered) };
}

/** Small talk, and what the student told now or earlier: of what was told, what the question is about. */
function talk(about: Talk, { said, language, offered, conversation: { state } }: Turn): string {
  const asked = new Set(terms(said));
  const fitting = state.told.filter((words) => terms(words).some((term) => asked.has(term)));
  const told = about === 'told' ? [said.trim()] : fitting.length > 0 ? fitting : state.told;
  const quoted = listed(
    told.map((words) => `“${words}”`),
    language,
  );
  return say(
    about === 'maybe' ? 'yes' : about,
    { can: whatICanDo(offered, language), told: quoted },
    language,
  );
}

/** What is asked of no notes: a sum, or the web. Null where it is neither, or what would answer it is not at hand. */
function sayBeside({ said, language, offered, mayCall, conversation: { steps, state } }: Turn): Say | null {
  const [expression, query] = [sumIn(said), webQueryIn(said)];
  const call =
    expression !== undefined
      ? { name: 'calculate', args: { expression } }
      : query !== undefined && { name: 'webSearch', args: { query, limit: null } };
  if (!call || !offered.has(call.name)) return null;
  const [step] = steps;
  if (!step) return mayCall ? { calls: [call] } : null;
  if (step.name !== call.name) return null;
  return { text: failureOf(step, language) ?? describeResult(step, state.people, language) };
}

/** What would not be understood may tell something of the student. */
const asTold = (routed: Route, said: string): Route =>
  routed.kind === 'talk' && routed.about === 'unclear' && factsIn(said).length > 0
    ? { kind: 'talk', about: 'told' }
    : routed;

function followOrder(
  explicit: Explicit,
  { said, language, conversation, tools, offered, mayCall }: Turn,
): Say {
  const { name } = explicit;
  if (conversation.steps.length > 0) {
    const query = 'args' in explicit ? explicit.args.query : undefined;
    const question = typeof query === 'string' ? query : said;
    return { text: conclude(conversation, { kind: 'call', calls: [], assumed: [], question }, language) };
  }
  if ('problem' in explicit) return { text: explicit.problem };
  const tool = tools.get(name);
  if (!tool || !mayCall) return { text: isTool(name) ? cannotYet(name, offered) : whatICanDo(offered) };
  return callOrAsk(name, fitArguments(explicit.args, tool.parameters, { isOurs: false }));
}

const callOrAsk = (name: string, fitted: Fitted): Say =>
  'args' in fitted
    ? { calls: [{ name, args: fitted.args }] }
    : { text: `I cannot use ${name} like that: ${fitted.problem}. Say it again with that corrected.` };

function followPlan(plan: Plan, { language, conversation, tools, offered, mayCall }: Turn): Say {
  const { next, skipped, declined } = progressOf(plan.calls, conversation.steps, offered);
  const [first] = declined;
  const tool = next ? tools.get(next.call.tool) : undefined;
  if (next && tool && mayCall) {
    const args = leftToTheTool(next.args, tool, conversation.state);
    return callOrAsk(next.call.tool, fitArguments(args, tool.parameters, { isOurs: true }));
  }
  const cannot = first ? cannotYet(first.tool, offered) : '';
  if (conversation.steps.length === 0) return { text: cannot || whatICanDo(offered, language) };
  return { text: [conclude(conversation, plan, language, skipped), cannot].filter(Boolean).join(' ') };
}

/** A tool that reads the conversation itself is not handed a copy of it. */
function leftToTheTool(
  args: Record<string, unknown>,
  { name, parameters }: ToolSpec,
  state: State,
): Record<string, unknown> {
  const { transcript, ...rest } = args;
  const own = parameters.properties?.transcript;
  const isThisTalk = name === 'summarizeSession' && transcript === state.conversation;
  return isThisTalk && own && allowsNull(own, parameters) ? rest : args;
}
