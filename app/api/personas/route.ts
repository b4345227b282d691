import { lintPersona, slugOf } from '@/lib/agent/personas';
import { addPersona, listPersonas } from '@/lib/db/queries/persona';
import { newPersonaSchema } from '@/lib/domain/persona';
import { serverEnv } from '@/lib/env';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** The styles a student may choose from, and the one a conversation begins with. */
export const GET = withUser(async ({ db }) =>
  Response.json({ personas: await listPersonas(db), default: serverEnv().defaultPersona }),
);

export const POST = withUser(async ({ request, db, user }) => {
  const written = await parseJson(request, newPersonaSchema);
  lintPersona(written);
  const persona = { ...written, slug: written.slug ?? slugOf(written.title) };
  return Response.json({ persona: await addPersona(db, { userId: user.id, persona }) }, { status: 201 });
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
