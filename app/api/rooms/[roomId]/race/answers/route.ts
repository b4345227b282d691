import { raceAnswerSchema } from '@/app/api/requests';
import { answerRace } from '@/lib/db/queries/room';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { roomId: string };

/** Answers a question of the race, once however often it is sent, and gives how it stands with what was right. */
export const POST = withUser<Params>(async ({ request, db, params }) => {
  const roomId = parseId(params.roomId);
  return Response.json(await answerRace(db, { roomId, ...(await parseJson(request, raceAnswerSchema)) }));
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
