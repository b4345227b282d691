import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startHearing } from '../../tests/setup/hearing.ts';
import { toolContext, toolOptions } from '../../tests/setup/tool-context.ts';
import type { DatabaseClient } from '../db/clients.ts';
import { scanOf } from '../ingestion/extract/test-files.ts';
import { silenceOf } from '../ingestion/recording/test-recordings.ts';
import type { ToolContext } from '../tools/tool-context.ts';

/** A database in which the student has one file, or none. */
function having(file: { name: string; bytes: Uint8Array } | null): DatabaseClient {
  const data = file && { fileName: file.name, filePath: `a/b/${file.name}`, mimeType: 'x/y' };
  const rows = { select: () => ({ eq: () => ({ maybeSingle: async () => ({ data, error: null }) }) }) };
  const download = async () => ({ data: new Blob([new Uint8Array(file?.bytes ?? [])]), error: null });
  return { from: () => rows, storage: { from: () => ({ download }) } } as unknown as DatabaseClient;
}

const SET_UP = {
  NEXT_PUBLIC_SUPABASE_URL: 'http://127.0.0.1:1',
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'key',
  SUPABASE_SECRET_KEY: 'key',
  ANTHROPIC_API_KEY: 'key',
  ANTHROPIC_CHAT_MODEL: 'blind',
  OPENAI_API_KEY: undefined,
  OPENAI_BASE_URL: undefined,
  FEATURE_FLAGS: '',
};
const AZURE = { AZURE_VISION_ENDPOINT: 'https://eye.example/', AZURE_VISION_KEY: 'azure-key' };
const DEEPGRAM = { DEEPGRAM_API_KEY: 'deepgram-key' };
const ID = '00000000-0000-4000-8000-000000000002';

async function call(
  name: 'analyzeImage' | 'transcribeAudio',
  {
    env = {},
    input = {},
    ...given
  }: { env?: object; input?: object; file: Parameters<typeof having>[0]; context?: Partial<ToolContext> },
) {
  vi.resetModules();
  for (const [key, value] of Object.entries({ ...SET_UP, ...env })) vi.stubEnv(key, value);
  const { analyzeImage } = await import('./analyze-image.ts');
  const { transcribeAudio } = await import('./transcribe-audio.ts');
  const options = toolOptions(toolContext(having(given.file), given.context));
  const tool = (name === 'analyzeImage' ? analyzeImage : transcribeAudio) as typeof analyzeImage;
  return tool.execute({ documentId: ID, ...input } as never, options);
}

let picture: { name: string; bytes: Uint8Array };
const talk = { name: 'talk.wav', bytes: silenceOf('wav', 150) };
beforeEach(async () => {
  picture ??= { name: 'board.png', bytes: await scanOf(['Osmosis']) };
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe('analyzeImage', () => {
  test('asks the service where no model sees', async () => {
    const answer = {
      captionResult: { text: 'a board' },
      readResult: { blocks: [{ lines: [{ text: 'Osmosis' }] }] },
    };
    const fetched = vi.fn<typeof fetch>(async () => Response.json(answer));
    vi.stubGlobal('fetch', fetched);
    expect(await call('analyzeImage', { env: AZURE, file: picture })).toEqual({
      description: 'a board\nOsmosis',
      by: 'azure',
      dryRun: null,
    });
    const [url, sent] = fetched.mock.calls[0] ?? [];
    expect(String(url)).toMatch(/^https:\/\/eye\.example\/computervision\/imageanalysis:analyze\?/);
    expect(sent).toMatchObject({ method: 'POST', redirect: 'error' });
    expect((sent?.body as Blob | undefined)?.size).toBeGreaterThan(1_000);
  });

  test('shows the picture to a model that sees', async () => {
    const look = vi.fn<NonNullable<ToolContext['look']>>(async () => ({ text: 'A board.', dryRun: null }));
    const env = { ANTHROPIC_CHAT_MODEL: 'claude-x' };
    const input = { question: 'Which words?' };
    expect(await call('analyzeImage', { env, input, file: picture, context: { look } })).toMatchObject({
      description: 'A board.',
      by: 'model',
    });
    expect(look.mock.calls[0]?.[0]).toMatchObject({
      asked: 'Which words?',
      picture: { mediaType: 'image/jpeg' },
    });
  });

  test.each([
    ['with no key', 'conflict', {}, () => picture],
    ['of what is nobody’s or another’s', 'not_found', AZURE, () => null],
    ['of what is no picture', 'file_unsupported', AZURE, () => talk],
  ])('is refused %s', async (_, code, env, file) => {
    expect(await call('analyzeImage', { env, file: file() })).toMatchObject({ ok: false, code });
  });
});

describe('transcribeAudio', () => {
  const heard = { results: { utterances: [{ start: 0.5, transcript: 'Cells divide.' }] } };

  test('hears a part by the service, with the seconds of the whole', async () => {
    const fetched = vi.fn<typeof fetch>(async () => Response.json(heard));
    vi.stubGlobal('fetch', fetched);
    const input = { fromSecond: 100, seconds: 30 };
    expect(await call('transcribeAudio', { env: DEEPGRAM, input, file: talk })).toEqual({
      segments: [{ at: 100.5, text: 'Cells divide.' }],
      text: 'Cells divide.',
      by: 'deepgram',
      dryRun: null,
    });
    expect((fetched.mock.calls[0]?.[1]?.body as Blob | undefined)?.size).toBe(30_044);
  });

  test('hears by the model where there is one', async () => {
    const server = await startHearing(() => ({ body: { segments: [{ start: 1, text: 'They rest.' }] } }));
    const env = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: server.url, TRANSCRIBE_MODEL: 'ears' };
    expect(await call('transcribeAudio', { env, file: talk })).toMatchObject({
      text: 'They rest.',
      by: 'ears',
    });
    expect(server.asked[0]?.bytes.length).toBe(60_044);
    await server.close();
  });

  test.each([
    ['with nothing that hears', 'hearing_unavailable', {}, () => talk, {}],
    ['of a picture', 'file_unsupported', DEEPGRAM, () => picture, {}],
    ['behind its end', 'invalid_request', DEEPGRAM, () => talk, { fromSecond: 151 }],
    [
      'of a long one that cannot be cut',
      'conflict',
      DEEPGRAM,
      () => ({ name: 'a.m4a', bytes: silenceOf('mp4', 200) }),
      {},
    ],
  ])('is refused %s', async (_, code, env, file, input) => {
    expect(await call('transcribeAudio', { env, input, file: file() })).toMatchObject({ ok: false, code });
  });
});

test.each(['analyzeImage', 'transcribeAudio'] as const)(
  '%s sends nothing under adapters.dry_run and tells what it would have',
  async (name) => {
    const fetched = vi.fn();
    vi.stubGlobal('fetch', fetched);
    const file = name === 'analyzeImage' ? picture : talk;
    const output = await call(name, { env: { FEATURE_FLAGS: 'adapters.dry_run' }, file });
    expect(output).toMatchObject({ dryRun: { method: 'POST', body: expect.stringMatching(/\d+ bytes/) } });
    expect(fetched).not.toHaveBeenCalled();
  },
);
