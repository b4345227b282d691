import { readUIMessageStream } from 'ai';
import type { Moderate } from '../../lib/agent/guard/guard.ts';
import type { ClervaMessage } from '../../lib/agent/messages.ts';
import type { createChatModel } from '../../lib/agent/model.ts';
import type { MessageStore } from '../../lib/agent/persistence.ts';
import { startTurn } from '../../lib/agent/turn.ts';
import type { OpenedTurn } from '../../lib/db/queries/message.ts';
import type { TurnSettings } from '../../lib/domain/turn.ts';
import { type Note, notesDatabase } from './notes-database.ts';
import { collected } from './streams.ts';

export type WireTurn = {
  notes?: Note[];
  settings?: TurnSettings | undefined;
  /** Whether the database fails. */
  fail?: boolean;
  moderate?: Moderate | undefined;
  guardsBrands?: boolean;
  deadlineMs?: number | undefined;
  opened?: Partial<OpenedTurn>;
};

/** One whole turn with a model, and everything that a page, the store and the books get of it. */
export async function turnWith(chat: ReturnType<typeof createChatModel>, given: WireTurn = {}) {
  const { notes = [{ text: 'Working memory holds about four items.' }], fail = false } = given;
  const finished: Parameters<MessageStore['finish']>[] = [];
  const { db, requests } = notesDatabase(notes, { fail });
  const turn = startTurn(
    {
      ...chat,
      retrieval: { embedQuery: async () => [], denseWeight: 0, embeddingModel: 'none' },
      moderate: given.moderate,
      guardsBrands: given.guardsBrands ?? false,
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
        profile: { displayName: 'Ada', gradeLevel: null, subjects: [], timezone: 'Europe/Berlin' },
        documents: { ready: 1, processing: 0 },
        partners: [],
        ...given.opened,
      },
      settings: given.settings,
      userId: 'user',
      traceId: 'trace',
      db,
      store: {
        save: async (draft) => draft() !== undefined,
        finish: async (...saved) => void finished.push(saved),
      },
      now: new Date('2026-11-20T14:05:00Z'),
      deadlineMs: given.deadlineMs ?? 15_000,
    },
  );
  const [forPage, forTest] = turn.chunks.tee();
  const chunks = collected(forTest);
  let shown: ClervaMessage | undefined;
  for await (const snapshot of readUIMessageStream<ClervaMessage>({ stream: forPage })) shown = snapshot;
  const { message, error } = await turn.finished;
  const [parts, metadata, title, telemetry, mask] = finished[0] ?? [];
  return { message, error, shown, chunks: await chunks, parts, metadata, title, telemetry, mask, requests };
}
