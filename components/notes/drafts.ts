import { newRequestId } from '@/components/client/request';
import { readStored, writeStored } from '@/components/client/stored';
import type { NoteSaved } from '@/lib/domain/note';
import { sentence } from '@/lib/language/text';
import { merged } from './merge';

/** What a tab wrote and nobody has acknowledged yet, with what it began with. */
export type Draft = {
  documentId: string;
  text: string;
  base: { revision: number; content: string };
  savedAtMs: number;
};
export type NoteSave = { content: string; base: number; requestId: string; keepsVersion: boolean };
export type SendNote = (documentId: string, save: NoteSave) => Promise<NoteSaved>;

/** A tab that writes keeps its draft younger than this; an older one is left over, or its tab is offline. */
const LEFT_OVER_MS = 10_000;
/** So often somebody else may save in between. */
const MOST_TRIES = 5;

const prefixOf = (userId: string) => `clerva-note:${userId}:`;

/** One key for each tab, so that two never overwrite each other's. Gives whether it is kept. */
export const keepDraft = (userId: string, tab: string, draft: Draft): boolean =>
  writeStored(`${prefixOf(userId)}${draft.documentId}:${tab}`, JSON.stringify(draft));

export const dropDraft = (userId: string, tab: string, documentId: string): void =>
  void writeStored(`${prefixOf(userId)}${documentId}:${tab}`, null);

/** Written out, since every page looks for drafts and none of them should load what reads a schema. */
function isDraft(kept: unknown): kept is Draft {
  const { documentId, text, base, savedAtMs } = (kept ?? {}) as Partial<Draft>;
  return (
    typeof documentId === 'string' &&
    /^[\da-f-]{36}$/i.test(documentId) &&
    typeof text === 'string' &&
    typeof base?.content === 'string' &&
    Number.isInteger(base.revision) &&
    typeof savedAtMs === 'number'
  );
}

function waiting(userId: string, nowMs: number): { key: string; draft: Draft }[] {
  try {
    return Object.keys(window.localStorage).flatMap((key) => {
      if (!key.startsWith(prefixOf(userId))) return [];
      const draft: unknown = JSON.parse(readStored(key) ?? 'null');
      return isDraft(draft) && nowMs - draft.savedAtMs > LEFT_OVER_MS ? [{ key, draft }] : [];
    });
  } catch {
    // Storage is switched off, or holds what is no draft: there is nothing to send.
    return [];
  }
}

/** Saves a text wherever the note stands by now: where both changed the same lines, both are kept. */
export async function saveDraft(draft: Draft, send: SendNote): Promise<void> {
  let { text, base } = draft;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const saved = await send(draft.documentId, {
      content: text,
      base: base.revision,
      requestId: newRequestId(),
      keepsVersion: tries > 0,
    });
    if (saved.isSaved) return;
    text = merged(base.content, text, saved.content).text;
    base = saved;
  }
  throw new Error(sentence('The note is being written elsewhere.'));
}

/** Sends what was left over on this device, of one note or of all; what cannot be sent now waits on. */
export async function sendDrafts(userId: string, send: SendNote, documentId?: string): Promise<number> {
  let sent = 0;
  for (const { key, draft } of waiting(userId, Date.now())) {
    if (documentId !== undefined && draft.documentId !== documentId) continue;
    await saveDraft(draft, send);
    writeStored(key, null);
    sent++;
  }
  return sent;
}
