import { UI_MESSAGE_STREAM_HEADERS } from 'ai';
import { resumeThread } from '@/lib/agent/threads';
import { parseId, withUser } from '@/lib/http';

export const maxDuration = 120;

/** The running answer from its beginning, after a reload or on another device; 204 when nothing runs. */
export const GET = withUser<{ threadId: string }>(async ({ db, params }) => {
  const events = await resumeThread(db, parseId(params.threadId));
  if (!events) return new Response(null, { status: 204 });
  return new Response(events.pipeThrough(new TextEncoderStream()), { headers: UI_MESSAGE_STREAM_HEADERS });
});
