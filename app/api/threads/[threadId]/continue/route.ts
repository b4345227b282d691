import { openingSummary } from '@/lib/agent/continuation';
import { titleOf } from '@/lib/agent/title';
import { transcriptOf } from '@/lib/agent/transcript';
import { wholeThread } from '@/lib/db/queries/message';
import { continueThread } from '@/lib/db/queries/thread';
import { MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** "Cells", "Cells (2)", "Cells (3)". */
function nextTitle(title: string): string {
  const [, name = title, count = '1'] = /^(.*) \((\d{1,3})\)$/.exec(title) ?? [];
  const number = ` (${Number(count) + 1})`;
  return `${name.slice(0, MAX_TITLE_CHARACTERS - number.length)}${number}`;
}

/** Goes on in a new conversation that begins with what was said in this one. Asked twice, it is one. */
export const POST = withUser<{ threadId: string }>(async ({ db, params }) => {
  const { thread, rows } = await wholeThread(db, { threadId: parseId(params.threadId) });
  const threadId = await continueThread(db, {
    threadId: thread.id,
    title: nextTitle(titleOf(thread)),
    summary: openingSummary(thread.title, transcriptOf(rows)),
  });
  return Response.json({ threadId, continuedFrom: thread.id }, { status: 201 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
