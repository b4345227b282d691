import { newRoomSchema } from '@/app/api/requests';
import { openRoom } from '@/lib/db/queries/room';
import { newTimer } from '@/lib/domain/room';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { roomPath } from '@/lib/study/room/code';

/** Opens a room, or goes to the one of an invitation. A second press of the button is the same room. */
export const POST = withUser(async ({ request, db }) => {
  const { title, goal, durations, nudgeId } = await parseJson(request, newRoomSchema);
  const room = await openRoom(db, {
    title: title ?? null,
    goal: goal ?? null,
    nudgeId: nudgeId ?? null,
    ...(durations === undefined ? {} : { timer: newTimer(durations) }),
  });
  return Response.json({ ...room, path: roomPath(room.code) }, { status: 201 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
