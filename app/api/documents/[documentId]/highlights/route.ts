import { newHighlightSchema } from '@/lib/domain/highlight';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { addHighlight, earlierHighlights, listHighlights } from '@/lib/retrieval/highlights';

type Params = { documentId: string };

/** What the student highlighted in a document, where it stands by now. */
export const GET = withUser<Params>(async ({ db, params }) => {
  const docId = parseId(params.documentId);
  const [highlights, earlier] = await Promise.all([listHighlights(db, docId), earlierHighlights(db, docId)]);
  return Response.json({ highlights, earlier });
});

export const POST = withUser<Params>(async ({ request, db, params }) => {
  const docId = parseId(params.documentId);
  const highlight = await addHighlight(db, docId, await parseJson(request, newHighlightSchema));
  return Response.json(highlight, { status: 201 });
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
