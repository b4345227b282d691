import { requestJson } from '@/components/client/request';
import type { Attempt, AttemptAnswer, GivenAnswer } from '@/lib/domain/quiz';
import { api } from '@/lib/links';
import type { Solution } from '@/lib/study/quiz/disclose';

export type Told = Solution & { correct: boolean; graded: AttemptAnswer; attempt: Attempt };

export const startAttempt = async (quizId: string, itemIds?: readonly string[]): Promise<Attempt> =>
  (
    await requestJson<{ attempt: Attempt }>(api.quizAttempts(quizId), {
      method: 'POST',
      body: itemIds ? { itemIds } : {},
    })
  ).attempt;

export const sendAnswer = (attemptId: string, answer: GivenAnswer) =>
  requestJson<Told>(api.quizAnswers(attemptId), { method: 'POST', body: answer });

/** A whole paper: every answer, then its end. What had arrived already stays as it was, so that this may be done again. */
export async function handIn(
  attemptId: string,
  { chosen, texts }: Record<'chosen' | 'texts', Readonly<Record<string, string>>>,
): Promise<void> {
  for (const [itemId, optionId] of Object.entries(chosen)) {
    const text = texts[itemId]?.trim();
    const typed = text && (optionId === 'typed' || optionId === 'false') ? { text } : {};
    await sendAnswer(attemptId, { itemId, optionId, confidence: null, durationMs: null, ...typed });
  }
  await requestJson<unknown>(api.finishQuiz(attemptId), { method: 'POST', body: {} });
}

export const setReported = (quizId: string, itemId: string, isReported: boolean) =>
  requestJson<unknown>(api.reportQuizItem(quizId, itemId), {
    ...(isReported ? { method: 'POST', body: {} } : { method: 'DELETE' }),
  });
