import { turnRequestSchema } from '@/lib/agent/messages';
import { HISTORY_LIMIT } from '@/lib/agent/respond';
import { beginTurn } from '@/lib/db/queries/message';
import { parseJson, withUser } from '@/lib/http';
import { tools } from '@/lib/tools';
import packageJson from '@/package.json';
import { answer } from './answer';

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
  async (context) => {
    const { threadId, message } = await parseJson(context.request, turnRequestSchema);
    const turn = { threadId: threadId ?? null, text: message, historyLimit: HISTORY_LIMIT };
    return answer(context, await beginTurn(context.db, turn), message);
  },
  { limit: 'chat' },
);
