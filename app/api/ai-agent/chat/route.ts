import { after } from 'next/server';
import { turnRequestSchema } from '@/lib/agent/messages';
import { answerTurn, HISTORY_LIMIT } from '@/lib/agent/respond';
import { beginTurn } from '@/lib/db/queries/message';
import { parseJson, withUser } from '@/lib/http';
import { tools } from '@/lib/tools';
import packageJson from '@/package.json';

/** Seconds. A turn ends well before; see the deadline in lib/agent/respond.ts. */
export const maxDuration = 120;

export function GET(): Response {
  return Response.json({
    status: 'ok',
    version: packageJson.version,
    toolsAvailable: Object.keys(tools).length,
  });
}

export const POST = withUser(
  async ({ request, user, db, traceId, sessionExpiresAtMs }) => {
    const { threadId, message } = await parseJson(request, turnRequestSchema);
    const opened = await beginTurn(db, {
      threadId: threadId ?? null,
      text: message,
      historyLimit: HISTORY_LIMIT,
    });
    const { response, finished } = answerTurn({
      opened,
      question: message,
      request,
      userId: user.id,
      traceId,
      db,
      sessionExpiresAtMs,
      now: new Date(),
    });
    // A platform that suspends the process after the response must wait for the last save.
    after(() => finished);
    return response;
  },
  { limit: 'chat' },
);
