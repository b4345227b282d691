import { jsonSchema, type Tool, type ToolExecutionOptions, tool } from 'ai';
import { z } from 'zod';
import { AppError, toAppError } from '../errors.ts';
import { folded } from '../matching/subjects.ts';
import { captureError } from '../observability/capture.ts';
import { logger } from '../observability/logger.ts';
import { timeoutSignal } from '../process-state.ts';
import { strictJsonSchema } from './strict-schema.ts';
import { ToolCalls } from './tool-calls.ts';
import type { Report, ToolContext } from './tool-context.ts';
import { isToolFailure, type ToolFailure } from './tool-failure.ts';

const DEFAULT_TIMEOUT_SECONDS = 20;
/** About 7,500 tokens: room for twenty passages, and small beside any model's window. */
const DEFAULT_MAX_MODEL_CHARACTERS = 30_000;

export type ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> = {
  name: string;
  description: string;
  input: Input;
  output: Output;
  timeoutSeconds?: number;
  /** For what reaches other people: nothing runs before the student has said yes to exactly this input. */
  needsApproval?: boolean;
  /** Throws what would come of a yes that cannot be acted on, so that the student is not asked for it. */
  admits?(input: z.output<Input>, context: ToolContext): Promise<void>;
  /**
   * For what makes or sends something: what two calls have in common that are one act. Written again, an answer does not
   * repeat it.
   */
  actOf?(input: z.output<Input>): string;
  /** What has to be the same besides where the question was asked otherwise; the whole input when left out. */
  essenceOf?(input: z.output<Input>): unknown;
  maxModelCharacters?: number;
  run(
    input: z.output<Input>,
    context: ToolContext,
    signal: AbortSignal,
    report: Report,
  ): Promise<z.input<Output>>;
  /** What the model reads of a result; its JSON when left out. */
  toModelText?(output: z.output<Output>): string;
};

/** A field that may be left out: strict function calling has the model name every field, others need not. */
export const orNull = <Field extends z.ZodType>(field: Field) => field.nullable().default(null);

/** A tool of the SDK whose `execute` is a plain function of its input and its context. */
export type DefinedTool<Input, Output> = {
  asksFirst: boolean;
  /** Whether a call makes or sends something that stays. */
  isAct: boolean;
  /** Whether the student is asked; a call that is refused runs at once, into its refusal. */
  approval(input: Input, call: ApprovalCall): Promise<'user-approval' | 'not-applicable'>;
  /** What it takes and gives, for whoever describes it. */
  schemas: { input: z.ZodObject; output: z.ZodObject };
  execute(input: Input, options: ToolExecutionOptions<ToolContext>): Promise<Output>;
} & Tool<Input, Output, ToolContext>;

const contextSchema = z.custom<ToolContext>((value) => typeof value === 'object' && value !== null);

type ApprovalCall = { toolCallId: string; toolContext: ToolContext };

/** Calls that were refused before the student was asked, by the turn they belong to. */
const refusals = new WeakMap<ToolContext, Map<string, unknown>>();

function refuse({ toolCallId, toolContext }: ApprovalCall, error: unknown): void {
  const known = refusals.get(toolContext) ?? new Map<string, unknown>();
  refusals.set(toolContext, known.set(toolCallId, error));
}

/** Ends with the signal even when the work ignores it. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function capped(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  return `${text.slice(0, maxCharacters)}\n(cut: ${maxCharacters} of ${text.length} characters shown; ask for less or more exactly)`;
}

function failureOf(error: unknown, name: string, context: ToolContext): ToolFailure {
  const appError = toAppError(error);
  if (appError.status >= 500) {
    logger().error({ err: appError.cause ?? appError, traceId: context.traceId, tool: name }, 'tool failed');
    captureError(appError.cause ?? appError, { traceId: context.traceId });
  }
  const { code, message, said } = appError;
  return { ok: false, code, message, ...(said === undefined ? {} : { said }) };
}

/** Words as they are meant: case and signs say nothing. */
function essence(value: unknown): unknown {
  if (typeof value === 'string') return folded(value) || value;
  if (Array.isArray(value)) return value.map(essence);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).map(([key, one]) => [key, essence(one)]);
}

/** What the same act brought in another answer to the question. */
function doneBefore<Input extends z.ZodObject, Output extends z.ZodObject>(
  { name, input: inputSchema, actOf, essenceOf = (all) => all }: ToolDefinition<Input, Output>,
  input: z.output<Input>,
  { toolCallId, toolContext }: ApprovalCall,
): unknown {
  const act = actOf?.(input);
  if (act === undefined) return undefined;
  const wanted = JSON.stringify(essence(essenceOf(input)));
  return toolContext.calls?.standIn(toolCallId, name, (earlier) => {
    const { data } = inputSchema.safeParse(earlier.input);
    if (data === undefined || actOf?.(data) !== act) return false;
    return !earlier.isBeside || JSON.stringify(essence(essenceOf(data))) === wanted;
  });
}

/** Runs a call within its time, until it is cancelled or the turn is stopped; gives its result or what it failed with. */
async function execute<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
  given: unknown,
  { context, abortSignal, toolCallId }: ToolExecutionOptions<ToolContext>,
): Promise<unknown> {
  const { name, input: inputSchema, output: outputSchema } = definition;
  const timeoutSeconds = definition.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
  const startedAt = performance.now();
  const timeout = timeoutSignal(timeoutSeconds * 1000);
  const { calls = new ToolCalls() } = context;
  let isCancelled = false;
  let result: z.output<Output> | ToolFailure;
  try {
    const input = inputSchema.safeParse(given);
    if (!input.success) throw new AppError('invalid_request', { message: z.prettifyError(input.error) });
    const refused = refusals.get(context);
    if (refused?.has(toolCallId)) throw refused.get(toolCallId);
    const known = doneBefore(definition, input.data, { toolCallId, toolContext: context });
    if (known !== undefined) return known;
    const report: Report = (progress) => calls.report(toolCallId, progress);
    const raw = await calls.run(toolCallId, (cancelled) => {
      cancelled.addEventListener('abort', () => {
        isCancelled = true;
      });
      const signal = AbortSignal.any([...(abortSignal ? [abortSignal] : []), timeout, cancelled]);
      return untilAborted(definition.run(input.data, context, signal, report), signal);
    });
    result = outputSchema.parse(raw);
  } catch (error) {
    // A stopped turn is not a failure of the tool: the loop has to see the abort itself.
    if (abortSignal?.aborted) throw abortSignal.reason;
    const code = isCancelled ? 'cancelled' : timeout.aborted ? 'timeout' : null;
    result = failureOf(code ? new AppError(code, { cause: error }) : error, name, context);
  }
  context.telemetry.record({
    eventType: 'tool_call',
    toolName: name,
    latencyMs: performance.now() - startedAt,
    ok: !isToolFailure(result),
    ...(isToolFailure(result) ? { metadata: { code: result.code } } : {}),
  });
  return result;
}

/** What sentences are made of is for pages: a model reads the sentences. */
const withoutSaid = (key: string, value: unknown) => (key === 'said' ? undefined : value);

/**
 * Makes a tool of the registry, and is the only caller of the SDK's `tool()`. It checks what the tool returns (the SDK
 * does not), bounds its time and its result, records what happened, and turns failures into a code and a sentence: the
 * text of a thrown error would reach the model.
 */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): DefinedTool<z.input<Input>, z.output<Output> | ToolFailure> {
  const { input: inputSchema, output: outputSchema } = definition;

  async function approval(given: unknown, call: ApprovalCall) {
    try {
      const input = inputSchema.parse(given);
      if (doneBefore(definition, input, call) !== undefined) return 'not-applicable';
      await definition.admits?.(input, call.toolContext);
      return 'user-approval' as const;
    } catch (error) {
      refuse(call, error);
      return 'not-applicable' as const;
    }
  }

  const defined = tool({
    description: definition.description,
    strict: true,
    inputSchema: jsonSchema<unknown>(strictJsonSchema(inputSchema), {
      validate: (value) => {
        const parsed = inputSchema.safeParse(value);
        return parsed.success
          ? { success: true, value: parsed.data }
          : { success: false, error: new Error(z.prettifyError(parsed.error)) };
      },
    }),
    contextSchema,
    execute: (given: unknown, options: ToolExecutionOptions<ToolContext>) =>
      execute(definition, given, options),
    toModelOutput: ({ output }: { output: unknown }) => {
      if (isToolFailure(output)) {
        const { said: _, ...value } = output;
        return { type: 'json' as const, value };
      }
      const { data: value } = outputSchema.safeParse(output);
      // What was stored may hold less than what was made: a quiz is kept without its answers.
      const text =
        value && definition.toModelText ? definition.toModelText(value) : JSON.stringify(output, withoutSaid);
      return {
        type: 'text' as const,
        value: capped(text, definition.maxModelCharacters ?? DEFAULT_MAX_MODEL_CHARACTERS),
      };
    },
  });
  // The SDK's conditional types do not resolve for type parameters. What they would say is stated here: the input was
  // parsed by `input`, and the output by `output`, or is a failure.
  return {
    ...defined,
    asksFirst: definition.needsApproval ?? false,
    approval,
    isAct: definition.actOf !== undefined,
    schemas: { input: inputSchema, output: outputSchema },
  } as DefinedTool<z.input<Input>, z.output<Output> | ToolFailure>;
}
