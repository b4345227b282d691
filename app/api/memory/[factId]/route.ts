import { changeFact, forgetFacts } from '@/lib/db/queries/memory';
import { factChangeSchema } from '@/lib/domain/memory';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { factId: string };

export const PATCH = withUser<Params>(async ({ request, db, params }) => {
  const id = parseId(params.factId);
  return Response.json({
    fact: await changeFact(db, { id, change: await parseJson(request, factChangeSchema) }),
  });
});

export const DELETE = withUser<Params>(async ({ db, params }) => {
  await forgetFacts(db, { id: parseId(params.factId) });
  return new Response(null, { status: 204 });
});

export const { GET, POST, PUT, OPTIONS } = otherMethods('PATCH', 'DELETE');
