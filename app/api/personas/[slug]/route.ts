import { lintPersona } from '@/lib/agent/personas';
import { changePersona, deletePersona } from '@/lib/db/queries/persona';
import { personaChangeSchema } from '@/lib/domain/persona';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { slug: string };

export const PATCH = withUser<Params>(async ({ request, db, user, params: { slug } }) => {
  const change = await parseJson(request, personaChangeSchema);
  lintPersona(change);
  return Response.json({ persona: await changePersona(db, { userId: user.id, slug, change }) });
});

export const DELETE = withUser<Params>(async ({ db, user, params: { slug } }) => {
  await deletePersona(db, { userId: user.id, slug });
  return new Response(null, { status: 204 });
});

export const { GET, POST, PUT, OPTIONS } = otherMethods('PATCH', 'DELETE');
