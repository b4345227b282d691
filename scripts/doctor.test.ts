import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseEnv } from '../lib/env.ts';
import { requireEmbeddings } from '../lib/ingestion/embedding-check.ts';
import { type Behaviour, startReplayServer, type Wire } from '../tests/setup/replay-server.ts';
import { examine } from './doctor-checks.ts';

let server: Awaited<ReturnType<typeof startReplayServer>>;
beforeAll(async () => {
  server = await startReplayServer();
});
afterAll(() => server.close());

const NOWHERE = 'http://127.0.0.1:1';

/** What is found with a model's server that behaves so, by the name of what was asked. */
async function found(behaviour: Behaviour, variables: Record<string, string> = {}) {
  server.behaves(behaviour);
  const env = parseEnv({
    NEXT_PUBLIC_SUPABASE_URL: NOWHERE,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'key',
    SUPABASE_SECRET_KEY: 'key',
    NEXT_PUBLIC_APP_URL: NOWHERE,
    INNGEST_DEV: NOWHERE,
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: server.url,
    ...variables,
  });
  const findings = await examine(env);
  return (name: string) => findings.find((finding) => finding.name === name);
}

const vectors = (size: number) => (wire: Wire) =>
  wire.json(200, { data: [{ index: 0, embedding: new Array(size).fill(0.5) }], usage: { total_tokens: 1 } });
const message = { role: 'assistant', content: '{"word":"hello"}' };
const echo = { id: 'call_1', type: 'function', function: { name: 'echo', arguments: '{"word":"clerva"}' } };

/** A server of one's own: it knows chat completions alone, and vectors of the given size. */
const small =
  (size: number): Behaviour =>
  (wire, _call, { path, body }) => {
    if (path.endsWith('/embeddings')) {
      if ('dimensions' in body) return wire.fail(400, null, 'this model has no dimensions parameter');
      return vectors(size)(wire);
    }
    if (!path.endsWith('/chat/completions')) return wire.json(404, '404 page not found');
    const choice = body.tools
      ? {
          index: 0,
          finish_reason: 'tool_calls',
          message: { role: 'assistant', content: null, tool_calls: [echo] },
        }
      : { index: 0, finish_reason: 'stop', message };
    return wire.json(200, { id: 'c', object: 'chat.completion', created: 1, model: 'm', choices: [choice] });
  };

test('a server that knows chat completions alone is told by the variable to set', async () => {
  const finding = await found(small(1_536));
  expect(finding('Model')).toMatchObject({
    state: 'wrong',
    text: expect.stringContaining('Set OPENAI_API=chat'),
  });
  const set = await found(small(1_536), { OPENAI_API: 'chat' });
  for (const name of ['Model', 'Model: tools', 'Model: strict schemas', 'Embeddings']) {
    expect(set(name)).toMatchObject({ state: 'right' });
  }
});

test('vectors of another size are told by what to set, and are not asked for where words alone rank', async () => {
  const finding = await found(small(768), { OPENAI_API: 'chat' });
  expect(finding('Embeddings')).toMatchObject({
    state: 'wrong',
    text: expect.stringMatching(/1536.*DENSE_WEIGHT=0/),
  });
  const off = await found(small(768), { OPENAI_API: 'chat', RETRIEVAL_DENSE_WEIGHT: '0' });
  expect(off('Embeddings')).toMatchObject({ state: 'right' });
  expect(server.requests().some(({ path }) => path.endsWith('/embeddings'))).toBe(false);
});

test.each<[string, Behaviour, RegExp]>([
  ['a key that does not hold', (wire) => wire.fail(401, 'invalid_api_key'), /OPENAI_API_KEY/],
  [
    'a model that is not there',
    (wire) => wire.fail(404, 'model_not_found'),
    /OPENAI_(?:CHAT|EMBEDDING)_MODEL/,
  ],
  ['an account that is used up', (wire) => wire.fail(429, 'insufficient_quota'), /used up/],
])('%s is told by name', async (_name, behaviour, says) => {
  const finding = await found(behaviour);
  for (const name of ['Model', 'Model: tools', 'Embeddings']) {
    expect(finding(name)).toMatchObject({ state: 'wrong', text: expect.stringMatching(says) });
  }
});

test('servers that do not answer are named', async () => {
  const finding = await found((wire) => wire.response.destroy());
  for (const name of ['App', 'Inngest', 'Supabase: keys and schema', 'Supabase: accounts']) {
    expect(finding(name)).toMatchObject({ state: 'wrong', text: expect.stringContaining(NOWHERE) });
  }
});

test('the app does not start with vectors of another size, and does where there are none', async () => {
  const start = (behaviour: Behaviour, weight = 1) => {
    server.behaves(behaviour);
    return requireEmbeddings({
      OPENAI_API_KEY: 'key',
      OPENAI_BASE_URL: server.url,
      OPENAI_EMBEDDING_MODEL: 'small',
      RETRIEVAL_DENSE_WEIGHT: weight,
    });
  };
  await expect(start(small(768))).rejects.toThrow(/OPENAI_EMBEDDING_MODEL=small.*1536.*DENSE_WEIGHT=0/);
  expect(await start(small(768), 0)).toBeNull();
  expect(await start(small(1_536))).toBeNull();
  expect(await start((wire) => wire.json(404, '404 page not found'))).toMatchObject({
    code: 'embedding_unusable',
  });
  expect(await start((wire) => wire.response.destroy())).toMatchObject({ code: 'model_unavailable' });
});

test('a model of Anthropic’s is asked beside the other, and told by its own variables', async () => {
  const behaviour: Behaviour = (wire, call, request) =>
    request.path === '/v1/messages'
      ? wire.json(401, {
          type: 'error',
          error: { type: 'authentication_error', message: 'invalid x-api-key' },
        })
      : small(1_536)(wire, call, request);
  const anthropic = { ANTHROPIC_API_KEY: 'key', ANTHROPIC_BASE_URL: server.url };
  const finding = await found(behaviour, { OPENAI_API: 'chat', ...anthropic });
  expect(finding('Model')).toMatchObject({ state: 'right' });
  expect(finding('Model claude-sonnet-5-5')).toMatchObject({
    state: 'wrong',
    text: expect.stringContaining('ANTHROPIC_API_KEY'),
  });
});
