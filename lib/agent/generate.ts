import { generateText, jsonSchema, NoObjectGeneratedError, Output, streamText } from 'ai';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { modelFault } from '../model-faults.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import { isEnabled } from '../operations/flags.ts';
import { Mask } from '../privacy/mask.ts';
import { strictJsonSchema } from '../tools/strict-schema.ts';
import type { Generate, GenerateRequest, Look, ToolContext } from '../tools/tool-context.ts';
import { lookAt } from './look.ts';
import { meteredModel } from './metered-model.ts';
import { type ChatModel, MAX_RETRIES, PROVIDER_OPTIONS } from './model.ts';

export type Vision = { model: ChatModel; modelId: string; baseUrl: string };

/** Pictures as tools show them to a model; nothing is sent while adapters run dry. */
const lookBy =
  (vision: Vision & { telemetry: Telemetry }): Look =>
  async (request) => {
    const { bytes, mediaType } = request.picture;
    const body = `${mediaType}, ${bytes.length} bytes, for ${vision.modelId}`;
    return isEnabled('adapters.dry_run')
      ? { text: '', dryRun: { method: 'POST', url: vision.baseUrl, headers: ['authorization'], body } }
      : { text: await lookAt(vision, request), dryRun: null };
  };

/** What the tools of one turn know, with the model to write for them. */
export const contextOfTools = (
  dependencies: {
    model: ChatModel;
    modelId: string;
    retrieval: ToolContext['retrieval'];
    vision?: Vision | null | undefined;
  },
  { mask, ...given }: Omit<ToolContext, 'retrieval' | 'generate' | 'random'> & { mask?: Mask },
): ToolContext => ({
  ...given,
  retrieval: { ...dependencies.retrieval, threadId: given.threadId },
  generate: createGenerate({ ...dependencies, telemetry: given.telemetry, mask }),
  look: dependencies.vision ? lookBy({ ...dependencies.vision, telemetry: given.telemetry }) : undefined,
  random: Math.random,
});

/** Structured output for the tools of a turn: parsed by the tool's own schema, counted with the turn's other calls. */
export function createGenerate(dependencies: {
  model: ChatModel;
  modelId: string;
  telemetry: Telemetry;
  /** That of the thread; what belongs to none has one for each call. */
  mask?: Mask | undefined;
}): Generate {
  const { model, modelId, telemetry, mask } = dependencies;

  return async <Schema extends z.ZodObject>(request: GenerateRequest<Schema>) => {
    const { name, schema, instructions, prompt, signal, onPartial } = request;
    let failure: unknown;
    try {
      const books = { telemetry, modelId, mask: mask ?? new Mask(), metadata: { output: name } };
      const asked = {
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
      };
      if (!onPartial) return (await generateText({ model: meteredModel(model, books), ...asked })).output;
      const onError = ({ error }: { error: unknown }) => {
        failure = error;
      };
      const written = streamText({ model: meteredModel(model, books), ...asked, onError });
      for await (const partial of written.partialOutputStream) onPartial(partial);
      return await written.output;
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      // A stream that broke says only that nothing came of it; why was told before.
      const error = failure ?? thrown;
      const isRefusal = NoObjectGeneratedError.isInstance(error) && error.finishReason === 'content-filter';
      throw isRefusal ? new AppError('model_refused', { cause: error }) : modelFault(error);
    }
  };
}
