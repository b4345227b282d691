import { z } from 'zod';
import { notifyNoteSaved } from '@/inngest/notify';
import { getNote, noteVersions, saveNote } from '@/lib/db/queries/note';
import { MAX_NOTE_CHARACTERS } from '@/lib/domain/bounds';
import { noteSaveSchema } from '@/lib/domain/note';
import { parseId, parseJson, parseQuery, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { documentId: string };

/** A character is six bytes at most where JSON has to escape it. */
const MAX_BODY_BYTES = MAX_NOTE_CHARACTERS * 6 + 1_000;
const askedSchema = z.object({ versions: z.enum(['true', 'false']).optional() });

/** What a note says, with `versions=true` also what it said before. */
export const GET = withUser<Params>(async ({ request, db, params }) => {
  const id = parseId(params.documentId);
  const note = await getNote(db, id);
  if (parseQuery(request, askedSchema).versions !== 'true') return Response.json(note);
  return Response.json({ ...note, versions: await noteVersions(db, id) });
});

/** Begins a note under an id of the client's, or saves it. Saved from elsewhere meanwhile, it gives that text and keeps both. */
export const PUT = withUser<Params>(async ({ request, db, user, params }) => {
  const id = parseId(params.documentId);
  const saved = await saveNote(db, id, await parseJson(request, noteSaveSchema, MAX_BODY_BYTES));
  if (saved.isSaved) await notifyNoteSaved(user.id);
  return Response.json(saved);
});

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'PUT');
