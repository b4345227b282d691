import { z } from 'zod';
import { answerNudge } from '@/lib/db/queries/nudge';
import { NUDGE_ANSWERS } from '@/lib/domain/nudge';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { nudgeId: string };

const answer = z.object({ status: z.enum(NUDGE_ANSWERS) });

/** What the receiver answers. */
export const PATCH = withUser<Params>(async ({ request, db, params }) => {
  const id = parseId(params.nudgeId);
  const { status } = await parseJson(request, answer);
  return Response.json({ nudge: await answerNudge(db, { id, status }) });
});

export const { GET, POST, PUT, DELETE, OPTIONS } = otherMethods('PATCH');
