import OpenAI from 'openai';
import type { Env } from '../../env.ts';
import { AppError } from '../../errors.ts';
import { processState } from '../../process-state.ts';

type HearingEnv = Pick<Env, 'hasOpenAI' | 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'TRANSCRIBE_MODEL'>;

export const DEFAULT_HEARING_MODEL = 'whisper-1';
const KNOWN_FOR_MS = 600_000;
const LOOK_MS = 1_500;

/**
 * The model that hears recordings, or null where there is none. The one that an operator named is taken at their word; of the
 * usual one the server is asked whether it has it, and a server that does not answer may have it.
 */
export async function hearingModel(env: HearingEnv): Promise<string | null> {
  if (!env.hasOpenAI || env.TRANSCRIBE_MODEL === 'off') return null;
  if (env.TRANSCRIBE_MODEL) return env.TRANSCRIBE_MODEL;
  const known = processState('hearing-model', () => ({ at: Number.NEGATIVE_INFINITY, isThere: true }));
  if (performance.now() - known.at < KNOWN_FOR_MS) return known.isThere ? DEFAULT_HEARING_MODEL : null;
  const client = new OpenAI({
    apiKey: env.OPENAI_API_KEY,
    baseURL: env.OPENAI_BASE_URL,
    timeout: LOOK_MS,
    maxRetries: 0,
  });
  try {
    await client.models.retrieve(DEFAULT_HEARING_MODEL);
    Object.assign(known, { at: performance.now(), isThere: true });
  } catch (error) {
    if (!(error instanceof OpenAI.NotFoundError)) return DEFAULT_HEARING_MODEL;
    Object.assign(known, { at: performance.now(), isThere: false });
  }
  return known.isThere ? DEFAULT_HEARING_MODEL : null;
}

/** Refuses a recording before a byte of it is sent. */
export async function requireHearing(env: HearingEnv): Promise<void> {
  if ((await hearingModel(env)) === null) throw new AppError('hearing_unavailable');
}
