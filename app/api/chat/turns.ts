import { lookedAfter, remembered } from '@/inngest/notify';
import { titleFor } from '@/lib/agent/guard/guard';
import { answerTurn, HISTORY_LIMIT } from '@/lib/agent/http';
import { beginRegenerate, beginTurn } from '@/lib/db/queries/message';
import type { TurnSettings, Within } from '@/lib/domain/turn';

type Context = Parameters<typeof answerTurn>[0];
type Form = 'events' | 'json';

type Question = {
  message: string;
  threadId: string | null;
  requestId: string | null;
  /** The question that this one stands in for. */
  edits?: string | null | undefined;
  docId?: string | null | undefined;
  within?: Within | null | undefined;
  attachments?: string[] | null | undefined;
  settings?: TurnSettings | undefined;
  /** Begins a conversation under this id where nobody has one. */
  opensThread?: boolean;
  /** Without it as the request's `accept` says. */
  form?: Form;
};

/** Answers a question, whichever route it came by. */
export const answerQuestion = (
  context: Context,
  {
    message: text,
    threadId,
    requestId,
    edits,
    docId,
    within,
    attachments,
    settings,
    opensThread,
    form,
  }: Question,
) =>
  answerTurn(context, {
    threadId,
    requestId,
    settings,
    form,
    canRepeat: requestId !== null || edits != null,
    begin: lookedAfter(
      remembered(context.user.id, () =>
        beginTurn(context.db, {
          threadId,
          text,
          historyLimit: HISTORY_LIMIT,
          requestId,
          edits,
          docId,
          within,
          opensThread,
          attachments,
          title: titleFor(text),
        }),
      ),
    ),
  });

type Again = {
  threadId: string;
  requestId?: string | null | undefined;
  /** The answer that is meant, or its question; the last one when left out. */
  messageId?: string | null | undefined;
  nudge?: TurnSettings['nudge'] | null;
  settings?: TurnSettings | null | undefined;
};

/** Answers a question of a thread again, beside the answers it has; once for each request id, as a question. */
export function answerAgain(
  context: Context,
  { threadId, requestId = null, messageId, nudge, settings }: Again,
) {
  const begin = lookedAfter(() =>
    beginRegenerate(context.db, { threadId, historyLimit: HISTORY_LIMIT, requestId, messageId, nudge }),
  );
  return answerTurn(context, {
    threadId,
    requestId,
    begin,
    canRepeat: true,
    settings: { ...settings, ...(nudge && { nudge }) },
  });
}
