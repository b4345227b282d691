import { z } from 'zod';
import { actInRoom, readRoom } from '@/lib/db/queries/room';
import { MAX_GOAL_CHARACTERS } from '@/lib/domain/room';
import { AppError } from '@/lib/errors';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { roomId: string };

const act = z.discriminatedUnion('action', [
  /** A sign of life: ten minutes without one give the seat free. */
  z.object({ action: z.literal('seen') }),
  z.object({ action: z.literal('leave') }),
  z.object({ action: z.literal('close') }),
  z.object({ action: z.literal('goal'), goal: z.string().trim().max(MAX_GOAL_CHARACTERS).nullable() }),
  z.object({ action: z.literal('remove'), userId: z.guid() }),
]);

/** The room with the server's time, so that a client can tell its own clock's error. */
export const GET = withUser<Params>(async ({ request, db, params }) => {
  const after = new URL(request.url).searchParams.get('after');
  if (after !== null && !/^\d{1,9}$/.test(after)) {
    throw new AppError('invalid_request', { message: 'after is the number of a message.' });
  }
  const room = await readRoom(db, {
    roomId: parseId(params.roomId),
    ...(after === null ? {} : { after: Number(after) }),
  });
  return Response.json({ room });
});

export const POST = withUser<Params>(async ({ request, db, params }) => {
  const roomId = parseId(params.roomId);
  return Response.json(await actInRoom(db, { roomId, ...(await parseJson(request, act)) }));
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
