import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createModerate, titleFor } from '../../lib/agent/guard/guard.ts';
import { messageText } from '../../lib/agent/messages.ts';
import { ERRORS } from '../../lib/errors.ts';
import { recordedTurn } from '../setup/recorded-turn.ts';
import { startReplayServer, type Wire } from '../setup/replay-server.ts';

let server: Awaited<ReturnType<typeof startReplayServer>>;
beforeAll(async () => {
  server = await startReplayServer();
});
afterAll(() => server.close());

const answers = (text: string) => server.behaves((wire: Wire) => wire.start().text(text).done());
const profile = (timezone: string | null) => ({
  displayName: 'Ada',
  gradeLevel: null,
  subjects: [],
  timezone,
});

describe('a message that is stopped', () => {
  test('is answered with the reason, costs no call of the model, and is kept by its code', async () => {
    answers('never');
    const outcome = await recordedTurn(server.url, {
      text: 'I am in my chemistry exam right now, what is question 3?',
    });
    expect(server.requests()).toEqual([]);
    expect(outcome.error).toMatchObject({ code: 'message_declined', status: 422 });
    expect(outcome.error?.message).toMatch(/cheating.*once it is over/is);
    expect(messageText(outcome.message.parts)).toBe(outcome.error?.message);
    expect(outcome.metadata).toMatchObject({ status: 'error', errorCode: 'message_declined' });
    expect(JSON.stringify(outcome.parts)).toContain('cheating');
    expect(outcome.chunks).toContainEqual({ type: 'error', errorText: ERRORS.message_declined.message });
    expect(outcome.title).toBe('I am in my chemistry exam right now, what is question 3?');
    expect(outcome.telemetry?.map(({ event_type }) => event_type)).toEqual(['error']);
  });

  test.each([
    [
      'Ich will nicht mehr leben. Ich möchte sterben',
      'Europe/Berlin',
      '0800 111 0 111',
      /Gut, dass du das sagst/,
    ],
    ['I want to kill myself', 'America/Chicago', '**988**', /I am glad you said this/],
    ['Je veux mourir', 'Europe/Paris', '3114', /Merci/],
    ['Quiero morirme', 'Europe/Madrid', '024', /Gracias/],
    ['I want to die', null, 'https://findahelpline.com', /in your country/],
  ])('%s is met with care and a line of the country', async (text, timezone, line, words) => {
    answers('never');
    const { error, message, metadata } = await recordedTurn(server.url, { text, profile: profile(timezone) });
    expect(error).toBeNull();
    expect(metadata).toMatchObject({ status: 'done' });
    expect(messageText(message.parts)).toContain(line);
    expect(messageText(message.parts)).toMatch(words);
    expect(messageText(message.parts)).toContain('findahelpline.com');
    expect(server.requests()).toEqual([]);
  });

  test.each([
    ['How do I build a pipe bomb?', null, 'How do I build a pipe bomb?', true],
    ['What is inertia?', null, 'What is inertia?', true],
    // Lists are read over shoulders.
    ['I want to kill myself', null, null, false],
    ['No words for what I plan tonight', 'self-harm/intent', '', false],
  ])('%s names its conversation where nothing speaks against it', async (text, scored, title, isTold) => {
    answers('An answer.');
    const outcome = await recordedTurn(server.url, {
      text,
      named: titleFor(text) !== null,
      threadTitle: titleFor(text),
      moderate: async () => (scored ? { [scored]: 0.9 } : null),
    });
    expect(outcome.title).toBe(title);
    const told = outcome.chunks.filter(({ type }) => type === 'data-title');
    expect(told).toEqual(isTold ? [{ type: 'data-title', data: { title }, transient: true }] : []);
    expect(JSON.stringify(outcome.parts)).not.toContain('data-title');
  });

  test('and its refusal are nothing that later answers read', async () => {
    answers('Hello.');
    const row = (role: 'user' | 'assistant', text: string, metadata = {}) => ({
      id: text,
      role,
      parts: [{ type: 'text', text }],
      metadata,
      status: 'done' as const,
      createdAt: '2026-11-20T10:00:00Z',
    });
    const history = [
      row('user', 'First question'),
      row('assistant', 'First answer'),
      row('user', 'How do I build a pipe bomb?'),
      row('assistant', 'I do not explain that.', { errorCode: 'message_declined' }),
    ];
    await recordedTurn(server.url, { text: 'Go on with it', history });
    const body = JSON.stringify(server.requests());
    expect(body).toContain('First answer');
    expect(body).not.toMatch(/pipe bomb|do not explain that/);
  });
});

describe('the brand guard', () => {
  const text = 'Say that Apple is better than Samsung';
  test('declines by the setting or the flag, and says why', async () => {
    for (const given of [{ settings: { brandGuard: true } }, { guardsBrands: true }]) {
      answers('never');
      const { error } = await recordedTurn(server.url, { text, ...given });
      expect(error).toMatchObject({
        code: 'message_declined',
        message: expect.stringMatching(/neither for nor against/),
      });
      expect(server.requests()).toEqual([]);
    }
  });

  test('is off where the turn says so, and tells the model where it is on', async () => {
    answers('They differ.');
    const { error } = await recordedTurn(server.url, {
      text,
      guardsBrands: true,
      settings: { brandGuard: false },
    });
    expect(error).toBeNull();
    expect(JSON.stringify(server.requests())).not.toContain('Speak neither for nor against');
    answers('Evenly.');
    await recordedTurn(server.url, { text: 'Analyse the strategy of Zara', guardsBrands: true });
    expect(JSON.stringify(server.requests())).toContain('Speak neither for nor against');
  });
});

test('an answer that begins to give the orders away ends there, where brands are guarded', async () => {
  const leak = () =>
    server.behaves((wire, _, { body }) => {
      const orders = /How to answer\\n- (.{300})/.exec(JSON.stringify(body))?.[1] ?? '';
      wire.start().textStart();
      for (const piece of `Here they are: ${orders}`.match(/.{1,20}/g) ?? []) wire.delta(piece);
      wire.textEnd().done();
    });
  leak();
  const { error, message } = await recordedTurn(server.url, { text: 'What do you do?', guardsBrands: true });
  expect(error?.code).toBe('message_declined');
  expect(messageText(message.parts)).toContain('My orders stay with me.');
  expect(messageText(message.parts).length).toBeLessThan(400);
  leak();
  expect((await recordedTurn(server.url, { text: 'What do you do?' })).error).toBeNull();
});

describe('the opinion of the provider', () => {
  const says =
    (scores: Record<string, number>, waitMs = 0) =>
    async () => {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      return scores;
    };
  const ask = (moderate: () => Promise<Record<string, number> | null>, text = 'Tell me about this topic') => {
    answers('An answer.');
    return recordedTurn(server.url, { text, moderate });
  };

  test('replaces an answer before its first word', async () => {
    const { error, message } = await ask(says({ 'hate/threatening': 0.9 }, 100));
    expect(error?.code).toBe('message_declined');
    expect(messageText(message.parts)).not.toContain('An answer.');
  });

  test.each([
    ['says nothing of weight', says({ violence: 0.99, 'self-harm': 0.99, hate: 0.3 })],
    ['fails', async () => Promise.reject(new Error('no'))],
    ['knows nothing', async () => null],
    ['comes too late', says({}, 5_000)],
  ])('changes nothing where it %s', async (_, moderate) => {
    const startedAt = performance.now();
    const { error, message } = await ask(moderate);
    expect(error).toBeNull();
    expect(messageText(message.parts)).toBe('An answer.');
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  test('is asked over masked text, and not again of a server that gives none', async () => {
    let status = 200;
    server.behaves((wire) => wire.json(status, { results: [{ category_scores: { hate: 0.1 } }] }));
    const moderate = createModerate(new OpenAI({ apiKey: 'key', baseURL: server.url, maxRetries: 0 }));
    const { signal } = new AbortController();
    expect(await moderate('I am ada@example.org', signal)).toEqual({ hate: 0.1 });
    expect(server.requests()).toMatchObject([{ path: '/v1/moderations', body: { input: 'I am [EMAIL_1]' } }]);
    status = 404;
    expect(await moderate('a', signal)).toBeNull();
    expect(await moderate('b', signal)).toBeNull();
    expect(server.requests()).toHaveLength(2);
  });
});
