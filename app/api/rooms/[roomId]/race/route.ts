import { beginRace } from '@/lib/agent/race';
import { readRace } from '@/lib/db/queries/room';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { roomId: string };

export const maxDuration = 120;

/** The latest race of a room as it stands for the student. */
export const GET = withUser<Params>(async ({ db, params }) =>
  Response.json(await readRace(db, { roomId: parseId(params.roomId) })),
);

/** Starts a race with questions from the student’s own notes on what all of the room share; one that runs is given back. */
export const POST = withUser<Params>(async ({ params, ...caller }) =>
  Response.json(await beginRace(caller, { roomId: parseId(params.roomId) }), { status: 201 }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
