import { chooseThreadPersona, requirePersona, threadPersona } from '@/lib/db/queries/persona';
import { personaChoiceSchema } from '@/lib/domain/persona';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { threadId: string };

export const GET = withUser<Params>(async ({ db, params }) =>
  Response.json({ persona: await threadPersona(db, { threadId: parseId(params.threadId) }) }),
);

/** From the next question on. */
export const PUT = withUser<Params>(async ({ request, db, params }) => {
  const threadId = parseId(params.threadId);
  const { persona } = await parseJson(request, personaChoiceSchema);
  if (persona !== null) await requirePersona(db, persona);
  await chooseThreadPersona(db, { threadId, persona });
  return Response.json({ persona });
});

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'PUT');
