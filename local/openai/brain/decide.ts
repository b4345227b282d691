import type { Ask, Say, ToolSpec } from '../wire/types.ts';
import { conclude, rungOf } from './conclude.ts';
import { type Conversation, readConversation } from './conversation.ts';
import { progressOf } from './follow-plan.ts';
import { answerAboutThem, factsIn } from './memory.ts';
import { listed, say } from './phrases.ts';
import { type Explicit, readExplicit, sumIn, webQueryIn } from './routing/explicit.ts';
import { route } from './routing/route.ts';
import { isTool, type Plan, type Route, searchFor, type Talk, TOOL_NAMES } from './routing/types.ts';
import { fillOutput } from './schema/fill-output.ts';
import { allowsNull, fitArguments } from './schema/validate.ts';
import { cannotYet, isTitleRequest, titleOf, whatICanDo } from './talk.ts';
import { terms } from './text/terms.ts';
import { describeResult, failureOf } from './tool-results.ts';

type Turn = Conversation & { said: string; tools: Map<string, ToolSpec>; mayCall: boolean };

/** The brain's reply to a request: a call, an answer from what tools brought, JSON, or a plain sentence. */
export function decide(ask: Ask): Say {
  const conversation = readConversation(ask.turns);
  if (ask.json) return { text: JSON.stringify(fillOutput(ask.json, conversation)) };
  const tools = new Map(ask.tools.map((tool) => [tool.name, tool]));
  const { said, steps, language, instructions } = conversation;
  if (said === null) return { text: say('greeting', { can: whatICanDo(tools) }) };
  const isNew = steps.length === 0;
  if (tools.size === 0 && isNew && isTitleRequest(instructions)) return { text: titleOf(said) };

  const turn = { ...conversation, said, tools, mayCall: ask.toolChoice !== 'none' };
  const aboutThem = isNew && answerAboutThem(said, instructions, language);
  if (aboutThem) return { text: aboutThem };
  const explicit = readExplicit(said, new Set([...tools.keys(), ...TOOL_NAMES]));
  if (explicit) return followOrder(explicit, turn);
  const isNamed = typeof ask.toolChoice === 'object';
  const beside = isNamed ? null : sayBeside(turn);
  if (beside) return beside;
  const understood = understand(turn);
  // A caller may insist on a tool; then even small talk becomes a search for its words.
  const isForced = ask.toolChoice === 'required' || isNamed;
  const routed = isForced && understood.kind !== 'call' ? searchFor(said) : understood;
  if (routed.kind === 'talk') return { text: talk(routed.about, turn) };
  if (routed.kind === 'call') return followPlan(routed, turn);
  const { call, question } = routed.pending;
  return { text: tools.has(call.tool) ? question : cannotYet(call.tool, tools) };
}

/** What is asked for: a hint on a problem is looked for in the notes, and what would not be understood may tell something of the student. */
function understand({ said, state, instructions }: Turn): Route {
  const routed = route(said, state);
  const rung = rungOf(instructions);
  const isSearch = routed.kind === 'call' && routed.calls.some(({ tool }) => tool === 'searchNotes');
  // A hint on a problem names nothing by itself.
  if (rung !== null && !(rung === 1 && isSearch))
    return searchFor(rung === 1 ? said : (state.lastQuery ?? said));
  const isTold = routed.kind === 'talk' && routed.about === 'unclear' && factsIn(said).length > 0;
  return isTold ? { kind: 'talk', about: 'told' } : routed;
}

/** Small talk, and what the student told now or earlier: of what was told, what the question is about. */
function talk(about: Talk, { said, language, tools, state }: Turn): string {
  const asked = new Set(terms(said));
  const fitting = state.told.filter((words) => terms(words).some((term) => asked.has(term)));
  const told = about === 'told' ? [said.trim()] : fitting.length > 0 ? fitting : state.told;
  const quoted = told.map((words) => `“${words}”`);
  const values = { can: whatICanDo(tools, language), told: listed(quoted, language) };
  return say(about === 'maybe' ? 'yes' : about, values, language);
}

/** What is asked of no notes: a sum, or the web. Null where it is neither, or what would answer it is not at hand. */
function sayBeside({ said, language, tools, mayCall, steps }: Turn): Say | null {
  const [expression, query] = [sumIn(said), webQueryIn(said)];
  const call =
    expression !== undefined
      ? { name: 'calculate', args: { expression } }
      : query !== undefined && { name: 'webSearch', args: { query, limit: null } };
  if (!call || !tools.has(call.name)) return null;
  const [step] = steps;
  if (!step) return mayCall ? { calls: [call] } : null;
  if (step.name !== call.name) return null;
  return { text: failureOf(step, language) ?? describeResult(step, language) };
}

function followOrder(explicit: Explicit, turn: Turn): Say {
  const { name } = explicit;
  if (turn.steps.length > 0) {
    const query = 'args' in explicit ? explicit.args.query : undefined;
    const question = typeof query === 'string' ? query : turn.said;
    return { text: conclude(turn, { kind: 'call', calls: [], assumed: [], question }) };
  }
  if ('problem' in explicit) return { text: explicit.problem };
  const tool = turn.tools.get(name);
  if (tool && turn.mayCall) return callOrAsk(tool, explicit.args, false);
  return { text: isTool(name) ? cannotYet(name, turn.tools) : whatICanDo(turn.tools) };
}

function callOrAsk(tool: ToolSpec, args: Record<string, unknown>, isOurs: boolean): Say {
  const fitted = fitArguments(args, tool.parameters, { isOurs });
  if ('args' in fitted) return { calls: [{ name: tool.name, args: fitted.args }] };
  return {
    text: `I cannot use ${tool.name} like that: ${fitted.problem}. Say it again with that corrected.`,
  };
}

function followPlan(plan: Plan, turn: Turn): Say {
  const { steps, tools, language, state } = turn;
  const { next, skipped, declined } = progressOf(plan.calls, steps, tools);
  const [first] = declined;
  const tool = next ? tools.get(next.call.tool) : undefined;
  if (next && tool && turn.mayCall) {
    const { transcript, ...rest } = next.args;
    const own = tool.parameters.properties?.transcript;
    // A tool that reads the conversation itself is not handed a copy of it.
    const isThisTalk = tool.name === 'summarizeSession' && transcript === state.conversation;
    return callOrAsk(tool, isThisTalk && own && allowsNull(own, tool.parameters) ? rest : next.args, true);
  }
  const cannot = first ? cannotYet(first.tool, tools) : '';
  if (steps.length === 0) return { text: cannot || whatICanDo(tools, language) };
  return { text: [conclude(turn, plan, skipped), cannot].filter(Boolean).join(' ') };
}
