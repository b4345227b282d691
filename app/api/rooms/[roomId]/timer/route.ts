import { timerChangeSchema } from '@/app/api/requests';
import { NO_MESSAGES, readRoom, setRoomTimer } from '@/lib/db/queries/room';
import { AppError } from '@/lib/errors';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { actOnTimer } from '@/lib/study/room/timer';

type Params = { roomId: string };

/**
 * Starts, pauses, resumes, skips, extends, or sets another rhythm. `revision` is the clock the student saw: if it was
 * changed since, or the action means nothing for it, it stays as it is and is given back.
 */
export const POST = withUser<Params>(async ({ request, db, params }) => {
  const roomId = parseId(params.roomId);
  const { act, revision } = await parseJson(request, timerChangeSchema);
  const room = await readRoom(db, { roomId, after: NO_MESSAGES });
  if (room.access !== 'seated' || room.timer === null) throw new AppError('not_found');
  // The database's time, which everybody's clock is measured against.
  const timer = room.revision === revision ? actOnTimer(room.timer, act, Date.parse(room.now)) : null;
  if (timer === null) {
    return Response.json({ changed: false, timer: room.timer, revision: room.revision, now: room.now });
  }
  return Response.json(await setRoomTimer(db, { roomId, revision, timer, action: act.action }));
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
