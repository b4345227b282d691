import { highlightChangeSchema } from '@/lib/domain/highlight';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { changeHighlight, deleteHighlight } from '@/lib/retrieval/highlights';

type Params = { documentId: string; highlightId: string };
const named = ({ documentId, highlightId }: Params) => ({
  docId: parseId(documentId),
  id: parseId(highlightId),
});

export const PATCH = withUser<Params>(async ({ request, db, params }) => {
  const change = await parseJson(request, highlightChangeSchema);
  return Response.json(await changeHighlight(db, { ...named(params), change }));
});

export const DELETE = withUser<Params>(async ({ db, params }) => {
  await deleteHighlight(db, named(params));
  return new Response(null, { status: 204 });
});

export const { GET, POST, PUT, OPTIONS } = otherMethods('PATCH', 'DELETE');
