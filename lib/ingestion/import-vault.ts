import { createHash } from 'node:crypto';
import type { DatabaseClient } from '../db/clients.ts';
import { databaseError } from '../db/errors.ts';
import { type NoteImageType, noteImageType } from '../db/queries/note.ts';
import { DOCUMENT_BUCKET } from '../domain/document.ts';
import type { VaultReport } from '../domain/note.ts';
import { api } from '../links.ts';
import { idOfHash } from '../named-id.ts';
import { slices } from '../slices.ts';
import { PICTURE_MARK, type Vault } from './vault.ts';

const NOTES_PER_CALL = 100;
const PICTURES_PER_CALL = 500;
const PICTURES_AT_ONCE = 4;

/** The same zip brought again names the same notes. */
const idOf = (...parts: string[]): string =>
  idOfHash(createHash('sha256').update(parts.join('\n')).digest('hex'));

type Picture = {
  id: string;
  doc_id: string;
  file_path: string;
  mime_type: NoteImageType;
  size_bytes: number;
  bytes: Uint8Array;
};

/** Keeps pictures beside their notes; gives the ids of those that are kept. */
async function keepPictures(db: DatabaseClient, pictures: readonly Picture[]): Promise<Set<string>> {
  const kept = new Set<string>();
  if (pictures.length === 0) return kept;
  for (const slice of slices(pictures, PICTURES_PER_CALL, ({ file_path }) => file_path.length)) {
    const { error } = await db.from('note_image').upsert(
      slice.map(({ bytes: _, ...row }) => row),
      { onConflict: 'id', ignoreDuplicates: true },
    );
    if (error) throw databaseError(error);
  }
  const waiting = [...pictures];
  await Promise.all(
    Array.from({ length: PICTURES_AT_ONCE }, async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        const stored = await db.storage
          .from(DOCUMENT_BUCKET)
          .upload(one.file_path, one.bytes, { contentType: one.mime_type, upsert: true });
        if (!stored.error) kept.add(one.id);
      }
    }),
  );
  const lost = pictures.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  if (lost.length > 0) await db.from('note_image').delete().in('id', lost);
  return kept;
}

/** Adds the notes of a vault with their pictures; brought again, what is here already stays as it is. */
export async function importVault(
  db: DatabaseClient,
  { vault, upload, userId }: { vault: Vault; upload: string; userId: string },
): Promise<VaultReport> {
  const bytesOf = new Map(vault.pictures.map(({ path, bytes }) => [path, bytes]));
  const pictures: Picture[] = [];
  const notes = vault.notes.map(({ path, title, content, course, tags, pictures: own }) => {
    const id = idOf(userId, upload, path);
    const addresses = new Map<string, string>();
    for (const picture of own) {
      const bytes = bytesOf.get(picture);
      const mimeType = bytes && noteImageType(bytes);
      if (!bytes || !mimeType) continue;
      const imageId = idOf(id, picture);
      const file_path = `${userId}/${id}/${imageId}.${mimeType.replace('image/', '')}`;
      pictures.push({
        id: imageId,
        doc_id: id,
        file_path,
        mime_type: mimeType,
        size_bytes: bytes.length,
        bytes,
      });
      addresses.set(encodeURIComponent(picture), api.noteImage(id, imageId));
    }
    const text = content.replace(PICTURE_MARK, (_, picture: string) => addresses.get(picture) ?? '');
    return { id, title, content: text.replaceAll('\0', '').toWellFormed(), course, tags };
  });
  let added = 0;
  for (const slice of slices(notes, NOTES_PER_CALL, (note) => note.content.length)) {
    const { data, error } = await db.rpc('import_notes', { p_notes: slice });
    if (error) throw databaseError(error);
    added += data;
  }
  const kept = await keepPictures(db, pictures);
  return {
    added,
    already: notes.length - added,
    pictures: kept.size,
    links: vault.links,
    leftOut: vault.leftOut.slice(0, 500),
  };
}
