import { newRoomMessageSchema } from '@/app/api/requests';
import { sendRoomMessage } from '@/lib/db/queries/room';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { roomId: string };

export const POST = withUser<Params>(async ({ request, db, params }) => {
  const roomId = parseId(params.roomId);
  const message = await sendRoomMessage(db, { roomId, ...(await parseJson(request, newRoomMessageSchema)) });
  return Response.json({ message }, { status: 201 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
