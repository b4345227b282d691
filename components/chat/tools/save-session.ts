import { requestJson } from '@/components/client/request';
import { browserTransport } from '@/components/library/transport';
import type { AddedDocument } from '@/lib/db/queries/document';
import { api } from '@/lib/links';
import { type SessionSummary, summaryMarkdown } from '@/lib/study/summary/summary';

export const SESSION_PARTS = ['note', 'flashcards', 'tasks'] as const;
export type SessionPart = (typeof SESSION_PARTS)[number];

export type Session = SessionSummary & { title: string };

/** A file name out of a title: letters and digits of any script, and nothing a file system minds. */
export const noteFileName = (title: string): string =>
  `${
    title
      .replace(/[^\p{L}\p{N} -]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 80) || 'Session'
  }.md`;

/** The summary becomes a document like any other: it is read, searched and cited. The same text twice is one document. */
async function saveNote(session: Session): Promise<void> {
  const file = new File([summaryMarkdown(session.title, session)], noteFileName(session.title), {
    type: 'text/markdown',
  });
  const contentHash = await browserTransport.hash(file);
  const added = await requestJson<AddedDocument>(api.documents, {
    method: 'POST',
    body: {
      title: session.title,
      fileName: file.name,
      mimeType: file.type,
      sizeBytes: file.size,
      sourceType: 'session',
      ...(contentHash === undefined ? {} : { contentHash }),
    },
  });
  if (added.alreadyInLibrary) return;
  const { signal } = new AbortController();
  try {
    await browserTransport.put(added.upload.signedUrl, file, {
      mimeType: file.type,
      signal,
      onProgress: () => undefined,
    });
  } catch (error) {
    // Its place in the library would wait for a file that does not come, and stand in the way of the next attempt.
    await browserTransport.remove(added.documentId).catch(() => undefined);
    throw error;
  }
  await browserTransport.ingest(added.documentId, signal);
}

const saveFlashcards = ({ title, flashcards }: Session) =>
  requestJson<unknown>(api.flashcards, {
    method: 'POST',
    body: { cards: flashcards.map(({ front, back }) => ({ front, back, deck: title })), proposed: false },
  });

const saveTasks = ({ tasks }: Session) =>
  requestJson<unknown>(api.planTasks, { method: 'POST', body: { tasks } });

const SAVERS: Record<SessionPart, (session: Session) => Promise<unknown>> = {
  note: saveNote,
  flashcards: saveFlashcards,
  tasks: saveTasks,
};

/** Keeps one part of a session where it belongs. */
export const savePart = async (part: SessionPart, session: Session): Promise<void> => {
  await SAVERS[part](session);
};

/** What of a session there is to save. */
export const partsOf = ({ flashcards, tasks }: SessionSummary): SessionPart[] =>
  SESSION_PARTS.filter(
    (part) => part === 'note' || (part === 'flashcards' ? flashcards.length > 0 : tasks.length > 0),
  );
