import { MockLanguageModelV4 } from 'ai/test';
import { expect, test } from 'vitest';
import { Telemetry } from '../observability/telemetry.ts';
import { transcribePage } from './look.ts';
import { createVisionModel } from './model.ts';

const usage = {
  inputTokens: { total: 900, noCache: 900, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 100, text: 100, reasoning: 0 },
};

test.each([
  ['## Energy\n\n$$E = mc^2$$', '## Energy\n\n$$E = mc^2$$'],
  ['```markdown\n| a | b |\n```', '| a | b |'],
  ['NONE', ''],
  [' none. ', ''],
  ['x'.repeat(30_000), 'x'.repeat(20_000)],
])('the words of a page are taken from “%.12s”', async (text, expected) => {
  const model = new MockLanguageModelV4({
    doGenerate: async () => ({
      content: [{ type: 'text', text }],
      finishReason: { unified: 'stop', raw: undefined },
      usage,
      warnings: [],
    }),
  });
  const telemetry = new Telemetry('t', { inputUsdPerMillion: 1, outputUsdPerMillion: 10 });
  const jpeg = new Uint8Array([0xff, 0xd8, 0xff]);
  const signal = AbortSignal.timeout(5_000);
  expect(await transcribePage({ model, modelId: 'm', telemetry }, { jpeg, signal })).toBe(expected);
  const [call] = model.doGenerateCalls;
  expect(call?.maxOutputTokens).toBeGreaterThan(0);
  expect(JSON.stringify(call?.prompt)).toContain('"mediaType":"image/jpeg"');
  expect(telemetry.rows()).toMatchObject([{ model: 'm', cost_usd: 0.0019, metadata: { output: 'page' } }]);
});

test.each<[string, object, string | undefined]>([
  ['the one that answers, where it sees', { OPENAI_CHAT_MODEL: 'gpt-5-mini' }, 'gpt-5-mini'],
  ['the first of the list that sees', { OPENAI_CHAT_MODEL: 'o3-text, own-vision' }, 'o3-text'],
  ['none where none sees', { OPENAI_CHAT_MODEL: 'clerva-study-brain' }, undefined],
  ['one that an operator says of', { OPENAI_CHAT_MODEL: 'a, own', VISION_MODELS: 'own' }, 'own'],
  ['one of its own', { OPENAI_CHAT_MODEL: 'a', VISION_MODEL: 'gpt-5-vision' }, 'gpt-5-vision'],
  [
    'one of Anthropic',
    { OPENAI_CHAT_MODEL: 'a', VISION_MODEL: 'claude-x', ANTHROPIC_API_KEY: 'k' },
    'claude-x',
  ],
])('pictures are read by %s', (_, env, expected) => {
  const given = {
    OPENAI_API_KEY: 'k',
    OPENAI_BASE_URL: undefined,
    OPENAI_CHAT_MODEL: 'a',
    hasOpenAI: true,
    ...env,
  };
  expect(createVisionModel(given)?.modelId).toBe(expected);
});
