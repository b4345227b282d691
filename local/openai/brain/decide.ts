import type { Ask, Say, ToolSpec } from '../wire/types.ts';
import { cannotYet, isToolName, whatICanDo } from './abilities.ts';
import { composeAnswer } from './answer/compose.ts';
import { readSearchResult, type SearchResult } from './answer/passages.ts';
import { type Conversation, readConversation, type Step } from './conversation.ts';
import { readExplicit } from './routing/explicit.ts';
import { route } from './routing/route.ts';
import { type Call, type Route, TOOL_NAMES } from './routing/types.ts';
import { fillOutput } from './schema/fill-output.ts';
import { checkArguments, type Fitted, fitArguments } from './schema/fit-arguments.ts';
import { materialFor } from './study/material.ts';
import { isTitleRequest, titleOf } from './study/title.ts';
import { talk } from './talk.ts';
import { describeResult, failureOf } from './tool-results.ts';

/** The brain's reply to a request: a call, an answer from what tools brought, JSON, or a plain sentence. */
export function decide(ask: Ask): Say {
  const conversation = readConversation(ask.turns);
  if (ask.json) return { text: JSON.stringify(fillOutput(ask.json, conversation)) };
  const tools = new Map(ask.tools.map((tool) => [tool.name, tool]));
  const offered = new Set(tools.keys());
  const { said, steps } = conversation;
  if (said === null) return { text: talk('greeting', offered) };
  if (tools.size === 0 && steps.length === 0 && isTitleRequest(conversation.instructions))
    return { text: titleOf(said) };

  const mayCall = ask.toolChoice !== 'none';
  const explicit = readExplicit(said, [...new Set([...offered, ...TOOL_NAMES])]);
  if (explicit) {
    if (steps.length > 0) return { text: conclude(conversation, explicitQuestion(explicit, said), []) };
    if ('problem' in explicit) return { text: explicit.problem };
    return callExplicit(explicit, tools, mayCall);
  }
  const routed = forcedRoute(route(said, conversation.state), ask, said);
  if (routed.kind === 'talk') return { text: talk(routed.about, offered) };
  if (routed.kind === 'ask')
    return { text: askOrDecline(routed.pending.call, routed.pending.question, offered) };
  return followPlan(routed, conversation, tools, mayCall);
}

function explicitQuestion(explicit: NonNullable<ReturnType<typeof readExplicit>>, said: string): string {
  const query = 'args' in explicit ? explicit.args.query : undefined;
  return typeof query === 'string' ? query : said;
}

function callExplicit(
  { name, args }: { name: string; args: Record<string, unknown> },
  tools: Map<string, ToolSpec>,
  mayCall: boolean,
): Say {
  const tool = tools.get(name);
  const offered = new Set(tools.keys());
  if (!tool || !mayCall) return { text: isToolName(name) ? cannotYet(name, offered) : whatICanDo(offered) };
  return callOrAsk(name, checkArguments(args, tool.parameters));
}

const callOrAsk = (name: string, fitted: Fitted): Say =>
  'args' in fitted
    ? { calls: [{ name, args: fitted.args }] }
    : {
        text: `I cannot use ${name} like that: ${fitted.problem}. Could you say it again with that corrected?`,
      };

function askOrDecline(call: Call, question: string, offered: ReadonlySet<string>): string {
  return offered.has(call.tool) ? question : cannotYet(call.tool, offered);
}

/** A caller may insist on a tool; then even small talk becomes a search for its words. */
function forcedRoute(routed: Route, ask: Ask, said: string): Route {
  const isForced = ask.toolChoice === 'required' || typeof ask.toolChoice === 'object';
  if (!isForced || routed.kind === 'call') return routed;
  const call: Call = { tool: 'searchNotes', args: { query: said.slice(0, 300), limit: 10 } };
  return { kind: 'call', calls: [call], assumed: [], question: said };
}

function followPlan(
  plan: Extract<Route, { kind: 'call' }>,
  conversation: Conversation,
  tools: Map<string, ToolSpec>,
  mayCall: boolean,
): Say {
  const { steps } = conversation;
  const offered = new Set(tools.keys());
  const possible = plan.calls.filter((call, i) => {
    const dependent = plan.calls[i + 1];
    return offered.has(call.tool) && !(dependent?.fromSearch && !offered.has(dependent.tool));
  });
  const declined = plan.calls.filter((call) => !offered.has(call.tool));
  const [first] = declined;
  if (possible.length === 0 && steps.length === 0)
    return { text: first ? cannotYet(first.tool, offered) : whatICanDo(offered) };

  const failed = steps.map(failureOf).find((failure) => failure !== null);
  const next = failed ? undefined : possible[steps.length];
  const tool = next ? tools.get(next.tool) : undefined;
  if (next && tool && mayCall) {
    const args = next.fromSearch ? materialFor(next, foundIn(steps)) : next.args;
    if (args === null) return { text: conclude(conversation, plan.question, plan.assumed) };
    return callOrAsk(next.tool, fitArguments(args, tool.parameters));
  }
  const closing = first ? ` ${cannotYet(first.tool, offered)}` : '';
  return { text: conclude(conversation, plan.question, plan.assumed) + closing };
}

/** What is said once the tools have run. */
function conclude({ steps, instructions }: Conversation, question: string, assumed: string[]): string {
  const last = steps.at(-1);
  if (!last) return whatICanDo(new Set());
  const failure = failureOf(last);
  if (failure) return failure;
  if (last.name !== 'searchNotes') return [describeResult(last), ...assumed].join(' ');
  const result = foundIn(steps);
  if (result.passages.length === 0 && hasNoNotes(instructions))
    return 'You have no notes that are ready yet. Add a document, and ask again once it has been read.';
  return composeAnswer(question, result).text;
}

const hasNoNotes = (instructions: string): boolean =>
  /\bNotes: (?:0|no) documents? ready\b/i.test(instructions);

/** The passages of all searches of this turn; the newest search says how good they are. */
function foundIn(steps: Step[]): SearchResult {
  const found: SearchResult = { band: 'none', missing: [], passages: [] };
  for (const step of steps) {
    const result = step.name === 'searchNotes' && step.result !== null ? readSearchResult(step.result) : null;
    if (!result) continue;
    found.band = result.band;
    found.missing = result.missing;
    const isNew = (n: number): boolean => !found.passages.some((passage) => passage.n === n);
    found.passages.push(...result.passages.filter((passage) => isNew(passage.n)));
  }
  return found;
}
