import { answerQuestion } from '@/app/api/chat/turns';
import { lookedAfter } from '@/inngest/notify';
import { answerTurn, HISTORY_LIMIT } from '@/lib/agent/http';
import { turnRequestSchema } from '@/lib/agent/requests';
import { beginApproval } from '@/lib/db/queries/message';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
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
    const { db, body } = context;
    const { threadId = null, requestId = null, settings, approvals, edits } = body;
    if (approvals === undefined) {
      return answerQuestion(context, {
        message: body.message,
        threadId,
        requestId,
        settings,
        edits,
        docId: body.docId,
        within: body.within,
        attachments: body.attachments,
      });
    }
    const { threadId: asking } = body;
    const begin = lookedAfter(() =>
      beginApproval(db, { threadId: asking, approvals, historyLimit: HISTORY_LIMIT }),
    );
    return answerTurn(context, { threadId: asking, requestId, settings, canRepeat: true, begin });
  },
  { body: turnRequestSchema },
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
