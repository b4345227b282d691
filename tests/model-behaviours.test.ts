import { uiMessageChunkSchema } from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClervaChunk, messageText } from '../lib/agent/messages.ts';
import { CALL_BOUNDS } from '../lib/agent/metered-model.ts';
import { createChatModel } from '../lib/agent/model.ts';
import { ERRORS, type ErrorCode } from '../lib/errors.ts';
import { type Behaviour, startReplayServer, USAGE, type Wire } from './setup/replay-server.ts';
import { turnWith } from './setup/wire-turn.ts';

type Server = Awaited<ReturnType<typeof startReplayServer>>;
let server: Server;
beforeAll(async () => {
  server = await startReplayServer();
});
afterAll(() => server.close());

type Outcome = Awaited<ReturnType<typeof ask>>;

/** A turn against the server, with everything that a page, the store and the books get of it. */
async function ask(behaviour: Behaviour, api: 'responses' | 'chat', deadlineMs?: number) {
  server.behaves(behaviour);
  const chat = createChatModel({
    OPENAI_API: api,
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: server.url,
    OPENAI_CHAT_MODEL: 'replayed',
    OPENAI_MAX_TOKENS: 1_000,
  });
  return { ...(await turnWith(chat, { deadlineMs })), calls: server.requests() };
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const textOf = ({ message }: Outcome) => messageText(message.parts);
const failed = (wire: Wire, code: string, message = 'sk-secret-words') =>
  wire.event('response.failed', { response: { error: { code, message }, status: 'failed' } }).end();
const searches = (wire: Wire, input: unknown = { query: 'memory' }) =>
  wire.start().call('searchNotes', input).done();
const after = (wire: Wire) => wire.start().text('After the tool.').done();
/** A first call that goes so, and an answer after it. */
const first =
  (behave: (wire: Wire) => unknown): Behaviour =>
  (wire, call) =>
    call === 0 ? behave(wire) : after(wire);
const both =
  (status: number, code: string | null, message?: string, headers?: Record<string, string>): Behaviour =>
  (wire) =>
    wire.fail(status, code, message, headers);
const half = (wire: Wire) => wire.start().textStart().delta('Half an answer');

type Expected = {
  /** Absent: the answer is done. */
  code?: ErrorCode;
  text?: string | RegExp;
  calls?: number;
  also?: (outcome: Outcome) => void;
};
type Row = [name: string, behaviour: Behaviour, expected: Expected];

const toolPart = ({ message }: Outcome) => message.parts.find((part) => 'toolCallId' in part);
const toolSays = (words: RegExp) => (outcome: Outcome) =>
  expect(toolPart(outcome)).toMatchObject({ state: 'output-error', errorText: expect.stringMatching(words) });
const cutShort = ({ message }: Outcome) =>
  expect(message.parts).toContainEqual(
    expect.objectContaining({ type: 'data-notice', data: expect.objectContaining({ kind: 'cut_short' }) }),
  );
const usage = (inputTokens: number, outputTokens: number) => (outcome: Outcome) =>
  expect(outcome.metadata?.usage).toMatchObject({ inputTokens, outputTokens });
const estimated = (outcome: Outcome) => {
  expect(outcome.telemetry?.find(({ event_type }) => event_type === 'llm_call')).toMatchObject({
    metadata: { estimated: true },
  });
  expect(outcome.metadata?.usage?.inputTokens).toBeGreaterThan(100);
};

const HTTP: Row[] = [
  ['a rate limit that stays', both(429, 'rate_limit_exceeded'), { code: 'model_rate_limited', calls: 2 }],
  [
    'a rate limit that passes',
    (wire, call) => (call ? after(wire) : wire.fail(429, 'rate_limit_exceeded')),
    { text: /After/, calls: 2 },
  ],
  [
    'a rate limit of forty seconds',
    both(429, 'rate_limit_exceeded', '', { 'retry-after-ms': '', 'retry-after': '40' }),
    {
      code: 'model_rate_limited',
      calls: 1,
      also: ({ error }) =>
        expect(error).toMatchObject({
          retryAfterSeconds: 40,
          message: 'The model is busy. Try again in 40 seconds.',
        }),
    },
  ],
  [
    'a rate limit of an hour',
    both(429, null, 'slow', { 'retry-after-ms': '', 'retry-after': '3600' }),
    { code: 'model_rate_limited', calls: 1 },
  ],
  [
    'a rate limit until a date',
    both(429, null, 'slow', {
      'retry-after-ms': '',
      'retry-after': new Date(Date.now() + 120_000).toUTCString(),
    }),
    { code: 'model_rate_limited', calls: 1 },
  ],
  ['a quota that is used up', both(429, 'insufficient_quota'), { code: 'model_quota', calls: 1 }],
  [
    'a quota told in words alone',
    both(429, null, 'You exceeded your current quota, check your billing details.'),
    { code: 'model_quota', calls: 1 },
  ],
  ['a payment that is due', both(402, null), { code: 'model_quota', calls: 1 }],
  ['a key that does not hold', both(401, 'invalid_api_key'), { code: 'model_unauthorized', calls: 1 }],
  [
    'a country that is not served',
    both(403, 'unsupported_country_region_territory'),
    { code: 'model_unauthorized', calls: 1 },
  ],
  ['a model that does not exist', both(404, 'model_not_found'), { code: 'model_not_found', calls: 1 }],
  [
    'a model that does not exist, as a server of one’s own says it',
    both(404, 'NotFoundError', 'The model `x` does not exist.'),
    { code: 'model_not_found', calls: 1 },
  ],
  [
    'a model that was never pulled',
    (wire) => wire.json(404, { error: { message: "model 'x' not found", type: 'api_error', code: null } }),
    { code: 'model_not_found', calls: 1 },
  ],
  [
    'a server without /responses',
    (wire) => wire.json(404, { detail: 'Not Found' }),
    { code: 'model_misconfigured', calls: 1 },
  ],
  [
    'a server without /responses that answers in text',
    (wire) => wire.json(404, '404 page not found'),
    { code: 'model_misconfigured', calls: 1 },
  ],
  ['a method that is not allowed', both(405, null), { code: 'model_misconfigured', calls: 1 }],
  ['a question too long', both(400, 'context_length_exceeded'), { code: 'model_too_long', calls: 1 }],
  [
    'a question too long, told in words',
    both(400, 'BadRequestError', "This model's maximum context length is 4096 tokens."),
    { code: 'model_too_long', calls: 1 },
  ],
  [
    'a question too long for a small server',
    both(400, 'exceed_context_size_error', 'the request exceeds the available context size'),
    { code: 'model_too_long', calls: 1 },
  ],
  ['a body too large', both(413, null), { code: 'model_too_long', calls: 1 }],
  [
    'a parameter it does not know',
    both(400, 'unsupported_parameter'),
    { code: 'model_misconfigured', calls: 1 },
  ],
  [
    'a schema it does not take',
    both(400, 'invalid_function_parameters'),
    { code: 'model_misconfigured', calls: 1 },
  ],
  ['a prompt that is flagged', both(400, 'invalid_prompt'), { code: 'model_filtered', calls: 1 }],
  ['a content policy', both(400, 'content_policy_violation'), { code: 'model_filtered', calls: 1 }],
  ['a fault of the server', both(500, null), { code: 'model_unavailable', calls: 2 }],
  [
    'a fault of the server that passes',
    (wire, call) => (call ? after(wire) : wire.fail(500, null)),
    { text: /After/, calls: 2 },
  ],
  ['a server that is full', both(503, 'slow_down'), { code: 'model_rate_limited', calls: 2 }],
  [
    'a proxy’s page',
    (wire) => wire.json(502, '<html>Bad gateway</html>'),
    { code: 'model_unavailable', calls: 2 },
  ],
  ['a gateway that waited too long', both(504, null), { code: 'model_unavailable', calls: 2 }],
  [
    'a connection cut before an answer',
    (wire) => wire.response.destroy(),
    { code: 'model_unavailable', calls: 2 },
  ],
  [
    'an answer that is no stream',
    (wire) => wire.json(200, { id: 'r', status: 'completed', output: [] }),
    { code: 'model_interrupted' },
  ],
  ['an answer without anything', (wire) => wire.raw('').end(), { code: 'model_interrupted' }],
];

const STREAMS: Row[] = [
  ['a plain answer', (wire) => wire.start().text('Hello.').done(), { text: 'Hello.', also: usage(100, 20) }],
  [
    'a cut in the middle',
    (wire) => half(wire).cut(),
    { code: 'model_interrupted', text: 'Half an answer', also: estimated },
  ],
  [
    'an end without its last event',
    (wire) => half(wire).end(),
    { code: 'model_interrupted', text: 'Half an answer', also: estimated },
  ],
  [
    'an error in the middle',
    (wire) => half(wire).event('error', { code: 'server_error', message: 'x', param: null }).end(),
    { code: 'model_interrupted', text: 'Half an answer' },
  ],
  [
    'a quota that ends in the middle',
    (wire) => half(wire).event('error', { code: 'insufficient_quota', message: 'x', param: null }).end(),
    { code: 'model_quota', text: 'Half an answer' },
  ],
  ['a failure before a word', (wire) => failed(wire.start(), 'server_error'), { code: 'model_unavailable' }],
  [
    'a rate limit told in the stream',
    (wire) => failed(wire.start(), 'rate_limit_exceeded'),
    { code: 'model_rate_limited' },
  ],
  [
    'a question too long told in the stream',
    (wire) => failed(wire.start(), 'context_length_exceeded'),
    { code: 'model_too_long' },
  ],
  [
    'a refusal',
    (wire) => wire.start().refuse('I cannot', ' help.').done(),
    { code: 'model_refused', text: 'I cannot help.' },
  ],
  [
    'a filter in the middle',
    (wire) => half(wire).textEnd().incomplete('content_filter'),
    { code: 'model_filtered', text: 'Half an answer' },
  ],
  ['a filter before a word', (wire) => wire.start().incomplete('content_filter'), { code: 'model_filtered' }],
  [
    'a length that is reached',
    (wire) => half(wire).textEnd().incomplete('max_output_tokens'),
    { text: 'Half an answer', also: cutShort },
  ],
  [
    'a length used up by thinking',
    (wire) => wire.start().think().incomplete('max_output_tokens'),
    { code: 'model_unusable' },
  ],
  ['nothing said', (wire) => wire.start().done(), { code: 'model_unusable' }],
  ['nothing but a thought', (wire) => wire.start().think('secret').done(), { code: 'model_unusable' }],
  ['an empty text', (wire) => wire.start().text('').done(), { code: 'model_unusable' }],
  [
    'a thought before the answer',
    (wire) => wire.start().think('secret').text('Hello.').done(),
    { text: 'Hello.', also: (o) => expect(JSON.stringify(o.chunks)).not.toContain('secret') },
  ],
  [
    'an event that is no JSON',
    (wire) => half(wire).raw('data: {"type":"response.output_text.delta", oops\n\n').cut(),
    { code: 'model_unusable', text: 'Half an answer' },
  ],
  [
    'events nobody knows',
    (wire) => wire.start().event('response.brand_new', { foo: 1 }).text('Hello.').done(),
    { text: 'Hello.' },
  ],
  [
    'comments between events',
    (wire) => wire.raw(': ping\n\n').start().raw(': ping\n\n').text('Hello.').done(),
    { text: 'Hello.' },
  ],
  [
    'a last line after the end',
    (wire) => {
      wire
        .start()
        .text('Hello.')
        .event('response.completed', { response: { usage: USAGE } })
        .raw('data: [DONE]\n\n')
        .end();
    },
    { text: 'Hello.' },
  ],
  [
    'a text without its beginning',
    (wire) => wire.start().delta('Hello.').textEnd().done(),
    { text: 'Hello.' },
  ],
  [
    'a text that begins after its first words',
    (wire) => wire.start().delta('Hel').textStart().delta('lo.').textEnd().done(),
    { text: 'Hello.' },
  ],
  ['a text without its end', (wire) => wire.start().textStart().delta('Hello.').done(), { text: 'Hello.' }],
  ['two texts', (wire) => wire.start().text('One.').text('Two.').done(), { text: 'One.\n\nTwo.' }],
  ['letters no database stores', (wire) => wire.start().text('A\u0000B \ud83d').done(), { text: /^A/ }],
  ['no creation event', (wire) => wire.text('Hello.').done(), { text: 'Hello.' }],
  [
    'an answer of twenty million letters',
    async (wire) => {
      wire.start().textStart();
      for (let i = 0; i < 400 && !wire.response.destroyed; i++) {
        wire.delta('word '.repeat(10_000));
        await new Promise(setImmediate);
      }
      wire.end();
    },
    {
      also: (o) => {
        cutShort(o);
        expect(textOf(o).length).toBeLessThanOrEqual(CALL_BOUNDS.textCharacters);
      },
    },
  ],
];

const TOOLS: Row[] = [
  [
    'a search and its answer',
    (wire, call) => (call ? wire.start().text('Memory holds about four items [1].').done() : searches(wire)),
    { text: /\[1\]/, calls: 2 },
  ],
  [
    'arguments in one piece',
    first((wire) => wire.start().call('searchNotes', { query: 'memory' }, { pieces: false }).done()),
    { text: 'After the tool.', calls: 2 },
  ],
  [
    'arguments that are no JSON',
    first((wire) => searches(wire, '{"query": "mem')),
    { text: 'After the tool.', also: toolSays(/called searchNotes with something that does not hold/) },
  ],
  [
    'arguments of another shape',
    first((wire) => searches(wire, { query: 5, limit: 'many' })),
    { text: 'After the tool.', also: toolSays(/does not hold/) },
  ],
  [
    'no arguments at all',
    first((wire) => searches(wire, '')),
    { text: 'After the tool.', also: toolSays(/does not hold/) },
  ],
  [
    'arguments of three million letters',
    first((wire) => searches(wire, { query: 'x'.repeat(600_000) })),
    {
      text: 'After the tool.',
      also: (o) => {
        toolSays(/does not hold/)(o);
        expect(JSON.stringify(o.parts).length).toBeLessThan(5_000);
        expect(JSON.stringify(o.calls[1]?.body).length).toBeLessThan(200_000);
      },
    },
  ],
  [
    'a tool that does not exist',
    first((wire) => wire.start().call('deleteAllNotes', { yes: true }).done()),
    {
      text: 'After the tool.',
      also: (o) => expect(JSON.stringify(o.parts)).toContain('a tool that does not exist'),
    },
  ],
  [
    'the same call id twice',
    first((wire) =>
      wire
        .start()
        .call('searchNotes', { query: 'a' }, { id: 'same' })
        .call('searchNotes', { query: 'b' }, { id: 'same' })
        .done(),
    ),
    { text: 'After the tool.' },
  ],
  [
    'fifty searches at a time',
    first((wire) => {
      wire.start();
      for (let i = 0; i < 50; i++) wire.call('searchNotes', { query: `memory ${i}` });
      wire.done();
    }),
    {
      text: 'After the tool.',
      also: (o) =>
        expect(o.telemetry?.filter(({ event_type }) => event_type === 'tool_call')).toHaveLength(
          CALL_BOUNDS.toolCalls,
        ),
    },
  ],
  ['searches without end', (wire) => searches(wire), { code: 'model_unusable', calls: 6 }],
  [
    'words and searches without end',
    (wire, call) => wire.start().text(`Step ${call}.`).call('searchNotes', { query: 'm' }).done(),
    { text: /Step 0/, calls: 6 },
  ],
  [
    'searches that cost too much',
    (wire) =>
      wire
        .start()
        .call('searchNotes', { query: 'm' })
        .done({ ...USAGE, input_tokens: 70_000 }),
    { code: 'model_unusable', calls: 3 },
  ],
  [
    'a text, a search and a text',
    (wire, call) =>
      call ? after(wire) : wire.start().text('Let me look.').call('searchNotes', { query: 'm' }).done(),
    { text: 'Let me look.\n\nAfter the tool.' },
  ],
  [
    'a cut in the middle of arguments',
    (wire) => {
      wire
        .start()
        .event('response.output_item.added', {
          output_index: 0,
          item: { id: 'fc', type: 'function_call', call_id: 'c', name: 'searchNotes', arguments: '' },
        })
        .event('response.function_call_arguments.delta', { item_id: 'fc', output_index: 0, delta: '{"qu' })
        .cut();
    },
    { code: 'model_unavailable' },
  ],
  [
    'a fault after a tool',
    (wire, call) => (call ? wire.fail(400, 'context_length_exceeded') : searches(wire)),
    { code: 'model_too_long', calls: 2 },
  ],
];

const USAGES: Row[] = [
  ['no figures', (wire) => wire.start().text('Hello.').done(null), { text: 'Hello.', also: estimated }],
  [
    'half figures',
    (wire) => wire.start().text('Hello.').done({ input_tokens: 10, output_tokens: 5 }),
    { text: 'Hello.', also: usage(10, 5) },
  ],
  [
    'broken figures',
    (wire) => wire.start().text('Hello.').done({ input_tokens: 10.5, output_tokens: -5 }),
    { text: 'Hello.', also: usage(11, 0) },
  ],
  [
    'figures beyond all measure',
    (wire) => wire.start().text('Hello.').done({ input_tokens: 1e300, output_tokens: 5 }),
    { text: 'Hello.', also: usage(1_000_000_000, 5) },
  ],
];

const told = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
const called = (index: number, name: string, input: string) => ({
  tool_calls: [{ index, id: `call_${index}`, type: 'function', function: { name, arguments: input } }],
});
const CHAT: Row[] = [
  [
    'a plain answer',
    (wire, _call, { path }) => {
      expect(path).toBe('/v1/chat/completions');
      wire.chat({ role: 'assistant', content: 'Hel' }).chat({ content: 'lo.' }).chat({}, 'stop', told).end();
    },
    { text: 'Hello.', also: usage(10, 5) },
  ],
  [
    'a search and its answer',
    (wire, call) =>
      (call
        ? wire.chat({ content: 'Memory holds about four items [1].' }).chat({}, 'stop')
        : wire.chat(called(0, 'searchNotes', '{"query":"memory"}')).chat({}, 'tool_calls')
      ).end(),
    { text: /\[1\]/, calls: 2 },
  ],
  ['a cut', (wire) => wire.chat({ content: 'Half' }).cut(), { code: 'model_interrupted', text: 'Half' }],
  [
    'an end without a reason',
    (wire) => wire.chat({ content: 'Half' }).end(),
    { code: 'model_interrupted', text: 'Half' },
  ],
  [
    'a length',
    (wire) => wire.chat({ content: 'Half' }).chat({}, 'length', told).end(),
    { text: 'Half', also: cutShort },
  ],
  [
    'a filter',
    (wire) => wire.chat({ content: 'Half' }).chat({}, 'content_filter').end(),
    { code: 'model_filtered', text: 'Half' },
  ],
  [
    'a refusal',
    (wire) => wire.chat({ refusal: 'I cannot.' }).chat({}, 'stop').end(),
    { code: 'model_refused', text: 'I cannot.' },
  ],
  [
    'a reason nobody knows',
    (wire) => wire.chat({ content: 'Hello.' }).chat({}, 'eos').end(),
    { text: 'Hello.' },
  ],
  [
    'an error in the middle',
    (wire) =>
      wire.chat({ content: 'Half' }).raw('data: {"error":{"message":"x","type":"server_error"}}\n\n').end(),
    { code: 'model_interrupted', text: 'Half' },
  ],
  [
    'no figures',
    (wire) => wire.chat({ content: 'Hello.' }).chat({}, 'stop').end(),
    { text: 'Hello.', also: estimated },
  ],
  [
    'broken arguments',
    (wire, call) =>
      (call
        ? wire.chat({ content: 'After.' }).chat({}, 'stop')
        : wire.chat(called(0, 'searchNotes', '{"que')).chat({}, 'tool_calls')
      ).end(),
    { text: 'After.', also: toolSays(/does not hold/) },
  ],
  [
    'a model that was never pulled',
    both(404, 'not_found_error', "model 'x' not found, try pulling it first"),
    { code: 'model_not_found', calls: 1 },
  ],
];

function check(outcome: Outcome, expected: Expected) {
  const { message, error, shown, chunks, parts, metadata, telemetry, calls } = outcome;
  expect(error?.code, String(error?.cause)).toBe(expected.code);
  expect(metadata).toMatchObject({
    status: expected.code ? 'error' : 'done',
    ...(expected.code && { errorCode: expected.code }),
  });
  if (expected.text !== undefined)
    expect(textOf(outcome)).toEqual(
      typeof expected.text === 'string' ? expected.text : expect.stringMatching(expected.text),
    );
  if (expected.calls !== undefined) expect(calls).toHaveLength(expected.calls);
  expect(calls.length).toBeLessThanOrEqual(6);
  // What is shown is what is stored, and the page can read every piece of it.
  expect(plain(message.parts)).toEqual(plain(shown?.parts));
  expect(Array.isArray(parts) && parts.length).toBe(message.parts.length);
  expect(chunks.at(-1)?.type).toBe('finish');
  // The page reads no further than an error.
  const at = (type: string) => chunks.findIndex((chunk) => chunk.type === type);
  expect(at('error') === -1 || at('message-metadata') < at('error')).toBe(true);
  // Every call stands in the books, with whole figures.
  expect(telemetry?.filter(({ event_type }) => event_type === 'llm_call')).toHaveLength(calls.length);
  for (const row of telemetry ?? [])
    expect(Number.isInteger(row.latency_ms) && Number.isInteger(row.token_count ?? 0)).toBe(true);
  expect(JSON.stringify([chunks, parts])).not.toContain('sk-secret');
  if (error) expect(error.message.startsWith(ERRORS[error.code].message.split('.')[0] ?? '')).toBe(true);
  return Promise.all(
    chunks.map(async (chunk: ClervaChunk) => {
      const schema = await uiMessageChunkSchema();
      expect((await schema.validate?.(plain(chunk)))?.success ?? true).toBe(true);
    }),
  );
}

describe.each<[string, 'responses' | 'chat', Row[]]>([
  ['a server that refuses', 'responses', HTTP],
  ['a stream', 'responses', STREAMS],
  ['tools', 'responses', TOOLS],
  ['usage', 'responses', USAGES],
  ['chat completions', 'chat', CHAT],
])('%s', (_name, api, rows) => {
  test.each(rows)('%s', async (_row, behaviour, expected) => {
    const outcome = await ask(behaviour, api);
    await check(outcome, expected);
    expected.also?.(outcome);
  });
});

describe('a silent server', () => {
  test.each<[string, Behaviour]>([
    ['from the beginning', () => undefined],
    ['in the middle', (wire) => void half(wire)],
  ])('%s is left at the deadline, and what it cost is estimated', async (_name, behaviour) => {
    const outcome = await ask(behaviour, 'responses', 400);
    expect(outcome.error?.code).toBe('timeout');
    estimated(outcome);
  });
});
