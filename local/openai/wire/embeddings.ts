import type { CreateEmbeddingResponse } from 'openai/resources/embeddings';
import { ApiError } from './api-error.ts';
import type { EmbeddingsRequest } from './requests.ts';
import { countTokens } from './tokens.ts';
import type { Brain } from './types.ts';

const EMBEDDING_LIMITS = {
  inputs: 2048,
  tokensPerInput: 8192,
  tokensPerRequest: 300_000,
  dimensions: 1536,
};

export function createEmbeddings(request: EmbeddingsRequest, brain: Brain): CreateEmbeddingResponse {
  const texts = readInputs(request);
  const tokens = texts.map(countTokens);
  const total = tokens.reduce((sum, count) => sum + count, 0);
  const tooLong = tokens.find((count) => count > EMBEDDING_LIMITS.tokensPerInput);
  if (tooLong !== undefined)
    throw new ApiError(
      400,
      `This model's maximum context length is ${EMBEDDING_LIMITS.tokensPerInput} tokens, however you requested ${tooLong} tokens. Please reduce your prompt.`,
      { param: 'input' },
    );
  if (total > EMBEDDING_LIMITS.tokensPerRequest)
    throw new ApiError(
      400,
      `Requested ${total} tokens, max ${EMBEDDING_LIMITS.tokensPerRequest} tokens per request.`,
      { code: 'max_tokens_per_request', param: 'input' },
    );
  const dimensions = request.dimensions ?? EMBEDDING_LIMITS.dimensions;
  if (dimensions > EMBEDDING_LIMITS.dimensions)
    throw new ApiError(400, `Invalid value for 'dimensions' = ${dimensions}. Must be at most 1536.`, {
      param: 'dimensions',
    });
  const data = texts.map((text, index) => {
    const vector = shorten(brain.embed(text), dimensions);
    // The official type says number[]; with base64 the wire carries a string, which the SDKs decode themselves.
    const embedding = request.encoding_format === 'base64' ? (base64(vector) as unknown as number[]) : vector;
    return { object: 'embedding' as const, index, embedding };
  });
  return { object: 'list', model: request.model, data, usage: { prompt_tokens: total, total_tokens: total } };
}

function readInputs(request: EmbeddingsRequest): string[] {
  const inputs = typeof request.input === 'string' ? [request.input] : request.input;
  if (inputs.length === 0 || inputs.length > EMBEDDING_LIMITS.inputs)
    throw new ApiError(
      400,
      `Invalid 'input': expected an array of 1 to ${EMBEDDING_LIMITS.inputs} elements, but got ${inputs.length}.`,
      { code: inputs.length === 0 ? 'empty_array' : 'array_above_max_length', param: 'input' },
    );
  return inputs.map((input) => {
    if (typeof input !== 'string')
      throw new ApiError(400, 'The local model takes text, not token numbers.', { param: 'input' });
    if (input.length === 0)
      throw new ApiError(400, "'$.input' is invalid: it must not be empty.", { param: 'input' });
    return input;
  });
}

/** Fewer dimensions are a beginning of the vector, brought back to length one, as the official API does it. */
function shorten(vector: number[], dimensions: number): number[] {
  if (dimensions >= vector.length) return vector;
  const kept = vector.slice(0, dimensions);
  const length = Math.sqrt(kept.reduce((sum, x) => sum + x * x, 0));
  return length > 0 ? kept.map((x) => x / length) : kept.map((_, i) => (i === 0 ? 1 : 0));
}

function base64(vector: number[]): string {
  return Buffer.from(new Float32Array(vector).buffer).toString('base64');
}
