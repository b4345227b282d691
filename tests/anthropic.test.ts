import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createGenerate } from '../lib/agent/generate.ts';
import { messageText } from '../lib/agent/messages.ts';
import { createChatModel, listedModels } from '../lib/agent/model.ts';
import type { TurnSettings } from '../lib/domain/turn.ts';
import type { ErrorCode } from '../lib/errors.ts';
import { Telemetry } from '../lib/observability/telemetry.ts';
import { type Behaviour, startReplayServer, type Wire } from './setup/replay-server.ts';
import { turnWith } from './setup/wire-turn.ts';

let server: Awaited<ReturnType<typeof startReplayServer>>;
beforeAll(async () => {
  server = await startReplayServer();
});
afterAll(() => server.close());

const environment = () => ({
  OPENAI_API_KEY: 'none',
  OPENAI_CHAT_MODEL: 'none',
  OPENAI_MAX_TOKENS: 1_000,
  hasOpenAI: false,
  ANTHROPIC_API_KEY: 'sk-ant',
  // Without a version, as people know it.
  ANTHROPIC_BASE_URL: server.url.replace(/\/v1$/, ''),
  ANTHROPIC_CHAT_MODEL: 'claude-sonnet-5-5',
});

async function ask(behaviour: Behaviour, settings: TurnSettings = {}) {
  server.behaves(behaviour);
  return { ...(await turnWith(createChatModel(environment()), { settings })), calls: server.requests() };
}

type Block = { text: string } | { tool: string; input: unknown } | { thinking: string };

const event = (wire: Wire, type: string, fields: object = {}) =>
  wire.raw(`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`);

function start(wire: Wire) {
  const usage = {
    input_tokens: 90,
    cache_read_input_tokens: 10,
    cache_creation_input_tokens: 0,
    output_tokens: 1,
  };
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], usage };
  return event(wire, 'message_start', { message: { ...message, stop_reason: null, stop_sequence: null } });
}

function block(wire: Wire, index: number, given: Block) {
  const open = (content_block: object) => event(wire, 'content_block_start', { index, content_block });
  const delta = (fields: object) => event(wire, 'content_block_delta', { index, delta: fields });
  if ('text' in given) {
    open({ type: 'text', text: '' });
    for (const piece of given.text.match(/.{1,7}/gs) ?? []) delta({ type: 'text_delta', text: piece });
  } else if ('thinking' in given) {
    open({ type: 'thinking', thinking: '', signature: '' });
    delta({ type: 'thinking_delta', thinking: given.thinking });
    delta({ type: 'signature_delta', signature: 'signed' });
  } else {
    open({ type: 'tool_use', id: `toolu_${index}`, name: given.tool, input: {} });
    const json = JSON.stringify(given.input);
    delta({ type: 'input_json_delta', partial_json: json.slice(0, 5) });
    delta({ type: 'input_json_delta', partial_json: json.slice(5) });
  }
  event(wire, 'content_block_stop', { index });
}

/** A whole message on the wire, as the Messages API streams it. */
function says(wire: Wire, stop_reason: string, ...blocks: Block[]): void {
  start(wire);
  event(wire, 'ping');
  for (const [index, given] of blocks.entries()) block(wire, index, given);
  event(wire, 'message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 20 } });
  event(wire, 'message_stop').end();
}

const fails = (wire: Wire, status: number, type: string, message: string) =>
  wire.json(status, { type: 'error', error: { type, message }, request_id: 'req_1' });
const search: Block = { tool: 'searchNotes', input: { query: 'working memory' } };
const cited: Block = { text: 'Working memory holds about four items [1].' };

describe('a turn over the Messages API', () => {
  test('searches, answers with a proven citation, and counts what it used', async () => {
    const outcome = await ask((wire, call) =>
      call === 0
        ? says(wire, 'tool_use', { thinking: 'Look first.' }, search)
        : says(wire, 'end_turn', cited),
    );
    expect(outcome.error).toBeNull();
    expect(messageText(outcome.message.parts)).toBe('Working memory holds about four items [1].');
    expect(outcome.shown?.parts).toContainEqual(
      expect.objectContaining({
        type: 'data-citation',
        data: expect.objectContaining({ verdict: 'verified' }),
      }),
    );
    expect(outcome.metadata).toMatchObject({
      status: 'done',
      model: 'claude-sonnet-5-5',
      usage: { inputTokens: 200, outputTokens: 40 },
    });
    const [first, second] = outcome.calls;
    expect(first?.path).toBe('/v1/messages');
    expect(first?.body).toMatchObject({ model: 'claude-sonnet-5-5', stream: true, max_tokens: 1_000 });
    expect(JSON.stringify(first?.body)).toContain('ephemeral');
    // What the tool brought goes back under the id of its call.
    expect(JSON.stringify(second?.body.messages)).toMatch(/tool_result.*toolu_1|toolu_1.*tool_result/);
  });

  test('is given what was chosen, and keeps the orders in its system text', async () => {
    const { calls } = await ask((wire) => says(wire, 'end_turn', cited), {
      tools: ['generateQuiz'],
      system: 'Be brief.',
    });
    const body = calls[0]?.body;
    expect(JSON.stringify(body?.tools)).toContain('generateQuiz');
    expect(JSON.stringify(body?.tools)).not.toContain('searchNotes');
    expect(JSON.stringify(body?.system)).toContain('Be brief.');
  });

  const overloaded: Behaviour = (wire) => fails(wire, 529, 'overloaded_error', 'Overloaded');
  type Row = [name: string, behaviour: Behaviour, code: ErrorCode | null, says: RegExp, calls: number];
  test.each<Row>([
    ['one that is too busy twice', overloaded, 'model_rate_limited', /busy/, 2],
    [
      'one that is too busy once',
      (wire, call) =>
        call === 0 ? overloaded(wire, call, { path: '', body: {} }) : says(wire, 'end_turn', cited),
      null,
      /four items/,
      2,
    ],
    [
      'too many calls',
      (wire) =>
        wire.json(
          429,
          { type: 'error', error: { type: 'rate_limit_error', message: 'x' } },
          { 'retry-after': '90', 'retry-after-ms': '90000' },
        ),
      'model_rate_limited',
      /90 seconds/,
      1,
    ],
    [
      'a key that does not hold',
      (wire) => fails(wire, 401, 'authentication_error', 'invalid x-api-key'),
      'model_unauthorized',
      /ANTHROPIC_API_KEY/,
      1,
    ],
    [
      'a key without the right',
      (wire) => fails(wire, 403, 'permission_error', 'no'),
      'model_unauthorized',
      /ANTHROPIC_API_KEY/,
      1,
    ],
    [
      'a model that does not exist',
      (wire) => fails(wire, 404, 'not_found_error', 'model: claude-0'),
      'model_not_found',
      /ANTHROPIC_CHAT_MODEL\.$/,
      1,
    ],
    [
      'an account that is used up',
      (wire) =>
        fails(
          wire,
          400,
          'invalid_request_error',
          'Your credit balance is too low to access the Anthropic API.',
        ),
      'model_quota',
      /top it up/,
      1,
    ],
    [
      'a bill that is not paid',
      (wire) => fails(wire, 402, 'billing_error', 'Pay.'),
      'model_quota',
      /top it up/,
      1,
    ],
    [
      'a conversation too long',
      (wire) =>
        fails(wire, 400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
      'model_too_long',
      /more than the model/,
      1,
    ],
    [
      'a request too large',
      (wire) => fails(wire, 413, 'request_too_large', 'Request exceeds the maximum size'),
      'model_too_long',
      /more than the model/,
      1,
    ],
    [
      'an order it does not take',
      (wire) => fails(wire, 400, 'invalid_request_error', 'tools.0: bad'),
      'model_misconfigured',
      /doctor/,
      1,
    ],
    [
      'a refusal',
      (wire) => says(wire, 'refusal', { text: 'I cannot help with that.' }),
      'model_refused',
      /declined/,
      1,
    ],
    [
      'one that gives out in the middle',
      (wire) => {
        start(wire);
        event(wire, 'content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
        event(wire, 'content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'Half an' } });
        event(wire, 'error', { error: { type: 'overloaded_error', message: 'Overloaded' } }).end();
      },
      'model_rate_limited',
      /busy/,
      1,
    ],
    [
      'a connection that is cut',
      (wire) => {
        start(wire);
        block(wire, 0, { text: 'Half an answer' });
        wire.cut();
      },
      'model_interrupted',
      /broke off/,
      1,
    ],
  ])('is told in words: %s', async (_name, behaviour, code, words, calls) => {
    const outcome = await ask(behaviour);
    expect(outcome.error?.code ?? null).toBe(code);
    expect(outcome.error?.message ?? messageText(outcome.message.parts)).toMatch(words);
    expect(outcome.calls).toHaveLength(calls);
    expect(JSON.stringify(outcome.chunks)).not.toContain('sk-ant');
  });

  test('that reached its length limit says so', async () => {
    const { message, error } = await ask((wire) => says(wire, 'max_tokens', { text: 'A long answer' }));
    expect(error).toBeNull();
    expect(JSON.stringify(message.parts)).toContain('cut_short');
  });

  test('writes what a tool asks for in the shape it asks for', async () => {
    const word = { word: 'memory' };
    server.behaves((wire, _call, { body }) => {
      const isTool = JSON.stringify(body.tools ?? []).includes('json');
      const content = isTool
        ? [{ type: 'tool_use', id: 'toolu_1', name: 'json', input: word }]
        : [{ type: 'text', text: JSON.stringify(word) }];
      const usage = { input_tokens: 10, output_tokens: 5 };
      const whole = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content, usage };
      wire.json(200, { ...whole, stop_reason: isTool ? 'tool_use' : 'end_turn', stop_sequence: null });
    });
    const telemetry = new Telemetry('trace', { inputUsdPerMillion: 0, outputUsdPerMillion: 0 });
    const generate = createGenerate({ ...createChatModel(environment()), telemetry });
    const made = await generate({
      name: 'word',
      schema: z.object({ word: z.string() }),
      instructions: 'One word.',
      prompt: 'Which?',
      signal: AbortSignal.timeout(5_000),
    });
    expect(made).toEqual(word);
  });
});

describe('the list of models', () => {
  const both = {
    OPENAI_API_KEY: 'k',
    OPENAI_CHAT_MODEL: 'gpt-6-luna, gpt-6-sol',
    ANTHROPIC_API_KEY: 'k',
    ANTHROPIC_CHAT_MODEL: 'claude-sonnet-5-5',
  };
  const ids = (env: Parameters<typeof listedModels>[0]) => listedModels(env).map(({ id }) => id);

  test('holds what is configured, with one that answers by itself', () => {
    expect(listedModels(both)).toEqual([
      { id: 'gpt-6-luna', provider: 'openai', name: 'GPT-6 Luna', default: true },
      { id: 'gpt-6-sol', provider: 'openai', name: 'GPT-6 Sol', default: false },
      { id: 'claude-sonnet-5-5', provider: 'anthropic', name: 'Claude Sonnet 5.5', default: false },
    ]);
    expect(ids({ ...both, CHAT_PROVIDER: 'anthropic' })[0]).toBe('claude-sonnet-5-5');
    expect(ids({ ...both, hasOpenAI: false })).toEqual(['claude-sonnet-5-5']);
    expect(ids({ ...both, ANTHROPIC_API_KEY: undefined })).toEqual(['gpt-6-luna', 'gpt-6-sol']);
  });

  test('knows which of them see pictures', () => {
    const sees = (id: string, VISION_MODELS?: string) =>
      createChatModel({ ...both, OPENAI_CHAT_MODEL: id, VISION_MODELS }, id).sees;
    expect(['gpt-6-luna', 'claude-sonnet-5-5', 'qwen2.5-vl:7b'].map((id) => sees(id))).toEqual([
      true,
      true,
      true,
    ]);
    expect(sees('clerva-study-brain')).toBe(false);
    expect(sees('my-own', 'other, my-own')).toBe(true);
  });
});
