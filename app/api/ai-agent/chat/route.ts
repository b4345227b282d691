import { HISTORY_LIMIT, respond, turnRequestSchema } from '@/lib/agent/http';
import { beginApproval, beginTurn } from '@/lib/db/queries/message';
import { parseJson, withUser } from '@/lib/http';
import { tools } from '@/lib/tools';
import packageJson from '@/package.json';

/** Seconds. A turn ends well before; see the deadline in lib/agent/http.ts. */
export const maxDuration = 120;

export function GET(): Response {
  return Response.json({
    status: 'ok',
    version: packageJson.version,
    toolsAvailable: Object.keys(tools).length,
  });
}

/** A new question, or a yes or no to what the last answer asked. */
export const POST = withUser(
  async (context) => {
    const { threadId, message, approvals } = await parseJson(context.request, turnRequestSchema);
    const historyLimit = HISTORY_LIMIT;
    const opened = approvals
      ? await beginApproval(context.db, { threadId, approvals, historyLimit })
      : await beginTurn(context.db, { threadId: threadId ?? null, text: message, historyLimit });
    return respond(context, opened);
  },
  { limit: 'chat' },
);
