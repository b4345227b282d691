import { roomActSchema } from '@/app/api/requests';
import { actInRoom, readRoom } from '@/lib/db/queries/room';
import { AppError } from '@/lib/errors';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { roomId: string };

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
  return Response.json(await actInRoom(db, { roomId, ...(await parseJson(request, roomActSchema)) }));
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
