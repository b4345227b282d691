import type { DatabaseClient } from '../db/clients.ts';
import { type ChatSwitch, readChatSwitch } from '../db/queries/operations.ts';
import { serverEnv } from '../env.ts';
import { AppError } from '../errors.ts';
import { logger } from '../observability/logger.ts';
import { processState } from '../process-state.ts';

/** So long a process believes what it read: the switch holds everywhere within five seconds. */
const BELIEVED_MS = 3_000;
/** Longer than a page waits by itself before it asks again. */
const RETRY_AFTER_SECONDS = 120;

type Known = { readAtMs: number; value: ChatSwitch | null; reading: Promise<ChatSwitch> | null };
const known = () =>
  processState<Known>('chat-switch', () => ({
    readAtMs: Number.NEGATIVE_INFINITY,
    value: null,
    reading: null,
  }));

/** What is known to be so from now on: an admin of this process just turned it. */
export function rememberSwitch(value: ChatSwitch): void {
  Object.assign(known(), { readAtMs: performance.now(), value });
}

/** The switch as of a moment ago; asked of the database once in a while, however many ask. */
async function currentSwitch(db: DatabaseClient): Promise<ChatSwitch | null> {
  const state = known();
  if (performance.now() - state.readAtMs < BELIEVED_MS) return state.value;
  state.reading ??= readChatSwitch(db).finally(() => {
    state.reading = null;
  });
  try {
    rememberSwitch(await state.reading);
  } catch (err) {
    // What was last known holds on: a database that does not answer opens no turn anyway.
    logger().warn({ err }, 'the switch of the chat could not be read');
  }
  return known().value;
}

/** Why no question is taken; null while they are. */
export async function chatClosure(db: DatabaseClient): Promise<{ reason: string | null } | null> {
  if (serverEnv().CHAT_DISABLED) return { reason: null };
  const state = await currentSwitch(db);
  return state?.isOff ? { reason: state.reason } : null;
}

/** Refuses a turn while the chat is off. What is being written is written to its end. */
export async function requireChat(db: DatabaseClient): Promise<void> {
  const closure = await chatClosure(db);
  if (closure === null) return;
  const message = closure.reason === null ? {} : { message: closure.reason };
  throw new AppError('chat_disabled', { ...message, retryAfterSeconds: RETRY_AFTER_SECONDS });
}
