import { adapters } from '../adapters/index.ts';
import { noteAct } from '../db/queries/audit.ts';
import { usageToday } from '../db/queries/operations.ts';
import { getProfile } from '../db/queries/profile.ts';
import { saveTelemetry } from '../db/queries/telemetry.ts';
import type { ToolProgress } from '../domain/message.ts';
import { AppError, toAppError } from '../errors.ts';
import type { UserContext } from '../http/index.ts';
import { enforceTurnLimit } from '../http/limits.ts';
import { jsonSchemaOf } from '../json-schema.ts';
import { logger } from '../observability/logger.ts';
import { Telemetry } from '../observability/telemetry.ts';
import { isEnabled } from '../operations/flags.ts';
import { requireChat } from '../operations/kill-switch.ts';
import type { DefinedTool } from '../tools/define-tool.ts';
import { type ToolName, tools } from '../tools/index.ts';
import { ToolCalls } from '../tools/tool-calls.ts';
import { isToolFailure } from '../tools/tool-failure.ts';
import { turnDependencies } from './dependencies.ts';
import { contextOfTools } from './generate.ts';
import { PassageRegistry } from './passages.ts';

/** Which request it is that a tool is called by. */
export type Caller = Pick<UserContext<object>, 'db' | 'user' | 'request' | 'traceId'>;

export type DirectCall = {
  name: string;
  input: unknown;
  /** Whether the student says yes to exactly this input, where the tool asks first. */
  agrees: (question: string) => boolean | Promise<boolean>;
  onProgress?: (progress: ToolProgress) => void;
};

export const isToolName = (name: string): name is ToolName => Object.hasOwn(tools, name);

const isAdapterName = (name: string): name is keyof typeof adapters => Object.hasOwn(adapters, name);

/** The tools and adapters under one type: each parses what it is given by itself. */
export const toolOf = (name: ToolName | keyof typeof adapters) =>
  (isToolName(name) ? tools[name] : adapters[name].tool) as unknown as DefinedTool<unknown, unknown>;

/** `searchNotes` as people read it: "Search notes". */
export const titleOf = (name: string) =>
  name
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^./, (letter) => letter.toUpperCase());

/** What `GET /api/tools` says of each. */
export const listedTools = () => {
  const names = [...Object.keys(tools).filter(isToolName), ...Object.keys(adapters).filter(isAdapterName)];
  const listed = names.map(async (name) => {
    const { description = '', schemas, asksFirst } = toolOf(name);
    return {
      name,
      title: titleOf(name),
      description: String(description),
      inputSchema: jsonSchemaOf(schemas.input, 'input'),
      kind: isToolName(name) ? 'tool' : 'adapter',
      configured: isToolName(name) || (await adapters[name].isConfigured()),
      asksFirst,
    };
  });
  return Promise.all(listed);
};

/** What a student has to agree to, in the words that will be read. */
function questionOf(input: unknown): string {
  const { message, toUserId } = Object(input);
  return `Send this message to ${String(toUserId)}? “${String(message)}”`;
}

async function requireTokens({ db }: Caller): Promise<void> {
  const { tokens, resetsAt } = await usageToday(db);
  if (tokens.used < tokens.limit) return;
  const retryAfterSeconds = (Date.parse(resetsAt) - Date.now()) / 1000;
  throw new AppError('quota_exceeded', { retryAfterSeconds });
}

/**
 * Calls a tool of the registry outside of a conversation: the same execution, limits, switch and books as within one. Throws
 * what it fails with.
 */
export async function callTool(caller: Caller, call: DirectCall): Promise<object> {
  if (!isToolName(call.name) && !isAdapterName(call.name))
    throw new AppError('not_found', { message: `There is no tool ${call.name}.` });
  if (isAdapterName(call.name) && isEnabled(`adapters.${call.name}.off`))
    throw new AppError('conflict', { message: `${titleOf(call.name)} is turned off on this server.` });
  return runTool(caller, { ...call, tool: toolOf(call.name) });
}

type RunCall = DirectCall & { tool: Runnable };
/** A tool whose input is parsed by itself, whatever it takes. */
type Runnable = Pick<DefinedTool<never, unknown>, 'asksFirst' | 'approval' | 'execute'>;

/** The same for a tool that is at hand, in the registry or not. */
export async function runTool(caller: Caller, call: RunCall): Promise<object> {
  const { db, user, request, traceId } = caller;
  await requireChat(db);
  await enforceTurnLimit(user.id, request);
  await requireTokens(caller);
  const startedAt = performance.now();
  const dependencies = turnDependencies();
  const telemetry = new Telemetry(traceId, dependencies.prices);
  let code: string | undefined;
  try {
    return await run(caller, call, telemetry);
  } catch (error) {
    code = toAppError(error).code;
    throw error;
  } finally {
    await saveTelemetry(db, telemetry.rows());
    const durationMs = Math.round(performance.now() - startedAt);
    await noteAct(db, { action: 'tool', subject: call.name, ...(code && { code }), durationMs }).catch(
      (err) => logger().warn({ err }, 'a call of a tool is not in the record'),
    );
  }
}

async function run(
  { db, user, request, traceId }: Caller,
  { tool: given, input, agrees, onProgress }: RunCall,
  telemetry: Telemetry,
): Promise<object> {
  const profile = await getProfile(db, { userId: user.id });
  const tool = given as unknown as DefinedTool<unknown, unknown>;
  const toolCallId = `direct-${traceId}`;
  const context = contextOfTools(turnDependencies(), {
    userId: user.id,
    db,
    traceId,
    now: new Date(),
    timezone: profile?.timezone ?? 'UTC',
    passages: new PassageRegistry(),
    telemetry,
    threadId: null,
    documentId: null,
    calls: new ToolCalls({ ...(onProgress && { onProgress: (_, progress) => onProgress(progress) }) }),
  });
  if (
    tool.asksFirst &&
    (await tool.approval(input, { toolCallId, toolContext: context })) === 'user-approval'
  ) {
    const question = questionOf(input);
    if (!(await agrees(question))) throw new AppError('approval_needed', { message: question });
  }
  const output = await tool.execute(input, {
    toolCallId,
    messages: [],
    abortSignal: request.signal,
    context,
  });
  if (isToolFailure(output)) throw new AppError(output.code, { message: output.message });
  // Every output is an object by its schema.
  return output as object;
}
