import { threadExportSchema } from '@/app/api/requests';
import { titleOf } from '@/lib/agent/title';
import { markdownOf, quizIdsOf, transcriptOf } from '@/lib/agent/transcript';
import type { DatabaseClient } from '@/lib/db/clients';
import { wholeThread } from '@/lib/db/queries/message';
import { getProfile } from '@/lib/db/queries/profile';
import { readQuiz } from '@/lib/db/queries/quiz';
import { parseId, parseQuery, withUser } from '@/lib/http';
import { attachment } from '@/lib/http/attachment';
import { otherMethods } from '@/lib/http/methods';
import { translatorOf } from '@/lib/language/catalogues';

const MOST_QUIZZES = 50;

/** The questions of a conversation's quizzes as the database tells them: with the answer once it was given. */
async function knownAnswers(db: DatabaseClient, quizIds: readonly string[]) {
  const quizzes = await Promise.all(quizIds.slice(0, MOST_QUIZZES).map((quizId) => readQuiz(db, { quizId })));
  return new Map(quizzes.flatMap((quiz) => quiz?.items ?? []).map((item) => [item.id, item]));
}

/** A conversation for another program or for paper: `?format=md` or `json`. */
export const GET = withUser<{ threadId: string }>(async ({ request, db, user, params }) => {
  const { format } = parseQuery(request, threadExportSchema);
  const { thread, rows } = await wholeThread(db, { threadId: parseId(params.threadId) });
  const title = titleOf(thread);
  const messages = transcriptOf(rows, await knownAnswers(db, quizIdsOf(rows)));
  if (format === 'md') {
    const profile = await getProfile(db, { userId: user.id });
    return new Response(markdownOf(title, messages, translatorOf(profile?.language ?? 'en')), {
      headers: { 'content-type': 'text/markdown; charset=utf-8', ...attachment(title, 'md') },
    });
  }
  const { id, createdAt, updatedAt, continuedFrom } = thread;
  const withIds = messages.map((message, index) => ({ id: rows[index]?.id, ...message }));
  return Response.json(
    {
      format: 'clerva.thread',
      version: 1,
      thread: { id, title, createdAt, updatedAt, continuedFrom },
      messages: withIds,
    },
    { headers: attachment(title, 'json') },
  );
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
