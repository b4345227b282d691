import type { ErrorEvent } from '@sentry/nextjs';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createGenerate } from '../../lib/agent/generate.ts';
import { messageText } from '../../lib/agent/messages.ts';
import { createChatModel } from '../../lib/agent/model.ts';
import { createEmbedder } from '../../lib/ingestion/embed.ts';
import { setErrorReporter } from '../../lib/observability/capture.ts';
import { scrubEvent } from '../../lib/observability/scrub-event.ts';
import { Telemetry } from '../../lib/observability/telemetry.ts';
import { Mask } from '../../lib/privacy/mask.ts';
import { recordedTurn } from '../setup/recorded-turn.ts';
import { startReplayServer, USAGE, type Wire } from '../setup/replay-server.ts';
import { below, MADE, pick } from './made-numbers.ts';

const lines = vi.hoisted((): string[] => []);
vi.mock('../../lib/observability/logger.ts', async (original) => {
  const real = await original<typeof import('../../lib/observability/logger.ts')>();
  const log = real.createLogger({ level: 'trace' }, { write: (line) => void lines.push(line) });
  return { ...real, logger: () => log };
});

let server: Awaited<ReturnType<typeof startReplayServer>>;
beforeAll(async () => {
  server = await startReplayServer();
});
afterAll(() => server.close());

const digits = (length: number) => Array.from({ length }, () => below(10)).join('');
/** An original of each kind, another every time. */
const ORIGINALS: Record<string, () => string> = {
  email: () =>
    `${pick(['ada', 'zoë', 'li.wei', "o'brien"])}${digits(5)}@${pick(['example.org', 'uni-bonn.de', 'cs.ox.ac.uk'])}`,
  phone: () => `+49 171 ${1 + below(8)}${digits(6)}`,
  card: () => pick([MADE.card16s(), MADE.card16(), MADE.amexs()]),
  iban: () => pick([MADE.iban(), MADE.ibans('FR', '23')]),
  id: () => pick([MADE.steuer(), MADE.nirs(), MADE.cpf(), MADE.dni()]),
  ip: () => `84.${100 + below(99)}.${below(256)}.${1 + below(200)}`,
  address: () => `${pick(['Hauptstraße', 'Lindenallee', 'Goethestr.'])} ${100 + below(800)}`,
};
const KINDS = Object.keys(ORIGINALS);
const drawn = () => KINDS.map((kind) => ORIGINALS[kind]?.() ?? '');
const list = (originals: readonly string[]) => originals.map((original) => `“${original}”`).join(' and ');

/** Pieces of a text, cut anywhere. */
function cut(text: string): string[] {
  const size = 1 + below(5);
  return text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
}

/** A model that writes every token it was given back, in pieces, and sends one of them to somebody. */
const TOKENS = /\[[A-Z]+_\d+\]/g;
const says = (wire: Wire, text: string) => {
  wire.start().textStart();
  for (const piece of cut(text)) wire.delta(piece);
  return wire.textEnd();
};

describe('the model’s door', () => {
  test('whatever is planted wherever, nobody but its owner gets it', async () => {
    for (let round = 0; round < 12; round += 1) {
      const places = Array.from({ length: 7 }, drawn);
      const [question = [], past = [], answer = [], passage = [], memory = [], profile = [], wish = []] =
        places;
      const nudge = { toUserId: crypto.randomUUID(), message: '', nudgeType: 'study_invite', metadata: null };
      const behave = (wire: Wire, call: number, { body }: { body: unknown }) => {
        if (call === 0) return wire.start().call('searchNotes', { query: `who is [EMAIL_1]` }).done();
        const tokens = [...new Set(JSON.stringify(body).match(TOKENS))];
        const text = tokens.join(' | ');
        if (call > 1) return says(wire, `Here: ${text}.`).done();
        return wire
          .start()
          .call('sendNudge', { ...nudge, message: `Mail me: ${tokens[0]}` }, { pieces: true })
          .done();
      };
      server.behaves(behave);
      lines.length = 0;
      const outcome = await recordedTurn(server.url, {
        text: `Please keep ${list(question)}.`,
        history: [
          {
            id: 'q',
            role: 'user',
            parts: [{ type: 'text', text: list(past) }],
            metadata: {},
            status: 'done',
            createdAt: '2026-11-20T10:00:00Z',
          },
          {
            id: 'a',
            role: 'assistant',
            parts: [{ type: 'text', text: list(answer) }],
            metadata: {},
            status: 'done',
            createdAt: '2026-11-20T10:00:01Z',
          },
        ],
        notes: [{ text: `The file says ${list(passage)}.`, title: `Letter of ${passage[0]}` }],
        memory: [{ scope: 'long', key: 'contact', value: { said: list(memory) } }],
        profile: {
          displayName: profile[0] ?? '',
          gradeLevel: list(profile),
          subjects: profile.slice(1),
          timezone: 'UTC',
        },
        settings: { system: list(wish) },
      });
      const bodies = JSON.stringify(server.requests());
      const books =
        JSON.stringify([outcome.telemetry, outcome.mask, outcome.title, outcome.metadata]) + lines.join('\n');
      for (const original of places.flat()) {
        expect(bodies, original).not.toContain(original);
        expect(books, original).not.toContain(original);
      }
      const search = outcome.message.parts.find(({ type }) => type === 'tool-searchNotes');
      expect(search).toMatchObject({ input: { query: expect.stringContaining('@') } });
      const calls = outcome.message.parts.filter((part) => part.type === 'tool-sendNudge');
      const shown = JSON.stringify(outcome.message.parts);
      expect(JSON.stringify(calls)).toContain('Mail me: ');
      expect(shown).not.toMatch(TOKENS);
      expect(JSON.stringify(outcome.parts)).toContain(JSON.stringify(passage[1]).slice(1, -1));
      expect(JSON.stringify(outcome.chunks)).not.toMatch(TOKENS);
    }
  });

  test('the page and the store show every original, and a quote as it stands in the file', async () => {
    for (let round = 0; round < 12; round += 1) {
      const [question, passage] = [drawn(), drawn()];
      const note = `The office is reached under ${passage[0]} on Mondays.`;
      server.behaves((wire, call, { body }) => {
        if (call === 0) return wire.start().call('searchNotes', { query: 'office' }).done();
        const quoted = /The office is reached under (\[EMAIL_\d+\])/.exec(JSON.stringify(body))?.[1];
        const tokens = [...new Set(JSON.stringify(body).match(TOKENS))].filter((token) => token !== quoted);
        return says(
          wire,
          `The office is reached under ${quoted} on Mondays [1]. You gave ${tokens.join(' and ')}.`,
        ).done();
      });
      const { message, parts } = await recordedTurn(server.url, {
        text: `Take ${list(question)}`,
        notes: [{ text: note }],
      });
      const text = messageText(message.parts);
      for (const original of [...question, passage[0] ?? '']) expect(text).toContain(original);
      const citation = message.parts.find((part) => part.type === 'data-citation');
      expect(citation).toMatchObject({ data: { quote: note.slice(0, -1), verdict: 'verified' } });
      expect(JSON.stringify(parts)).toContain(JSON.stringify(text).slice(1, -1));
    }
  });

  test('a token means the same in the next turn, and the thread keeps no original', async () => {
    const [first, second] = [ORIGINALS.email?.() ?? '', ORIGINALS.email?.() ?? ''];
    server.behaves((wire) => wire.start().text('Yes.').done());
    const one = await recordedTurn(server.url, { text: `I am ${first}, she is ${second}.` });
    expect(JSON.stringify(one.mask)).not.toContain('@');
    server.behaves((wire) => says(wire, 'It is [EMAIL_2], not [EMAIL_9].').done());
    const two = await recordedTurn(server.url, { text: `And ${second}?`, mask: one.mask ?? {} });
    expect(JSON.stringify(server.requests())).toContain('And [EMAIL_2]?');
    expect(messageText(two.message.parts)).toBe(`It is ${second}, not [EMAIL_9].`);
    expect(two.mask).toBeNull();
  });

  test('what only looks like a token becomes no original', async () => {
    const mine = ORIGINALS.email?.() ?? '';
    server.behaves((wire, _, { body }) => {
      const last = JSON.stringify(body).match(TOKENS) ?? [];
      return says(wire, `Written: ${[...new Set(last)].join(' ')}`).done();
    });
    const { message } = await recordedTurn(server.url, { text: `The note says [EMAIL_1]; I am ${mine}.` });
    expect(messageText(message.parts)).toBe(`Written: [EMAIL_1] ${mine}`);
  });

  test('of a number that is named by its last four the model knows these, and of no other', async () => {
    const [asked, other] = [MADE.card16s(), MADE.amexs()];
    server.behaves((wire) => wire.start().text('Yes.').done());
    await recordedTurn(server.url, {
      text: `I have ${asked} and ${other}. Where is the card ending in ${asked.slice(-4)}?`,
    });
    const body = JSON.stringify(server.requests());
    expect(body).toContain(`[CARD_1] ends in ${asked.slice(-4)}`);
    expect(body).not.toContain(other.slice(-4));
  });

  test('objects that a tool lets the model write have the originals, and a call outside a thread is masked as well', async () => {
    const mail = ORIGINALS.email?.() ?? '';
    server.behaves((wire, _, { body }) => {
      const text = JSON.stringify({ note: `to ${JSON.stringify(body).match(TOKENS)?.[0]}` });
      const content = [{ type: 'output_text', text, annotations: [] }];
      const output = [{ id: 'msg_1', type: 'message', role: 'assistant', content }];
      wire.json(200, { id: 'resp_1', created_at: 1, model: 'm', output, usage: USAGE });
    });
    const generate = createGenerate({
      ...createChatModel({
        OPENAI_API_KEY: 'key',
        OPENAI_BASE_URL: server.url,
        OPENAI_CHAT_MODEL: 'replayed',
        OPENAI_MAX_TOKENS: 100,
      }),
      telemetry: new Telemetry('trace', { inputUsdPerMillion: 0, outputUsdPerMillion: 0 }),
    });
    const schema = z.object({ note: z.string() });
    const signal = new AbortController().signal;
    const made = await generate({
      name: 'note',
      schema,
      instructions: 'Write.',
      prompt: `Mail ${mail}`,
      signal,
    });
    expect(made).toEqual({ note: `to ${mail}` });
    expect(JSON.stringify(server.requests())).not.toContain(mail);
  });

  test('what is embedded is masked', async () => {
    const originals = drawn();
    server.behaves((wire) =>
      wire.json(200, { data: [{ index: 0, embedding: Array(1_536).fill(0.1) }], usage: {} }),
    );
    const embed = createEmbedder({
      client: new OpenAI({ apiKey: 'key', baseURL: server.url, maxRetries: 0 }),
      model: 'm',
      cache: {
        getMany: async () => new Map(),
        setMany: async () => undefined,
        deleteMany: async () => undefined,
      },
    });
    await embed([`Find ${list(originals)}`]);
    const body = JSON.stringify(server.requests());
    expect(body).toContain('[EMAIL_1]');
    for (const original of originals) expect(body).not.toContain(original);
  });

  test('a failure tells the log and the reports no original', async () => {
    const originals = drawn();
    const events: string[] = [];
    setErrorReporter((error) => {
      const event: ErrorEvent = {
        type: undefined,
        exception: { values: [{ type: 'Error', value: String(error) }] },
      };
      events.push(JSON.stringify(scrubEvent(event)));
    });
    lines.length = 0;
    server.behaves((wire) => wire.fail(400, 'invalid_request_error', `could not read ${list(originals)}`));
    const { error, telemetry } = await recordedTurn(server.url, { text: `Read ${list(originals)}` });
    setErrorReporter(undefined);
    expect(error).not.toBeNull();
    expect(lines.length + events.length).toBeGreaterThan(1);
    const told = [...lines, ...events, JSON.stringify(telemetry)].join('\n');
    for (const original of originals) expect(told).not.toContain(original);
  });
});

test('a text comes back as it was, however it is cut', () => {
  for (let round = 0; round < 300; round += 1) {
    const text = `${pick(['', 'See [1]. ', '[', 'a\\'])}${list(drawn())}${pick(['', ' [EMAIL', '[EMAIL_1]', ' [2][3]', '\\'])}`;
    const mask = new Mask();
    const hidden = mask.hide(text);
    for (const original of drawn()) expect(hidden).not.toContain(original);
    expect(mask.show(hidden)).toBe(text);
    const shower = mask.shower();
    expect(cut(hidden).map(shower.push).join('') + shower.end()).toBe(text);
    const json = mask.shower({ isJson: true });
    const spoken = cut(JSON.stringify({ hidden })).map(json.push).join('') + json.end();
    expect(JSON.parse(spoken)).toEqual({ hidden: text });
  }
});
