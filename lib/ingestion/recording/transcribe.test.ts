import { afterEach, expect, test } from 'vitest';
import { startHearing } from '../../../tests/setup/hearing.ts';
import { silenceOf } from './test-recordings.ts';
import { createHear } from './transcribe.ts';

let server: Awaited<ReturnType<typeof startHearing>> | undefined;
afterEach(() => server?.close());

const bytes = silenceOf('wav', 2);
async function heard(model: string, answer: Parameters<typeof startHearing>[0]) {
  server = await startHearing(answer);
  return createHear({ client: server.client, model })({ bytes, fileName: 'talk.wav', seconds: 60 });
}
const segment = (start: number, text: string, given: object = {}) => ({
  start,
  end: start + 1,
  text,
  ...given,
});

test('sends the file and asks for times, and leaves out what a model writes over silence', async () => {
  const noise = segment(9, 'Thanks for watching!', { no_speech_prob: 0.9, avg_logprob: -1.4 });
  const segments = [segment(4, ' They rest. '), segment(0, ' Cells divide.\n'), noise, segment(12, ' ... ')];
  expect(await heard('whisper-1', () => ({ body: { text: 'x', segments } }))).toEqual([
    { at: 0, text: 'Cells divide.' },
    { at: 4, text: 'They rest.' },
  ]);
  expect(server?.asked).toEqual([
    {
      path: '/v1/audio/transcriptions',
      model: 'whisper-1',
      format: 'verbose_json',
      fileName: 'talk.wav',
      bytes,
    },
  ]);
});

test('places sentences by their share where the model gives no times', async () => {
  const answer = () => ({ body: { text: 'Cells divide. They rest now.' } });
  const said = await heard('gpt-4o-transcribe', answer);
  expect(said.map(({ text }) => text)).toEqual(['Cells divide.', 'They rest now.']);
  expect(said[1]?.at).toBeCloseTo(30, 0);
  expect(server?.asked[0]?.format).toBe('json');
});

test('keeps who speaks', async () => {
  const segments = [segment(0, 'Why?', { speaker: 'A' }), segment(2, 'Because.', { speaker: 'B' })];
  const said = await heard('gpt-4o-transcribe-diarize', () => ({ body: { segments } }));
  expect(said.map(({ speaker }) => speaker)).toEqual(['A', 'B']);
  expect(server?.asked[0]?.format).toBe('diarized_json');
});

test('asks plainly where a server knows the plain answer alone', async () => {
  const refusal = { error: { message: "response_format 'verbose_json' is not supported", code: null } };
  const said = await heard('own', (_, count) =>
    count === 1 ? { status: 400, body: refusal } : { body: { text: 'Cells divide.' } },
  );
  expect(said).toEqual([{ at: 0, text: 'Cells divide.' }]);
});

test.each<[string, number, unknown, string]>([
  ['no ears', 400, { error: { message: 'No.', code: 'transcription_not_available' } }, 'hearing_unavailable'],
  ['no such model', 404, { error: { message: 'No.', code: 'model_not_found' } }, 'hearing_unavailable'],
  ['no such route', 404, { detail: 'Not Found' }, 'hearing_unavailable'],
  ['a wrong key', 401, { error: { message: 'No.', code: 'invalid_api_key' } }, 'model_unauthorized'],
  ['no credit', 429, { error: { message: 'No.', code: 'insufficient_quota' } }, 'model_quota'],
  ['too many at once', 429, { error: { message: 'No.' } }, 'model_rate_limited'],
  ['a fault of its own', 500, { error: { message: 'No.' } }, 'model_unavailable'],
  ['an answer of another shape', 200, { segments: [{ start: -4 }] }, 'model_unusable'],
  ['words without end', 200, { text: 'word. '.repeat(60_000) }, 'model_unusable'],
])('tells of a server with %s', async (_, status, body, code) => {
  await expect(heard('own', () => ({ status, body }))).rejects.toMatchObject({ code });
});
