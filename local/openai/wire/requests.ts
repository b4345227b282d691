import { z } from 'zod';
import { ApiError, missingParameter } from './api-error.ts';
import type { JsonSchema } from './types.ts';

/** A schema's inside is checked by the strict rules and the validator, not here; anything that is an object may pass. */
const jsonSchema = z.record(z.string(), z.unknown()).transform((value) => value as JsonSchema);

const contentPart = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  refusal: z.string().optional(),
});
const content = z.union([z.string(), z.array(contentPart)]);
type Content = z.infer<typeof content>;

const functionChoice = z.union([
  z.looseObject({ type: z.literal('function'), name: z.string() }),
  z
    .looseObject({ type: z.literal('function'), function: z.object({ name: z.string() }) })
    .transform((choice) => ({ type: choice.type, name: choice.function.name })),
]);
const toolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  functionChoice,
  z.looseObject({ type: z.string() }).transform((): 'auto' => 'auto'),
]);

const inputItem = z.looseObject({
  type: z.string().optional(),
  id: z.string().nullish(),
  role: z.enum(['user', 'assistant', 'system', 'developer']).optional(),
  content: content.nullish(),
  call_id: z.string().optional(),
  name: z.string().optional(),
  arguments: z.string().optional(),
  output: content.optional(),
});
export type InputItem = z.infer<typeof inputItem>;

const responseTool = z.looseObject({
  type: z.string(),
  name: z.string().optional(),
  description: z.string().nullish(),
  parameters: jsonSchema.nullish(),
  strict: z.boolean().nullish(),
});

export const responsesRequest = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(inputItem)]),
  instructions: z.string().nullish(),
  tools: z.array(responseTool).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  text: z
    .looseObject({
      format: z
        .looseObject({
          type: z.enum(['text', 'json_schema', 'json_object']),
          name: z.string().optional(),
          schema: jsonSchema.optional(),
          strict: z.boolean().nullish(),
        })
        .optional(),
    })
    .nullish(),
  max_output_tokens: z.int().min(16).nullish(),
  previous_response_id: z.string().nullish(),
  store: z.boolean().nullish(),
  stream: z.boolean().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
});
export type ResponsesRequest = z.infer<typeof responsesRequest>;

const chatMessage = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: content.nullish(),
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(
      z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string(), arguments: z.string() }) }),
    )
    .nullish(),
});

export const chatRequest = z.looseObject({
  model: z.string(),
  messages: z.array(chatMessage).min(1),
  tools: z
    .array(
      z.looseObject({
        type: z.string(),
        function: z
          .looseObject({
            name: z.string(),
            description: z.string().nullish(),
            parameters: jsonSchema.nullish(),
            strict: z.boolean().nullish(),
          })
          .optional(),
      }),
    )
    .nullish(),
  tool_choice: toolChoice.nullish(),
  response_format: z
    .looseObject({
      type: z.enum(['text', 'json_schema', 'json_object']),
      json_schema: z
        .looseObject({ name: z.string(), schema: jsonSchema.optional(), strict: z.boolean().nullish() })
        .optional(),
    })
    .nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  max_tokens: z.int().min(1).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1).nullish(),
});
export type ChatRequest = z.infer<typeof chatRequest>;

export const embeddingsRequest = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(z.union([z.string(), z.number(), z.array(z.number())]))]),
  dimensions: z.int().min(1).optional(),
  encoding_format: z.enum(['float', 'base64']).optional(),
});
export type EmbeddingsRequest = z.infer<typeof embeddingsRequest>;

export const moderationsRequest = z.looseObject({
  model: z.string().optional(),
  input: z.union([z.string(), z.array(z.union([z.string(), contentPart]))]),
});
export type ModerationsRequest = z.infer<typeof moderationsRequest>;

/** Parses a body or answers 400 naming the first field that is wrong. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const param = issue?.path.map(String).join('.') ?? '';
  const missing =
    issue?.code === 'invalid_type' && issue.input === undefined && /undefined/.test(issue.message);
  if (missing) throw missingParameter(param);
  throw new ApiError(400, `Invalid value for '${param}': ${issue?.message ?? 'it could not be read.'}`, {
    code: 'invalid_value',
    param,
  });
}

/** The words of a message; pictures and files in it are not read. */
export function textOf(parts: Content | null | undefined): string {
  if (typeof parts === 'string') return parts;
  return (parts ?? []).map((part) => part.text ?? part.refusal ?? '').join('');
}
