import { after } from 'next/server';
import { answerTurn } from '@/lib/agent/respond';
import type { OpenedTurn } from '@/lib/db/queries/message';
import type { UserContext } from '@/lib/http';

/** Answers an opened turn, and keeps the process until its last save where a platform would suspend it. */
export function answer<Params extends object>(
  { request, user, db, traceId, sessionExpiresAtMs }: UserContext<Params>,
  opened: OpenedTurn,
  question: string,
): Promise<Response> | Response {
  const { response, finished } = answerTurn({
    opened,
    question,
    request,
    userId: user.id,
    traceId,
    db,
    sessionExpiresAtMs,
    now: new Date(),
  });
  after(() => finished);
  return response;
}
