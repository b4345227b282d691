import { createOpenAI } from '@ai-sdk/openai';
import { embedMany, generateText, isStepCount, Output, streamText, tool } from 'ai';
import OpenAI, { AuthenticationError, BadRequestError, NotFoundError, RateLimitError } from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startOpenAI } from '../index.ts';
import { searchResult } from '../test-client.ts';
import type { OpenAIServer } from './server.ts';

let server: OpenAIServer;
let client: OpenAI;

beforeAll(async () => {
  server = await startOpenAI({ port: 0, apiKey: 'local' });
  client = new OpenAI({ baseURL: server.url, apiKey: 'local', maxRetries: 0 });
});
afterEach(() => server.faults.clear());
afterAll(() => server.close());

const SEARCH = {
  type: 'function' as const,
  name: 'searchNotes',
  strict: true,
  parameters: {
    type: 'object',
    properties: { query: { type: 'string' }, limit: { type: ['integer', 'null'] } },
    required: ['query', 'limit'],
    additionalProperties: false,
  },
};

describe('the official openai package', () => {
  it('gets a whole response with its usage', async () => {
    const response = await client.responses.create({
      model: 'clerva-study-brain',
      input: 'hello',
      store: false,
    });
    expect(response.output_text).toMatch(/^Hello\b/);
    expect(response.usage?.input_tokens).toBeGreaterThan(0);
    expect(response.usage?.total_tokens).toBe(
      (response.usage?.input_tokens ?? 0) + (response.usage?.output_tokens ?? 0),
    );
  });

  it('gets the same text in deltas, and the deltas join to the whole', async () => {
    const events = await client.responses.create({
      model: 'clerva-study-brain',
      input: 'hello',
      stream: true,
    });
    let text = '';
    const types: string[] = [];
    for await (const event of events) {
      types.push(event.type);
      if (event.type === 'response.output_text.delta') text += event.delta;
      if (event.type === 'response.completed') expect(event.response.output_text).toBe(text);
    }
    expect(types[0]).toBe('response.created');
    expect(types.at(-1)).toBe('response.completed');
  });

  it('gets tool calls, on responses and on chat', async () => {
    const response = await client.responses.create({
      model: 'clerva-study-brain',
      input: 'What is osmosis?',
      tools: [SEARCH],
    });
    expect(response.output[0]).toMatchObject({ type: 'function_call', name: 'searchNotes' });
    const { name, parameters, strict } = SEARCH;
    const chat = await client.chat.completions.create({
      model: 'clerva-study-brain',
      messages: [{ role: 'user', content: 'What is osmosis?' }],
      tools: [{ type: 'function', function: { name, parameters, strict } }],
    });
    expect(chat.choices[0]?.finish_reason).toBe('tool_calls');
    expect(chat.choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: { name: 'searchNotes' } });
  });

  it('continues a stored response by its id, and refers to stored items', async () => {
    const first = await client.responses.create({
      model: 'clerva-study-brain',
      input: 'What is osmosis?',
      tools: [SEARCH],
    });
    const [call] = first.output;
    if (call?.type !== 'function_call') throw new Error('no call');
    const output = searchResult(['Osmosis is the movement of water through a membrane.']);
    const next = await client.responses.create({
      model: 'clerva-study-brain',
      previous_response_id: first.id,
      tools: [SEARCH],
      input: [{ type: 'function_call_output', call_id: call.call_id, output }],
    });
    expect(next.output_text).toBe('Osmosis is the movement of water through a membrane. [1]');
    const items = [
      { role: 'user' as const, content: 'hi' },
      { type: 'item_reference' as const, id: next.output[0]?.id ?? '' },
    ];
    await expect(
      client.responses.create({ model: 'clerva-study-brain', input: items }),
    ).resolves.toBeDefined();
    const unknown = [{ type: 'item_reference' as const, id: 'msg_unknown' }];
    await expect(client.responses.create({ model: 'clerva-study-brain', input: unknown })).rejects.toThrow(
      NotFoundError,
    );
  });

  it('is refused with a wrong key and without one', async () => {
    const stranger = new OpenAI({ baseURL: server.url, apiKey: 'wrong', maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toThrow(AuthenticationError);
    expect((await fetch(`${server.url}/models`)).status).toBe(401);
  });

  it('is told which field of a request is wrong', async () => {
    const body = { input: 'x' } as unknown as OpenAI.Responses.ResponseCreateParamsNonStreaming;
    await expect(client.responses.create(body)).rejects.toMatchObject({ status: 400, param: 'model' });
    const broken = await fetch(`${server.url}/responses`, {
      method: 'POST',
      headers: { authorization: 'Bearer local' },
      body: '{"model":',
    });
    expect(broken.status).toBe(400);
  });

  it('is refused a strict schema that the paid API would refuse', async () => {
    const parameters = {
      type: 'object',
      properties: { a: { type: 'string' } },
      required: [],
      additionalProperties: false,
    };
    const request = client.responses.create({
      model: 'clerva-study-brain',
      input: 'x',
      tools: [{ ...SEARCH, parameters }],
    });
    await expect(request).rejects.toMatchObject({ status: 400, code: 'invalid_function_parameters' });
    const format = {
      type: 'json_schema' as const,
      name: 'out',
      strict: true,
      schema: { type: 'object', properties: {} },
    };
    await expect(
      client.responses.create({ model: 'clerva-study-brain', input: 'x', text: { format } }),
    ).rejects.toThrow(BadRequestError);
  });

  it('embeds as floats and as base64, to the same unit vectors, in any length', async () => {
    const input = ['membrane transport', '光合作用は葉緑体で行われる'];
    const floats = await client.embeddings.create({
      model: 'clerva-lexical-1536',
      input,
      encoding_format: 'float',
    });
    const packed = await client.embeddings.create({ model: 'clerva-lexical-1536', input });
    for (const [i, { embedding }] of floats.data.entries()) {
      expect(embedding).toHaveLength(1536);
      expect(Math.hypot(...embedding)).toBeCloseTo(1, 4);
      expect(packed.data[i]?.embedding[7]).toBeCloseTo(embedding[7] ?? Number.NaN, 6);
    }
    const short = await client.embeddings.create({
      model: 'clerva-lexical-1536',
      input: 'x',
      dimensions: 256,
      encoding_format: 'float',
    });
    expect(short.data[0]?.embedding).toHaveLength(256);
  });

  it('is held to the limits of embeddings', async () => {
    const create = (input: string | string[]) =>
      client.embeddings.create({ model: 'clerva-lexical-1536', input });
    await expect(create([])).rejects.toThrow(BadRequestError);
    await expect(create('')).rejects.toThrow(BadRequestError);
    await expect(create(Array.from({ length: 2049 }, () => 'a'))).rejects.toThrow(/2048/);
    await expect(create('a'.repeat(40_000))).rejects.toThrow(/maximum context length/);
    const many = Array.from({ length: 40 }, () => 'a'.repeat(32_000));
    await expect(create(many)).rejects.toMatchObject({ code: 'max_tokens_per_request' });
  });

  it('moderates, lists models, and says plainly that it cannot hear', async () => {
    const { results } = await client.moderations.create({
      input: ['I want to kill myself', 'The war killed many.'],
    });
    expect(results.map((result) => result.flagged)).toEqual([true, false]);
    const models = await client.models.list();
    expect(models.data.map((model) => model.id)).toContain('clerva-study-brain');
    expect((await client.models.retrieve('clerva-study-brain')).object).toBe('model');
    await expect(client.responses.create({ model: 'gpt-0', input: 'hello' })).rejects.toThrow(NotFoundError);
    await expect(client.embeddings.create({ model: 'gpt-0', input: 'hello' })).rejects.toThrow(NotFoundError);
    await expect(client.models.retrieve('none')).rejects.toThrow(NotFoundError);
    const file = new File([new Uint8Array(8)], 'talk.mp3');
    await expect(client.audio.transcriptions.create({ model: 'clerva-study-brain', file })).rejects.toThrow(
      /cannot hear/,
    );
  });
});

describe('ordered faults', () => {
  it('answer with a status, a code and a time to wait, as often as ordered', async () => {
    server.faults.add({ status: 429, code: 'rate_limit_exceeded', retryAfterSeconds: 2 });
    const failed = client.responses.create({ model: 'clerva-study-brain', input: 'hello' });
    await expect(failed).rejects.toThrow(RateLimitError);
    await failed.catch((error: unknown) => {
      if (error instanceof RateLimitError) expect(error.headers?.get('retry-after')).toBe('2');
    });
    await expect(
      client.responses.create({ model: 'clerva-study-brain', input: 'hello' }),
    ).resolves.toBeDefined();
  });

  it('can be ordered for one request by header, and over HTTP', async () => {
    const headers = { 'x-clerva-fault': JSON.stringify({ refusal: 'No.' }) };
    const response = await client.responses.create(
      { model: 'clerva-study-brain', input: 'hello' },
      { headers },
    );
    expect(response.output[0]).toMatchObject({ content: [{ type: 'refusal', refusal: 'No.' }] });
    const order = await fetch(`${server.url.replace('/v1', '')}/dev/faults`, {
      method: 'POST',
      headers: { authorization: 'Bearer local' },
      body: JSON.stringify({ truncated: true, path: '/responses' }),
    });
    expect(order.status).toBe(200);
    const cut = await client.responses.create({ model: 'clerva-study-brain', input: 'hello' });
    expect(cut).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } });
  });

  it('cut an answer as a filter of content does, in both APIs', async () => {
    server.faults.add({ filtered: true, times: 2 });
    const model = 'clerva-study-brain';
    const cut = await client.responses.create({ model, input: 'hello' });
    expect(cut).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'content_filter' } });
    const chat = await client.chat.completions.create({
      model,
      messages: [{ role: 'user', content: 'hello' }],
    });
    expect(chat.choices[0]?.finish_reason).toBe('content_filter');
  });

  it('drop the connection in the middle of a stream', async () => {
    server.faults.add({ dropAfterEvents: 6 });
    const events = await client.responses.create({
      model: 'clerva-study-brain',
      input: 'hello',
      stream: true,
    });
    const read = async () => {
      for await (const event of events) if (event.type === 'response.completed') return 'completed';
      return 'ended';
    };
    await expect(read()).rejects.toThrow();
  });

  it('meet only streams about what was ordered', async () => {
    server.faults.add({ status: 429, streamAbout: 'osmosis' });
    const model = 'clerva-study-brain';
    await expect(client.responses.create({ model, input: 'About osmosis' })).resolves.toBeDefined();
    const stream = (input: string) => client.responses.create({ model, input, stream: true });
    await expect(stream('About tides')).resolves.toBeDefined();
    await expect(stream('About osmosis')).rejects.toThrow(RateLimitError);
  });

  it('slow a stream down, and the reader leaving stops it', async () => {
    server.faults.add({ delayMs: 60_000 });
    const stop = new AbortController();
    const events = await client.responses.create(
      { model: 'clerva-study-brain', input: 'hello', stream: true },
      { signal: stop.signal },
    );
    for await (const event of events) if (event.type === 'response.content_part.added') stop.abort();
    const closing = server.close();
    await expect(closing).resolves.toBeUndefined();
    server = await startOpenAI({ port: 0, apiKey: 'local' });
    client = new OpenAI({ baseURL: server.url, apiKey: 'local', maxRetries: 0 });
  });
});

it('says which port is taken', async () => {
  const port = Number(new URL(server.url).port);
  await expect(startOpenAI({ port })).rejects.toThrow(`Port ${port}`);
});

describe.each(['responses', 'chat'] as const)('the AI SDK on %s', (api) => {
  const model = () => createOpenAI({ baseURL: server.url, apiKey: 'local' })[api]('clerva-study-brain');
  const providerOptions = { openai: { store: false } };

  it('streams a cited answer after running the tool the brain asked for', async () => {
    const queries: string[] = [];
    const searchNotes = tool({
      strict: true,
      inputSchema: z.object({ query: z.string().min(1), limit: z.int().nullable() }),
      execute: async ({ query }) => {
        queries.push(query);
        return searchResult(['The Calvin cycle needs ATP to fix carbon. It runs in the stroma.']);
      },
      toModelOutput: ({ output }) => ({ type: 'text', value: output }),
    });
    const result = streamText({
      model: model(),
      tools: { searchNotes },
      stopWhen: isStepCount(4),
      prompt: 'why does the Calvin cycle need ATP?',
      providerOptions,
    });
    let text = '';
    for await (const part of result.textStream) text += part;
    expect(queries).toEqual(['why does the Calvin cycle need ATP']);
    expect(text).toContain('The Calvin cycle needs ATP to fix carbon. [1]');
    expect((await result.usage).totalTokens).toBeGreaterThan(0);
  });

  it('fills a strict schema', async () => {
    const schema = z.object({
      title: z.string().min(3).max(40),
      level: z.enum(['easy', 'hard']),
      points: z.array(z.object({ text: z.string(), minutes: z.int().min(5).max(60) })).min(2),
      note: z.string().nullable(),
    });
    const { output } = await generateText({
      model: model(),
      output: Output.object({ schema }),
      prompt: 'Cells divide by mitosis. Each daughter cell gets the same chromosomes.',
      providerOptions,
    });
    expect(schema.safeParse(output).success).toBe(true);
  });
});

it('embeds many values through the AI SDK', async () => {
  const openai = createOpenAI({ baseURL: server.url, apiKey: 'local' });
  const values = Array.from({ length: 30 }, (_, i) => `value ${i} about cells`);
  const { embeddings, usage } = await embedMany({ model: openai.embedding('clerva-lexical-1536'), values });
  expect(embeddings).toHaveLength(30);
  expect(usage.tokens).toBeGreaterThan(0);
});
