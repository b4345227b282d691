import { after } from 'next/server';
import { turnDependencies } from '@/lib/agent/dependencies';
import { summariseRoom } from '@/lib/agent/room-notes';
import { getProfile } from '@/lib/db/queries/profile';
import { readRoom } from '@/lib/db/queries/room';
import { saveTelemetry } from '@/lib/db/queries/telemetry';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { Telemetry } from '@/lib/observability/telemetry';
import { requireChat } from '@/lib/operations/kill-switch';

type Params = { roomId: string };

export const maxDuration = 90;

/**
 * Sums up what was said in a room, with tasks and cards. It goes past the conversation, whose messages are too short for
 * an evening's talk. Nothing is stored: the student saves what they want.
 */
export const POST = withUser<Params>(
  async ({ request, db, user, params, traceId }) => {
    await requireChat(db);
    const [room, profile] = await Promise.all([
      readRoom(db, { roomId: parseId(params.roomId) }),
      getProfile(db, { userId: user.id }),
    ]);
    const dependencies = turnDependencies();
    const telemetry = new Telemetry(traceId, dependencies.prices);
    try {
      const summary = await summariseRoom(dependencies, {
        room,
        userId: user.id,
        timezone: profile?.timezone ?? 'UTC',
        now: new Date(),
        db,
        traceId,
        telemetry,
        signal: request.signal,
      });
      return Response.json({ summary });
    } finally {
      // What was spent is counted, whether or not something came of it.
      after(() => saveTelemetry(db, telemetry.rows()));
    }
  },
  { limit: 'chat' },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
