import { eventsResponse } from '@/lib/agent/events';
import { resumeThread } from '@/lib/agent/threads';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

export const maxDuration = 120;

/** The running answer from its beginning, after a reload or on another device; 204 when nothing runs. */
export const GET = withUser<{ threadId: string }>(async ({ db, params }) => {
  const events = await resumeThread(db, parseId(params.threadId));
  return events ? eventsResponse(events) : new Response(null, { status: 204 });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
