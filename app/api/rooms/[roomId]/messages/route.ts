import { z } from 'zod';
import { sendRoomMessage } from '@/lib/db/queries/room';
import { MAX_ROOM_MESSAGE_CHARACTERS } from '@/lib/domain/room';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { roomId: string };

const newMessage = z.object({
  /** Made by the client: the same message sent again after a drop is one message. */
  clientId: z.uuid(),
  body: z.string().trim().min(1).max(MAX_ROOM_MESSAGE_CHARACTERS),
});

export const POST = withUser<Params>(async ({ request, db, params }) => {
  const roomId = parseId(params.roomId);
  const message = await sendRoomMessage(db, { roomId, ...(await parseJson(request, newMessage)) });
  return Response.json({ message }, { status: 201 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
