import { z } from 'zod';
import { openRoom } from '@/lib/db/queries/room';
import { durationsSchema, MAX_GOAL_CHARACTERS, MAX_ROOM_TITLE_CHARACTERS, newTimer } from '@/lib/domain/room';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { roomPath } from '@/lib/study/room/code';

const newRoom = z.object({
  title: z.string().trim().max(MAX_ROOM_TITLE_CHARACTERS).nullish(),
  goal: z.string().trim().max(MAX_GOAL_CHARACTERS).nullish(),
  durations: durationsSchema.optional(),
  /** An invitation: both sides get the same room by it. */
  nudgeId: z.guid().nullish(),
});

/** Opens a room, or goes to the one of an invitation. A second press of the button is the same room. */
export const POST = withUser(async ({ request, db }) => {
  const { title, goal, durations, nudgeId } = await parseJson(request, newRoom);
  const room = await openRoom(db, {
    title: title ?? null,
    goal: goal ?? null,
    nudgeId: nudgeId ?? null,
    ...(durations === undefined ? {} : { timer: newTimer(durations) }),
  });
  return Response.json({ ...room, path: roomPath(room.code) }, { status: 201 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
