import OpenAI, { toFile } from 'openai';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { modelFault } from '../../model-faults.ts';

/** What was said, and the second of the piece in which it begins. */
export type Heard = { at: number; text: string; speaker?: string | undefined };
/** Makes words of a piece of a recording. */
export type Hear = (piece: { bytes: Uint8Array; fileName: string; seconds: number }) => Promise<Heard[]>;

/** A piece of twenty minutes takes a minute or two. */
const TIMEOUT_MS = 300_000;
/** The longest text of one piece; a model that repeats itself without end writes more. */
const MOST_CHARACTERS = 200_000;
/** Models that give no times of what is said: a piece of theirs is short instead, so that its place is known by it. */
const UNTIMED = /transcribe(?!.*diarize)/;
const SPEAKERS = /diarize/;
export const UNTIMED_PIECE_SECONDS = 90;

export const givesTimes = (model: string): boolean => !UNTIMED.test(model);

const answerSchema = z.object({
  text: z.string().default(''),
  segments: z
    .array(
      z.object({
        start: z.number().min(0),
        text: z.string(),
        speaker: z.string().max(80).nullish(),
        no_speech_prob: z.number().nullish(),
        avg_logprob: z.number().nullish(),
      }),
    )
    .nullish(),
});
type Answer = z.output<typeof answerSchema>;

/** What a model writes over silence is no speech, by its own account. */
const isSpeech = ({ no_speech_prob, avg_logprob }: NonNullable<Answer['segments']>[number]): boolean =>
  !((no_speech_prob ?? 0) > 0.6 && (avg_logprob ?? 0) < -1);

const bare = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Sentences by their share of the text: where nobody says when, that is near enough to find the place. */
function spread(text: string, seconds: number): Heard[] {
  const sentences = text.match(/[^.!?。！？]+[.!?。！？]*\s*/g) ?? [];
  let done = 0;
  return sentences.map((sentence) => {
    const at = (done / Math.max(1, text.length)) * seconds;
    done += sentence.length;
    return { at, text: bare(sentence) };
  });
}

function heardOf(answer: unknown, seconds: number): Heard[] {
  const { data } = answerSchema.safeParse(answer);
  if (!data) throw new AppError('model_unusable');
  const segments = data.segments?.filter(isSpeech);
  const heard = segments
    ? segments.map(({ start, text, speaker }) => ({
        at: Math.min(start, seconds),
        text: bare(text),
        ...(speaker && { speaker }),
      }))
    : spread(data.text, seconds);
  const spoken = heard.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  if (spoken.reduce((sum, { text }) => sum + text.length, 0) > MOST_CHARACTERS)
    throw new AppError('model_unusable');
  return spoken.sort((left, right) => left.at - right.at);
}

/** Hears by a server of the OpenAI protocol. */
export function createHear({
  client,
  model,
  timeoutMs = TIMEOUT_MS,
}: {
  client: OpenAI;
  model: string;
  timeoutMs?: number;
}): Hear {
  const ask = async ({ bytes, fileName }: Parameters<Hear>[0], isTimed: boolean): Promise<unknown> =>
    client.audio.transcriptions.create(
      {
        file: await toFile(bytes, fileName),
        model,
        response_format: isTimed ? (SPEAKERS.test(model) ? 'diarized_json' : 'verbose_json') : 'json',
        ...(SPEAKERS.test(model) && { chunking_strategy: 'auto' as const }),
      },
      { timeout: timeoutMs, maxRetries: 1 },
    );
  return async (piece) => {
    try {
      const answer = await ask(piece, givesTimes(model)).catch((error: unknown) => {
        // Servers of one's own may know the plain answer alone.
        const isOfAnswer = error instanceof OpenAI.BadRequestError && /response_format/.test(error.message);
        return isOfAnswer ? ask(piece, false) : Promise.reject(error);
      });
      return heardOf(answer, piece.seconds);
    } catch (cause) {
      const fault = modelFault(cause);
      // The server answers, but has no such model or no such route.
      const isWithout = fault.code === 'model_not_found' || fault.code === 'model_misconfigured';
      throw isWithout ? new AppError('hearing_unavailable', { cause }) : fault;
    }
  };
}
