import { readUIMessageStream } from 'ai';
import type { ClervaMessage } from '../../lib/agent/messages.ts';
import type { createChatModel } from '../../lib/agent/model.ts';
import type { MessageStore } from '../../lib/agent/persistence.ts';
import { startTurn } from '../../lib/agent/turn.ts';
import type { TurnSettings } from '../../lib/domain/turn.ts';
import { notesDatabase } from './notes-database.ts';
import { collected } from './streams.ts';

/** One whole turn with a model, and everything that a page, the store and the books get of it. */
export async function turnWith(
  chat: ReturnType<typeof createChatModel>,
  { deadlineMs = 15_000, settings }: { deadlineMs?: number | undefined; settings?: TurnSettings } = {},
) {
  const finished: Parameters<MessageStore['finish']>[] = [];
  const { db } = notesDatabase([{ text: 'Working memory holds about four items.' }]);
  const turn = startTurn(
    {
      ...chat,
      retrieval: { embedQuery: async () => [], denseWeight: 0, embeddingModel: 'none' },
      approvalSecret: 'secret',
      prices: { inputUsdPerMillion: 1, outputUsdPerMillion: 2 },
    },
    {
      opened: {
        threadId: 'thread',
        threadTitle: null,
        created: true,
        userMessageId: 'question',
        assistantMessageId: 'answer',
        text: 'How many items?',
        history: [],
        memory: [],
        profile: { displayName: 'Ada', gradeLevel: null, subjects: [], timezone: 'UTC' },
        documents: { ready: 1, processing: 0 },
        partners: [],
      },
      settings,
      userId: 'user',
      traceId: 'trace',
      db,
      store: { save: async () => true, finish: async (...given) => void finished.push(given) },
      now: new Date('2026-11-20T14:05:00Z'),
      deadlineMs,
    },
  );
  const [forPage, forTest] = turn.chunks.tee();
  const chunks = collected(forTest);
  let shown: ClervaMessage | undefined;
  for await (const snapshot of readUIMessageStream<ClervaMessage>({ stream: forPage })) shown = snapshot;
  const { message, error } = await turn.finished;
  const [parts, metadata, , telemetry] = finished[0] ?? [];
  return { message, error, shown, chunks: await chunks, parts, metadata, telemetry };
}
