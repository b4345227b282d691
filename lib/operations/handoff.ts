import { z } from 'zod';
import { toClervaMessage } from '../agent/message-codec.ts';
import { messageText } from '../agent/messages.ts';
import type { DatabaseClient } from '../db/clients.ts';
import { listMessages } from '../db/queries/message.ts';
import { getPlan } from '../db/queries/plan.ts';
import { getThread } from '../db/queries/thread.ts';
import { AppError } from '../errors.ts';
import { isEnabled } from './flags.ts';

/** What is handed to the other assistant: one conversation or one plan of whoever asks. */
export const handoffRequestSchema = z.union([
  z.strictObject({
    threadId: z.uuid(),
    planId: z.undefined({ error: 'Name a conversation or a plan.' }).optional(),
  }),
  z.strictObject({
    planId: z.uuid(),
    threadId: z.undefined({ error: 'Name a conversation or a plan.' }).optional(),
  }),
]);
export type HandoffRequest = z.infer<typeof handoffRequestSchema>;

export const handoffPayloadSchema = z.object({
  version: z.literal(1),
  receiver: z.literal('google_ia'),
  source: z.object({ app: z.literal('clerva'), kind: z.enum(['thread', 'plan']), id: z.uuid() }),
  title: z.string(),
  messages: z.array(z.object({ role: z.enum(['user', 'assistant']), text: z.string() })),
  tasks: z.array(z.object({ title: z.string(), etaMin: z.number(), completed: z.boolean() })),
  createdAt: z.iso.datetime(),
});
type Payload = z.infer<typeof handoffPayloadSchema>;
type Content = Omit<Payload, 'version' | 'receiver' | 'source' | 'createdAt'>;

/** As many as the other assistant needs to go on from. */
const MOST_MESSAGES = 100;

async function ofThread(db: DatabaseClient, threadId: string): Promise<Content> {
  const thread = await getThread(db, { threadId });
  if (!thread) throw new AppError('not_found');
  const rows = await listMessages(db, { threadId });
  const messages = rows
    .slice(-MOST_MESSAGES)
    .map(toClervaMessage)
    .flatMap(({ role, parts }) => {
      const text = messageText(parts);
      return role === 'system' || text === '' ? [] : [{ role, text }];
    });
  return { title: thread.title ?? '', messages, tasks: [] };
}

async function ofPlan(db: DatabaseClient, planId: string): Promise<Content> {
  const plan = await getPlan(db, { planId });
  const tasks = plan.weekBlocks.flatMap((week) =>
    week.tasks.map(({ title, etaMin, completed }) => ({ title, etaMin, completed })),
  );
  return { title: plan.title, messages: [], tasks };
}

/**
 * Builds what another assistant would be given. No receiver is part of Clerva, so that nothing leaves this server: with the
 * flag the payload is what whoever asks gets; without it the hand-off is refused.
 */
export async function handOff(
  db: DatabaseClient,
  request: HandoffRequest,
  now: Date,
): Promise<{ sent: false; payload: Payload }> {
  if (!isEnabled('handoff.google_ia.payload_only')) {
    throw new AppError('conflict', {
      message:
        'No receiver is configured. FEATURE_FLAGS=handoff.google_ia.payload_only builds the payload and sends nothing.',
    });
  }
  const [kind, id] =
    request.threadId === undefined
      ? (['plan', request.planId] as const)
      : (['thread', request.threadId] as const);
  const content = kind === 'plan' ? await ofPlan(db, id) : await ofThread(db, id);
  const source = { app: 'clerva', kind, id } as const;
  return {
    sent: false,
    payload: handoffPayloadSchema.parse({
      version: 1,
      receiver: 'google_ia',
      source,
      ...content,
      createdAt: now.toISOString(),
    }),
  };
}
