import { roomEntrySchema } from '@/app/api/requests';
import { joinRoom } from '@/lib/db/queries/room';
import { AppError } from '@/lib/errors';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { readRoomCode, roomPath } from '@/lib/study/room/code';

/** Takes a seat in the room of a code. What cannot be a code is not counted as a wrong one. */
export const POST = withUser(async ({ request, db }) => {
  const { code: typed, goal } = await parseJson(request, roomEntrySchema);
  const code = readRoomCode(typed);
  if (code === null) throw new AppError('not_found');
  const room = await joinRoom(db, { code, goal: goal ?? null });
  return Response.json({ ...room, path: roomPath(room.code) });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
