import { requestJson } from '@/components/client/request';
import type { Note, NoteSaved, NoteVersion } from '@/lib/domain/note';
import { api } from '@/lib/links';
import type { NoteSave } from './drafts';

/** Characters: a browser takes 64 kB of a page that is left, and a character may be four of its bytes. */
const MOST_KEPT_ALIVE = 15_000;

export const sendNote = (documentId: string, save: NoteSave & { course?: string | undefined }) =>
  requestJson<NoteSaved>(api.note(documentId), {
    method: 'PUT',
    body: save,
    // The last save of a page that is left goes out all the same, where a browser takes so much.
    keepalive: save.content.length < MOST_KEPT_ALIVE,
  });

export const fetchNote = (documentId: string) => requestJson<Note>(api.note(documentId));

export const fetchVersions = async (url: string) =>
  (await requestJson<Note & { versions: NoteVersion[] }>(url)).versions;
