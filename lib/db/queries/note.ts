import type { z } from 'zod';
import { DOCUMENT_BUCKET } from '../../domain/document.ts';
import {
  type NOTE_IMAGE_TYPES,
  type Note,
  type NoteSaved,
  type NoteVersion,
  noteSavedSchema,
  type noteSaveSchema,
  titleOfNote,
} from '../../domain/note.ts';
import { AppError } from '../../errors.ts';
import { slices } from '../../slices.ts';
import { mediaName, picturesIn } from '../../study/cards/pictures.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError, storeError } from '../errors.ts';

/** Long enough for a page with many pictures, each loaded when it is scrolled to. */
const IMAGE_LINK_SECONDS = 600;
/** Ids travel in the address. */
const IDS_PER_QUESTION = 100;

export async function findNote(db: DatabaseClient, id: string): Promise<Note | null> {
  const { data, error } = await db
    .from('note')
    .select('documentId:doc_id, content, revision, updatedAt:updated_at')
    .eq('doc_id', id)
    .maybeSingle();
  if (error) throw databaseError(error);
  return data;
}

export async function getNote(db: DatabaseClient, id: string): Promise<Note> {
  const note = await findNote(db, id);
  if (!note) throw new AppError('not_found');
  return note;
}

/** Begins or saves a note; where it was changed meanwhile nothing is saved, and what it says by now is given. */
export async function saveNote(
  db: DatabaseClient,
  id: string,
  { content, base, requestId, keepsVersion, course }: z.output<typeof noteSaveSchema>,
): Promise<NoteSaved> {
  const { data, error } = await db.rpc('save_note', {
    p_id: id,
    // Neither a database nor an index holds these.
    p_content: content.replaceAll('\0', '').toWellFormed(),
    p_title: titleOfNote(content.replaceAll('\0', '').toWellFormed()),
    p_base: base,
    p_request_id: requestId,
    p_keeps: keepsVersion,
    ...(course ? { p_course: course } : {}),
  });
  if (error) throw databaseError(error);
  return noteSavedSchema.parse(data);
}

/** What a note said before, the newest first. */
export async function noteVersions(db: DatabaseClient, id: string): Promise<NoteVersion[]> {
  const { data, error } = await db
    .from('note_version')
    .select('revision, content, createdAt:created_at')
    .eq('doc_id', id)
    .order('revision', { ascending: false });
  if (error) throw databaseError(error);
  return data;
}

export type NoteImageType = (typeof NOTE_IMAGE_TYPES)[number];
const startsWith = (bytes: Uint8Array, signature: string, at = 0) =>
  Buffer.from(bytes.subarray(at, at + signature.length)).toString('latin1') === signature;

/** What a picture is by its first bytes, whatever it is called. */
export function noteImageType(bytes: Uint8Array): NoteImageType | undefined {
  if (startsWith(bytes, '\x89PNG\r\n')) return 'image/png';
  if (startsWith(bytes, '\xff\xd8\xff')) return 'image/jpeg';
  return startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8) ? 'image/webp' : undefined;
}

/** Keeps a picture beside its note. The row comes first: a file that no row names is removed after a day. */
export async function addNoteImage(
  db: DatabaseClient,
  { docId, userId, bytes }: { docId: string; userId: string; bytes: Uint8Array },
): Promise<string> {
  const mimeType = noteImageType(bytes);
  if (!mimeType) {
    const message = 'Only PNG, JPEG and WebP pictures can stand in a note.';
    throw new AppError('file_unsupported', { message });
  }
  const id = crypto.randomUUID();
  const path = `${userId}/${docId}/${id}.${mimeType.replace('image/', '')}`;
  const { error } = await db
    .from('note_image')
    .insert({ id, doc_id: docId, file_path: path, mime_type: mimeType, size_bytes: bytes.length });
  if (error?.code === '42501' || error?.code === '23503') throw new AppError('not_found');
  if (error) throw databaseError(error);
  const stored = await db.storage.from(DOCUMENT_BUCKET).upload(path, bytes, { contentType: mimeType });
  if (!stored.error) return id;
  await db.from('note_image').delete().eq('id', id);
  const isFull = /row-level security|unauthorized/i.test(stored.error.message);
  throw isFull ? new AppError('limit_reached', { cause: stored.error }) : storeError(stored.error);
}

/** The pictures of cards by their names in a package, as many as fit; what is gone or does not arrive is left out. */
export async function cardPictures(
  db: DatabaseClient,
  { texts, mostBytes }: { texts: readonly string[]; mostBytes: number },
): Promise<Map<string, Uint8Array>> {
  const asked = new Map(texts.flatMap(picturesIn).map((one) => [one.imageId, mediaName(one)]));
  const found = new Map<string, Uint8Array>();
  let left = mostBytes;
  for (const ids of slices([...asked.keys()], IDS_PER_QUESTION, (id) => id.length)) {
    const { data, error } = await db.from('note_image').select('id, file_path, size_bytes').in('id', ids);
    if (error) throw databaseError(error);
    for (const { id, file_path, size_bytes } of data) {
      if (size_bytes > left) continue;
      const file = await db.storage.from(DOCUMENT_BUCKET).download(file_path);
      if (file.error) continue;
      left -= size_bytes;
      found.set(asked.get(id) ?? id, new Uint8Array(await file.data.arrayBuffer()));
    }
  }
  return found;
}

export async function noteImageLink(
  db: DatabaseClient,
  { docId, imageId }: { docId: string; imageId: string },
): Promise<string> {
  const { data, error } = await db
    .from('note_image')
    .select('file_path')
    .eq('id', imageId)
    .eq('doc_id', docId)
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  const link = await db.storage.from(DOCUMENT_BUCKET).createSignedUrl(data.file_path, IMAGE_LINK_SECONDS);
  if (link.error) throw storeError(link.error);
  return link.data.signedUrl;
}
