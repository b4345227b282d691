import type { ToolExecutionOptions } from 'ai';
import { expect } from 'vitest';
import { PassageRegistry } from '../../lib/agent/passages.ts';
import { createUserClient, type DatabaseClient } from '../../lib/db/clients.ts';
import type { ErrorCode } from '../../lib/errors.ts';
import { Telemetry } from '../../lib/observability/telemetry.ts';
import type { DefinedTool } from '../../lib/tools/define-tool.ts';
import type { ToolContext } from '../../lib/tools/tool-context.ts';
import { isToolFailure, type ToolFailure } from '../../lib/tools/tool-failure.ts';
import type { TestStudent } from './services.ts';

/** A tool's context with nothing behind it but the given database; what a test needs else it puts in. */
export function toolContext(db: DatabaseClient, change: Partial<ToolContext> = {}): ToolContext {
  return {
    userId: '00000000-0000-4000-8000-000000000001',
    db,
    traceId: 'trace',
    now: new Date('2026-11-20T12:00:00Z'),
    timezone: 'UTC',
    retrieval: { embedQuery: async () => [], denseWeight: 0, embeddingModel: 'none' },
    passages: new PassageRegistry(),
    telemetry: new Telemetry('trace', { inputUsdPerMillion: 0, outputUsdPerMillion: 0 }),
    threadId: null,
    documentId: null,
    generate: async () => {
      throw new Error('This test lets the model write nothing.');
    },
    random: () => 0.5,
    ...change,
  };
}

/** What the loop hands to a tool beside its input. */
export function toolOptions(
  context: ToolContext,
  abortSignal?: AbortSignal,
): ToolExecutionOptions<ToolContext> {
  return { context, toolCallId: 'call', messages: [], ...(abortSignal ? { abortSignal } : {}) };
}

/** The same for a student who is signed in. */
export const optionsFor = ({ id: userId, token }: TestStudent, change: Partial<ToolContext> = {}) =>
  toolOptions(toolContext(createUserClient(token), { userId, ...change }));

/** What a tool gave; throws what it failed with. */
export function succeeded<Output extends object>(output: Output | ToolFailure): Output {
  if (isToolFailure(output)) throw new Error(output.message);
  return output;
}

/** What a tool gives in place of a result: a code, and a sentence that holds these words. */
export const failure = (code: ErrorCode, words = '') => ({
  ok: false,
  code,
  message: expect.stringContaining(words),
});

/** What the model reads of a result. */
export async function told<Input, Output>(tool: DefinedTool<Input, Output>, output: Output): Promise<string> {
  // The input plays no part in it.
  const shown = await tool.toModelOutput?.({ toolCallId: 'call', input: undefined as Input, output });
  return shown && 'value' in shown ? String(shown.value) : '';
}
