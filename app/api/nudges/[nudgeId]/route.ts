import { nudgeAnswerSchema } from '@/app/api/requests';
import { answerNudge } from '@/lib/db/queries/nudge';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { nudgeId: string };

/** What the receiver answers. */
export const PATCH = withUser<Params>(async ({ request, db, params }) => {
  const id = parseId(params.nudgeId);
  const { status } = await parseJson(request, nudgeAnswerSchema);
  return Response.json({ nudge: await answerNudge(db, { id, status }) });
});

export const { GET, POST, PUT, DELETE, OPTIONS } = otherMethods('PATCH');
