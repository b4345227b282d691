import { notifyPresenceLost } from '@/inngest/notify';
import { liveSince, presenceChannels } from '@/lib/db/queries/presence';
import { AppError } from '@/lib/errors';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { lookInto } from '@/lib/realtime/look';

type Params = { personId: string };

/**
 * Somebody saw this student's channel empty while they count as here: a browser that was killed, a network that went
 * away. The server looks for itself, and only what it sees is acted on.
 */
export const POST = withUser<Params>(async ({ db, params, accessToken }) => {
  const userId = parseId(params.personId);
  const [channels, seenAt] = await Promise.all([
    presenceChannels(db, { userIds: [userId] }),
    liveSince(db, { userId }),
  ]);
  const topic = channels[0]?.topic;
  if (topic === undefined) throw new AppError('not_found');
  if (seenAt !== null && (await lookInto({ topic, accessToken })) === 'empty') {
    await notifyPresenceLost({ userId, seenAt });
  }
  return new Response(null, { status: 204 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
