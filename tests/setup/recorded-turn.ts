import { createChatModel } from '../../lib/agent/model.ts';
import type { OpenedTurn } from '../../lib/db/queries/message.ts';
import { turnWith, type WireTurn } from './wire-turn.ts';

export type Recorded = Partial<OpenedTurn> & { text: string } & Omit<WireTurn, 'opened' | 'deadlineMs'>;

/** A turn against a server that speaks the provider's protocol. */
export function recordedTurn(
  baseUrl: string,
  { notes = [], settings, fail = false, moderate, guardsBrands = false, ...opened }: Recorded,
) {
  const chat = createChatModel({
    OPENAI_API: 'responses',
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: baseUrl,
    OPENAI_CHAT_MODEL: 'replayed',
    OPENAI_MAX_TOKENS: 1_000,
  });
  return turnWith(chat, { notes, settings, fail, moderate, guardsBrands, opened });
}
