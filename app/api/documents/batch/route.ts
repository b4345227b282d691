import { notifyDocumentDeleted, notifyDocumentsWaiting, notifyNoteSaved } from '@/inngest/notify';
import { changeDocuments, deleteDocuments, rereadDocuments } from '@/lib/db/queries/documents';
import { type Batch, type Batched, batchSchema } from '@/lib/domain/document';
import { parseJson, type UserContext, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Context = Pick<UserContext<object>, 'db' | 'user'>;

async function act({ db, user }: Context, batch: Batch): Promise<Batched> {
  if (batch.do === 'delete') {
    const deleted = await deleteDocuments(db, batch.ids);
    await Promise.all(deleted.map((documentId) => notifyDocumentDeleted({ documentId, userId: user.id })));
    return { count: deleted.length, before: [] };
  }
  if (batch.do === 'reread') {
    const count = await rereadDocuments(db, batch.ids);
    await Promise.all([notifyDocumentsWaiting(), notifyNoteSaved(user.id)]);
    return { count, before: [] };
  }
  const before = await changeDocuments(db, batch);
  // Notes that link to what is called otherwise now say so.
  if (batch.do === 'restore' || batch.find !== undefined) await notifyNoteSaved(user.id);
  return { count: before.length, before };
}

/** Moves, tags, renames, removes or reads anew many documents at once, and tells what they were before. */
export const POST = withUser(async ({ request, db, user }) =>
  Response.json(await act({ db, user }, await parseJson(request, batchSchema))),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
