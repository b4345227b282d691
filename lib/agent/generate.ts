import { generateText, jsonSchema, type LanguageModel, NoObjectGeneratedError, Output } from 'ai';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import { strictJsonSchema } from '../tools/strict-schema.ts';
import type { Generate, GenerateRequest, ToolContext } from '../tools/tool-context.ts';
import { modelError, PROVIDER_OPTIONS } from './model.ts';

const MAX_RETRIES = 1;

/** What the tools of one turn know, with the model to write for them. */
export const contextOfTools = (
  dependencies: { model: LanguageModel; modelId: string; retrieval: ToolContext['retrieval'] },
  given: Omit<ToolContext, 'retrieval' | 'generate' | 'random'>,
): ToolContext => ({
  ...given,
  retrieval: dependencies.retrieval,
  generate: createGenerate({ ...dependencies, telemetry: given.telemetry }),
  random: Math.random,
});

/** Structured output for the tools of a turn: parsed by the tool's own schema, counted with the turn's other calls. */
export function createGenerate(dependencies: {
  model: LanguageModel;
  modelId: string;
  telemetry: Telemetry;
}): Generate {
  const { model, modelId, telemetry } = dependencies;

  return async <Schema extends z.ZodObject>(request: GenerateRequest<Schema>) => {
    const { name, schema, instructions, prompt, signal } = request;
    const startedAt = performance.now();
    const record = (
      ok: boolean,
      usage?: { inputTokens?: number | undefined; outputTokens?: number | undefined },
    ) =>
      telemetry.record({
        eventType: 'llm_call',
        model: modelId,
        latencyMs: performance.now() - startedAt,
        inputTokens: usage?.inputTokens ?? 0,
        outputTokens: usage?.outputTokens ?? 0,
        ok,
        metadata: { output: name },
      });
    try {
      const { output, usage } = await generateText({
        model,
        instructions,
        prompt,
        output: Output.object({
          name,
          schema: jsonSchema<z.output<Schema>>(strictJsonSchema(schema), {
            validate: (value) => {
              const parsed = schema.safeParse(value);
              return parsed.success
                ? { success: true, value: parsed.data }
                : { success: false, error: parsed.error };
            },
          }),
        }),
        maxRetries: MAX_RETRIES,
        abortSignal: signal,
        providerOptions: PROVIDER_OPTIONS,
        telemetry: { functionId: `clerva-${name}`, recordInputs: false, recordOutputs: false },
      });
      record(true, usage);
      return output;
    } catch (error) {
      if (signal.aborted) throw error;
      record(false, NoObjectGeneratedError.isInstance(error) ? error.usage : undefined);
      if (NoObjectGeneratedError.isInstance(error)) {
        throw new AppError('model_unavailable', {
          cause: error,
          message: 'The model’s answer was not usable. Try again.',
        });
      }
      throw modelError(error);
    }
  };
}
