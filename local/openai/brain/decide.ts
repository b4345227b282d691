import type { Ask, Say, ToolSpec } from '../wire/types.ts';
import { sayBeside } from './beside.ts';
import { conclude } from './conclude.ts';
import { type Conversation, readConversation } from './conversation.ts';
import { progressOf } from './follow-plan.ts';
import { hinted } from './ladder.ts';
import { asksAboutMe, factLines, factsIn, recalled, summaryLines } from './memory.ts';
import { readExplicit } from './routing/explicit.ts';
import { languageOf } from './routing/glossary.ts';
import { isTool } from './routing/reader.ts';
import { route } from './routing/route.ts';
import { type Call, type Route, type State, type Talk, TOOL_NAMES } from './routing/types.ts';
import { fillOutput } from './schema/fill-output.ts';
import { allowsNull, checkArguments, type Fitted, fitArguments } from './schema/fit-arguments.ts';
import { allFacts, cannotYet, isTitleRequest, recall, talk, titleOf, whatICanDo } from './talk.ts';
import { terms } from './text/terms.ts';

/** The brain's reply to a request: a call, an answer from what tools brought, JSON, or a plain sentence. */
export function decide(ask: Ask): Say {
  const conversation = readConversation(ask.turns);
  if (ask.json) return { text: JSON.stringify(fillOutput(ask.json, conversation)) };
  const tools = new Map(ask.tools.map((tool) => [tool.name, tool]));
  const offered = new Set(tools.keys());
  const { said, steps, state } = conversation;
  if (said === null) return { text: talk('greeting', offered) };
  if (tools.size === 0 && steps.length === 0 && isTitleRequest(conversation.instructions))
    return { text: titleOf(said) };

  const mayCall = ask.toolChoice !== 'none';
  const aboutThem = sayAboutThem(said, conversation);
  if (aboutThem && steps.length === 0) return { text: aboutThem };
  const explicit = readExplicit(said, [...new Set([...offered, ...TOOL_NAMES])]);
  if (explicit) {
    if (steps.length > 0) return { text: conclude(conversation, explicitPlan(explicit, said)) };
    if ('problem' in explicit) return { text: explicit.problem };
    return callExplicit(explicit, tools, mayCall);
  }
  const beside =
    typeof ask.toolChoice === 'object' ? null : sayBeside(said, conversation, { offered, mayCall });
  if (beside) return beside;
  const routed = forcedRoute(hinted(asTold(route(said, state), said), said, conversation), ask, said);
  if (routed.kind === 'talk')
    return {
      text: talk(routed.about, offered, {
        told: toldOf(routed.about, said, state),
        language: languageOf(said),
      }),
    };
  if (routed.kind === 'ask') {
    const { call, question } = routed.pending;
    return { text: offered.has(call.tool) ? question : cannotYet(call.tool, offered) };
  }
  return followPlan(routed, conversation, tools, mayCall);
}

/** What a question about the student themselves is answered with, out of what is remembered; null for any other. */
function sayAboutThem(said: string, { instructions }: Conversation): string | null {
  const facts = factLines(instructions);
  if (asksAboutMe(said)) return allFacts(facts, languageOf(said));
  const lines = recalled(said, [...summaryLines(instructions), ...facts]);
  return lines.length > 0 ? recall(lines, languageOf(said)) : null;
}

/** What the student tells now, or what of the things told before the question is about. */
function toldOf(about: Talk, said: string, { told }: State): string[] {
  if (about === 'told') return [said.trim()];
  const asked = new Set(terms(said));
  const fitting = told.filter((words) => terms(words).some((term) => asked.has(term)));
  return fitting.length > 0 ? fitting : told;
}

type Plan = Extract<Route, { kind: 'call' }>;

function explicitPlan(explicit: NonNullable<ReturnType<typeof readExplicit>>, said: string): Plan {
  const query = 'args' in explicit ? explicit.args.query : undefined;
  return { kind: 'call', calls: [], assumed: [], question: typeof query === 'string' ? query : said };
}

function callExplicit(
  { name, args }: { name: string; args: Record<string, unknown> },
  tools: Map<string, ToolSpec>,
  mayCall: boolean,
): Say {
  const tool = tools.get(name);
  const offered = new Set(tools.keys());
  if (!tool || !mayCall) return { text: isTool(name) ? cannotYet(name, offered) : whatICanDo(offered) };
  return callOrAsk(name, checkArguments(args, tool.parameters));
}

const callOrAsk = (name: string, fitted: Fitted): Say =>
  'args' in fitted
    ? { calls: [{ name, args: fitted.args }] }
    : { text: `I cannot use ${name} like that: ${fitted.problem}. Say it again with that corrected.` };

/** What would not be understood may tell something of the student. */
const asTold = (routed: Route, said: string): Route =>
  routed.kind === 'talk' && routed.about === 'unclear' && factsIn(said).length > 0
    ? { kind: 'talk', about: 'told' }
    : routed;

/** A caller may insist on a tool; then even small talk becomes a search for its words. */
function forcedRoute(routed: Route, ask: Ask, said: string): Route {
  const isForced = ask.toolChoice === 'required' || typeof ask.toolChoice === 'object';
  if (!isForced || routed.kind === 'call') return routed;
  const call: Call = { tool: 'searchNotes', args: { query: said.slice(0, 300), limit: 10 } };
  return { kind: 'call', calls: [call], assumed: [], question: said };
}

function followPlan(
  plan: Plan,
  conversation: Conversation,
  tools: Map<string, ToolSpec>,
  mayCall: boolean,
): Say {
  const offered = new Set(tools.keys());
  const { next, skipped, declined } = progressOf(plan.calls, conversation.steps, offered);
  const [first] = declined;
  const tool = next ? tools.get(next.call.tool) : undefined;
  if (next && tool && mayCall)
    return callOrAsk(
      next.call.tool,
      fitArguments(leftToTheTool(next.args, tool, conversation), tool.parameters),
    );
  if (conversation.steps.length === 0)
    return { text: first ? cannotYet(first.tool, offered) : whatICanDo(offered) };
  const closing = first ? ` ${cannotYet(first.tool, offered)}` : '';
  return { text: conclude(conversation, plan, skipped) + closing };
}

/** A tool that reads the conversation itself is not handed a copy of it. */
function leftToTheTool(
  args: Record<string, unknown>,
  { name, parameters }: ToolSpec,
  { state }: Conversation,
): Record<string, unknown> {
  const { transcript, ...rest } = args;
  const own = parameters.properties?.transcript;
  const isThisTalk = name === 'summarizeSession' && transcript === state.conversation;
  return isThisTalk && own && allowsNull(own, parameters) ? rest : args;
}
