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
import { createServiceClient, type DatabaseClient } from '../../lib/db/clients.ts';
import { isMemoryPaused } from '../../lib/db/queries/memory.ts';
import {
  keepFacts,
  keepProgress,
  type ReadMessage,
  readMessagesAfter,
  readProgress,
} from '../../lib/db/queries/remembering.ts';
import { AppError } from '../../lib/errors.ts';
import { Telemetry } from '../../lib/observability/telemetry.ts';
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
    const facts = await step.run('remember', () =>
      withVerdict('remember', () => whileThere(() => rememberFacts(data))),
    );
    const sentences = await step.run('sum-up', () =>
      withVerdict('sum-up', () => whileThere(() => sumUp(data))),
    );
    return { facts, sentences };
  },
);

/** The account, or the conversation, may go between the question and this: then there is nothing to keep. */
async function whileThere(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && ['unauthenticated', 'conflict'].includes(error.code)) return 0;
    throw error;
  }
}

const asSaid = ({ parts, ...message }: ReadMessage): SaidMessage => ({
  ...message,
  text: Array.isArray(parts) ? messageText(toParts(parts)) : '',
});

function making(now = new Date()) {
  const { model, modelId, prices } = turnDependencies();
  const telemetry = new Telemetry(randomUUID().replaceAll('-', ''), prices);
  return {
    generate: createGenerate({ model, modelId, telemetry }),
    now,
    signal: AbortSignal.timeout(DEADLINE_MS),
  };
}

async function rememberFacts(conversation: Conversation): Promise<number> {
  const db: DatabaseClient = createServiceClient();
  const progress = await readProgress(db, conversation);
  if (!progress) return 0;
  const messages = await readMessagesAfter(db, { ...conversation, seq: progress.remembered, role: 'user' });
  const last = messages.at(-1);
  if (!last) return 0;
  const { userId } = conversation;
  const now = new Date();
  // What is said while the memory is paused is never read for it, also not later.
  const isPaused = await isMemoryPaused(db, { userId });
  const facts = isPaused ? [] : await extractFacts(messages.map(asSaid), making(now));
  await keepFacts(db, { userId, facts });
  await keepProgress(db, { ...conversation, remembered: last.seq });
  return facts.length;
}

async function sumUp(conversation: Conversation): Promise<number> {
  const db: DatabaseClient = createServiceClient();
  const progress = await readProgress(db, conversation);
  if (!progress) return 0;
  const messages = (await readMessagesAfter(db, { ...conversation, seq: progress.covers })).map(asSaid);
  const share = summaryShare(turnDependencies().tokenBudget);
  const outgrown = olderPart(messages, { share, count: await tokenCounter() });
  if (!outgrown) return 0;
  const added = await summariseMessages(outgrown.older, making());
  const sentences = extended(progress.sentences, added);
  await keepProgress(db, { ...conversation, sentences, covers: outgrown.coversSeq });
  return added.length;
}
