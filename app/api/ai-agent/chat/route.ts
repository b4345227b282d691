import { turnRequestSchema } from '@/lib/agent/messages';
import { HISTORY_LIMIT } from '@/lib/agent/respond';
import { beginApproval, beginTurn } from '@/lib/db/queries/message';
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
    const { threadId, message, approvals } = await parseJson(context.request, turnRequestSchema);
    const historyLimit = HISTORY_LIMIT;
    if (threadId && approvals) {
      const opened = await beginApproval(context.db, { threadId, approvals, historyLimit });
      return answer(context, opened, opened.text ?? '');
    }
    const text = message ?? '';
    return answer(
      context,
      await beginTurn(context.db, { threadId: threadId ?? null, text, historyLimit }),
      text,
    );
  },
  { limit: 'chat' },
);
