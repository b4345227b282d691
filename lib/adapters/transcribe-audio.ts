import OpenAI from 'openai';
import { z } from 'zod';
import { serverEnv } from '../env.ts';
import { AppError } from '../errors.ts';
import { isRecording, kindOfName } from '../ingestion/kinds.ts';
import { readAside } from '../ingestion/reader/pool.ts';
import { hearingModel } from '../ingestion/recording/hearing-model.ts';
import { createHear, type Heard } from '../ingestion/recording/transcribe.ts';
import { isEnabled } from '../operations/flags.ts';
import { defineTool, orNull } from '../tools/define-tool.ts';
import { sendOut, sentSchema } from './send-out.ts';
import { studentFile } from './student-file.ts';

/** As much as is heard while somebody waits. A whole recording is read by a job, when it is added. */
const MOST_SECONDS = 60;
const HEAR_MS = 4_500;

const deepgram = z.object({
  results: z.object({
    utterances: z.array(z.object({ start: z.number().min(0), transcript: z.string() })).nullish(),
    channels: z.array(z.object({ alternatives: z.array(z.object({ transcript: z.string() })) })).default([]),
  }),
});

function heardBy(answer: unknown): Heard[] {
  const { utterances, channels } = deepgram.parse(answer).results;
  if (utterances) return utterances.map(({ start, transcript }) => ({ at: start, text: transcript }));
  return channels
    .slice(0, 1)
    .flatMap(({ alternatives: [best] }) => (best ? [{ at: 0, text: best.transcript }] : []));
}

const DEEPGRAM = 'https://api.deepgram.com/v1/listen?model=nova-3&smart_format=true&utterances=true';

type Piece = { bytes: Uint8Array; fileName: string; seconds: number };

function client() {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = serverEnv();
  return new OpenAI({ apiKey, baseURL, timeout: HEAR_MS, maxRetries: 1 });
}

async function hearBy(model: string | null, mimeType: string, piece: Piece, signal: AbortSignal) {
  const { OPENAI_BASE_URL, DEEPGRAM_API_KEY: key } = serverEnv();
  if (model === null) {
    const headers = { authorization: `Token ${key}`, 'content-type': mimeType };
    const { body, dryRun } = await sendOut({ url: DEEPGRAM, headers, body: piece.bytes }, signal);
    return { heard: dryRun ? [] : heardBy(body), dryRun };
  }
  if (isEnabled('adapters.dry_run')) {
    const url = `${OPENAI_BASE_URL ?? 'https://api.openai.com/v1'}/audio/transcriptions`;
    const body = `${piece.fileName}, ${piece.bytes.length} bytes, for ${model}`;
    return { heard: [], dryRun: { method: 'POST', url, headers: ['authorization'], body } };
  }
  return { heard: await createHear({ client: client(), model, timeoutMs: HEAR_MS })(piece), dryRun: null };
}

export const hearsAudio = async () =>
  serverEnv().DEEPGRAM_API_KEY !== undefined || (await hearingModel(serverEnv())) !== null;

export const transcribeAudio = defineTool({
  name: 'transcribeAudio',
  description:
    'Writes down what is said in up to a minute of a recording of the student’s own. A whole recording is read when it is added to the library.',
  input: z.object({
    documentId: z.uuid().describe('The recording: of the library, or given in a conversation.'),
    fromSecond: orNull(z.number().min(0).max(86_400)).describe('Where to begin, 0 when null.'),
    seconds: orNull(z.number().min(1).max(MOST_SECONDS)).describe('How much of it, a minute when null.'),
  }),
  output: z.object({
    segments: z.array(z.object({ at: z.number().describe('Second of the recording.'), text: z.string() })),
    text: z.string(),
    by: z.string().describe('Which model, or deepgram.'),
    dryRun: sentSchema.nullable().describe('What would have been sent; null when it was sent.'),
  }),
  timeoutSeconds: 5,
  async run({ documentId, fromSecond, seconds }, { db, userId }, signal) {
    const model = await hearingModel(serverEnv());
    if (model === null && serverEnv().DEEPGRAM_API_KEY === undefined && !isEnabled('adapters.dry_run'))
      throw new AppError('hearing_unavailable');
    const file = await studentFile(db, documentId);
    if (!isRecording(kindOfName(file.fileName)))
      throw new AppError('file_unsupported', { message: 'Only recordings are listened to.' });
    const from = fromSecond ?? 0;
    const asked = { from, to: from + (seconds ?? MOST_SECONDS) };
    const part = await readAside(userId, 'cutRecording', { ...file, piece: asked });
    if (from >= part.seconds)
      throw new AppError('invalid_request', {
        message: `This recording ends at second ${Math.floor(part.seconds)}.`,
      });
    if (!part.isCut && part.seconds > 2 * MOST_SECONDS)
      throw new AppError('conflict', {
        message: 'This recording cannot be cut. It is read whole when it is added to the library.',
      });
    const piece = { from, to: Math.min(part.seconds, asked.to) };
    const given = { bytes: part.bytes, fileName: file.fileName, seconds: piece.to - part.from };
    const { heard, dryRun } = await hearBy(model, file.mimeType, given, signal);
    const segments = heard
      .map(({ at, text }) => ({ at: Math.round((at + part.from) * 10) / 10, text }))
      .filter(({ at }) => at >= part.from && at < piece.to);
    const text = segments.map((segment) => segment.text).join(' ');
    return { segments, text, by: model ?? 'deepgram', dryRun };
  },
});
