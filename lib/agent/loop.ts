import {
  isStepCount,
  type ModelMessage,
  experimental_streamTextLowMemory as streamTextOnce,
  type TextStreamPart,
} from 'ai';
import type { TurnSettings } from '../domain/turn.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import type { Mask } from '../privacy/mask.ts';
import type { ToolContext } from '../tools/tool-context.ts';
import type { ChatToolName as ToolName, ChatTools as Tools } from './chat-tools.ts';
import { asksAnyway } from './guard/own-words.ts';
import { meteredModel } from './metered-model.ts';
import { type ChatModel, MAX_RETRIES, PROVIDER_OPTIONS } from './model.ts';

/** Model calls in one turn; the last of them may not call tools, so a turn always ends with an answer. */
export const MAX_STEPS = 6;
/** Input and output of all calls of a turn together. Beyond it the next call is the last. */
const TOKEN_BUDGET = 120_000;
/** From this share of the time on, no further tool is called: what is left is for the answer. */
const TOOL_TIME_SHARE = 0.6;

type LoopParams = {
  model: ChatModel;
  modelId: string;
  tools: Tools;
  /** Those of them that this server is set up for. */
  offered: readonly ToolName[];
  /** What the client chose: how warm the model is, and which of the tools it may call. */
  settings: Pick<TurnSettings, 'temperature' | 'tools'>;
  /** What the student wrote, without what they gave with it. */
  asked: string;
  /** The same as the model reads it, with our lines behind it. */
  question: string;
  instructions: string;
  messages: ModelMessage[];
  context: ToolContext;
  telemetry: Telemetry;
  mask: Mask;
  /** Signs what a tool asks the student, so that a yes can only be to what was shown. */
  approvalSecret: string;
  /** Milliseconds the whole turn may take. */
  deadlineMs: number;
  signal: AbortSignal;
  /** A call of the model failed for good. */
  onError(error: unknown): void;
};

/** Every tool gets the same context. */
function contextForEach(tools: Tools, context: ToolContext): Record<ToolName, ToolContext> {
  // The names come from the registry itself, which the type of `Object.keys` cannot say.
  return Object.fromEntries(Object.keys(tools).map((name) => [name, context])) as Record<
    ToolName,
    ToolContext
  >;
}

/** Of the tools that there are those that were named. The SDK neither offers nor runs any other. */
const allowedOf = (offered: readonly ToolName[], names: readonly string[] | undefined) =>
  offered.filter((name) => names === undefined || names.includes(name));

/** Of a tool that needs no yes by itself. */
const approvalOf =
  (name: ToolName, { asked, question }: Pick<LoopParams, 'asked' | 'question'>) =>
  (_input: unknown, { messages }: { messages: ModelMessage[] }) =>
    asksAnyway(name, messages, asked, question) ? ('user-approval' as const) : ('not-applicable' as const);

/** What may not run before the student has agreed. */
function approvalsFor({ tools, ...words }: Pick<LoopParams, 'tools' | 'asked' | 'question'>) {
  return Object.fromEntries(
    Object.entries(tools).map(([name, { asksFirst, approval }]) => [
      name,
      asksFirst ? approval : approvalOf(name as ToolName, words),
    ]),
  );
}

/**
 * Runs the model and its tools until there is an answer, and streams what happens. It always ends: by the number of
 * steps, by tokens, by time, or by the signal.
 */
export function runLoop(params: LoopParams): ReadableStream<TextStreamPart<Tools>> {
  const { telemetry, context, tools, settings } = params;
  const startedAt = performance.now();

  // For one reader: the other keeps every chunk of an answer until it is over, for whoever may still ask for it.
  const result = streamTextOnce({
    model: meteredModel(params.model, { telemetry, modelId: params.modelId, mask: params.mask }),
    instructions: params.instructions,
    messages: params.messages,
    ...(settings.temperature !== undefined && { temperature: settings.temperature }),
    tools,
    activeTools: allowedOf(params.offered, settings.tools),
    toolsContext: contextForEach(tools, context),
    toolApproval: approvalsFor(params),
    experimental_toolApprovalSecret: params.approvalSecret,
    stopWhen: isStepCount(MAX_STEPS),
    prepareStep: ({ stepNumber }) => {
      const { inputTokens, outputTokens } = telemetry.usage();
      const isLast =
        stepNumber >= MAX_STEPS - 1 ||
        inputTokens + outputTokens >= TOKEN_BUDGET ||
        performance.now() - startedAt >= params.deadlineMs * TOOL_TIME_SHARE;
      // The tools stay declared, since the conversation holds calls of them; they may only not be called.
      return isLast ? { toolChoice: 'none' } : {};
    },
    onError: ({ error }) => params.onError(error),
    maxRetries: MAX_RETRIES,
    abortSignal: params.signal,
    providerOptions: PROVIDER_OPTIONS,
    telemetry: { functionId: 'clerva-turn', recordInputs: false, recordOutputs: false },
  });
  return result.stream;
}
