import { randomUUID } from 'node:crypto';
import { turnDependencies } from '../../lib/agent/dependencies.ts';
import { createGenerate } from '../../lib/agent/generate.ts';
import { toParts } from '../../lib/agent/message-codec.ts';
import { messageText } from '../../lib/agent/messages.ts';
import {
  extended,
  extractFacts,
  olderPart,
  type SaidMessage,
  summariseMessages,
  summaryShare,
} from '../../lib/agent/remember.ts';
import { tokenCounter } from '../../lib/agent/tokens.ts';
import { createServiceClient } from '../../lib/db/clients.ts';
import { keepFacts, keepSummary, type ReadMessage, readProgress } from '../../lib/db/queries/remembering.ts';
import { AppError } from '../../lib/errors.ts';
import { Telemetry } from '../../lib/observability/telemetry.ts';
import { timeoutSignal } from '../../lib/process-state.ts';
import { inngest } from '../client.ts';
import { questionAsked } from '../events.ts';
import { withVerdict } from '../failure.ts';

const DEADLINE_MS = 60_000;

type Conversation = { userId: string; threadId: string };

/**
 * Reads a conversation a little after its last question: what the student said of themselves becomes facts on their page
 * of memory, and what no longer fits a turn a running summary. Each run takes up where the last one ended.
 */
export const rememberTurn = inngest.createFunction(
  {
    id: 'remember-turn',
    triggers: [questionAsked],
    debounce: { key: 'event.data.threadId', period: '5s', timeout: '1m' },
    // In all no more than a few: what is asked now comes before what was said a moment ago.
    concurrency: [{ limit: 1, key: 'event.data.userId' }, { limit: 3 }],
    retries: 2,
  },
  async ({ event, step }) => {
    const { data } = event;
    const { facts, isLong } = await step.run('remember', () =>
      withVerdict('remember', () => whileThere(() => remember(data), { facts: 0, isLong: false })),
    );
    if (!isLong) return { facts, sentences: 0 };
    const sentences = await step.run('sum-up', () =>
      withVerdict('sum-up', () => whileThere(() => sumUp(data), 0)),
    );
    return { facts, sentences };
  },
);

/** The account, or the conversation, may go between the question and this: then there is nothing to keep. */
async function whileThere<Kept>(work: () => Promise<Kept>, nothing: Kept): Promise<Kept> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && ['unauthenticated', 'conflict'].includes(error.code)) return nothing;
    throw error;
  }
}

const asSaid = ({ parts, ...message }: ReadMessage): SaidMessage => ({
  ...message,
  text: Array.isArray(parts) ? messageText(toParts(parts)) : '',
});

function making() {
  const { model, modelId, prices } = turnDependencies();
  const telemetry = new Telemetry(randomUUID().replaceAll('-', ''), prices);
  return {
    generate: createGenerate({ model, modelId, telemetry }),
    now: new Date(),
    signal: timeoutSignal(DEADLINE_MS),
  };
}

type Progress = NonNullable<Awaited<ReturnType<typeof readProgress>>>;

/** What no summary covers, where it no longer fits a turn. */
async function outgrown({ messages, covers }: Progress) {
  const uncovered = messages.filter(({ seq }) => seq > covers).map(asSaid);
  const share = summaryShare(turnDependencies().tokenBudget);
  return olderPart(uncovered, { share, count: await tokenCounter() });
}

async function remember(conversation: Conversation): Promise<{ facts: number; isLong: boolean }> {
  const db = createServiceClient();
  const progress = await readProgress(db, conversation);
  if (!progress) return { facts: 0, isLong: false };
  const isLong = (await outgrown(progress)) !== null;
  const { messages, remembered, isPaused } = progress;
  const unread = messages.filter(({ seq, role }) => role === 'user' && seq > remembered);
  const last = unread.at(-1);
  if (!last) return { facts: 0, isLong };
  // What is said while the memory is paused is never read for it, also not later.
  const facts = isPaused ? [] : await extractFacts(unread.map(asSaid), making());
  await keepFacts(db, { ...conversation, facts, remembered: last.seq });
  return { facts: facts.length, isLong };
}

async function sumUp(conversation: Conversation): Promise<number> {
  const db = createServiceClient();
  const progress = await readProgress(db, conversation);
  const part = progress && (await outgrown(progress));
  if (!part) return 0;
  const added = await summariseMessages(part.older, making());
  const sentences = extended(progress.sentences, added);
  await keepSummary(db, { ...conversation, sentences, covers: part.coversSeq });
  return added.length;
}
