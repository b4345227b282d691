import type { Moderate } from '../../lib/agent/guard/guard.ts';
import { createChatModel } from '../../lib/agent/model.ts';
import type { MessageStore } from '../../lib/agent/persistence.ts';
import { startTurn } from '../../lib/agent/turn.ts';
import type { OpenedTurn } from '../../lib/db/queries/message.ts';
import type { TurnSettings } from '../../lib/domain/turn.ts';
import { type Note, notesDatabase } from './notes-database.ts';
import { collected } from './streams.ts';

export type Recorded = Partial<OpenedTurn> & {
  text: string;
  notes?: Note[];
  settings?: TurnSettings;
  fail?: boolean;
  moderate?: Moderate;
  guardsBrands?: boolean;
};

/** A turn against a server that speaks the provider's protocol, with everything that the page, the store and the books get. */
export async function recordedTurn(
  baseUrl: string,
  { notes = [], settings, fail = false, moderate, guardsBrands = false, ...opened }: Recorded,
) {
  const finished: Parameters<MessageStore['finish']>[] = [];
  const { db, requests } = notesDatabase(notes, { fail });
  const turn = startTurn(
    {
      ...createChatModel({
        OPENAI_API: 'responses',
        OPENAI_API_KEY: 'key',
        OPENAI_BASE_URL: baseUrl,
        OPENAI_CHAT_MODEL: 'replayed',
        OPENAI_MAX_TOKENS: 1_000,
      }),
      retrieval: { embedQuery: async () => [], denseWeight: 0, embeddingModel: 'none' },
      moderate,
      guardsBrands,
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
        history: [],
        memory: [],
        profile: { displayName: 'Ada', gradeLevel: null, subjects: [], timezone: 'Europe/Berlin' },
        documents: { ready: 1, processing: 0 },
        partners: [],
        ...opened,
      },
      settings,
      userId: 'user',
      traceId: 'trace',
      db,
      store: { save: async () => true, finish: async (...given) => void finished.push(given) },
      now: new Date('2026-11-20T14:05:00Z'),
      deadlineMs: 15_000,
    },
  );
  const chunks = await collected(turn.chunks);
  const { message, error } = await turn.finished;
  const [parts, metadata, title, telemetry, mask] = finished[0] ?? [];
  return { chunks, message, error, parts, metadata, title, telemetry, mask, requests };
}
