import { contestedTopicSchema } from '@/app/api/requests';
import { recordEvidence } from '@/inngest/notify';
import { contestBelief, rebuildLearningProfile, takeBackContest } from '@/lib/db/queries/learning-profile';
import { parseJson, type UserContext, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** The profile without waiting for the queue: the student has just said that what they see is not true. */
async function renewed({ db, user }: UserContext<object>): Promise<Response> {
  const profile = await rebuildLearningProfile(db, { userId: user.id, now: new Date() });
  await recordEvidence({ userId: user.id, kind: 'contest' });
  return Response.json(profile);
}

/** "That is wrong": what was answered on the topic until now no longer counts. */
export const POST = withUser(async (context) => {
  const { topic } = await parseJson(context.request, contestedTopicSchema);
  await contestBelief(context.db, { topic });
  return renewed(context);
});

/** Undo: it counts again. */
export const DELETE = withUser(async (context) => {
  const { topic } = await parseJson(context.request, contestedTopicSchema);
  await takeBackContest(context.db, { userId: context.user.id, topic });
  return renewed(context);
});

export const { GET, PUT, PATCH, OPTIONS } = otherMethods('POST', 'DELETE');
