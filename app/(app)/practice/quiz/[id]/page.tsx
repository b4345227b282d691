import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { NoQuestions } from '@/components/quiz/no-questions';
import { QuizPlayer } from '@/components/quiz/quiz-player';
import { requireSession } from '@/lib/auth/session';
import { readQuiz } from '@/lib/db/queries/quiz';
import { askedQuiz, itemIdsOf } from '@/lib/study/quiz/disclose';

type QuizPageProps = { params: Promise<{ id: string }> };

const quizOf = cache(async (quizId: string) => {
  const { db } = await requireSession();
  return z.uuid().safeParse(quizId).success ? readQuiz(db, { quizId }) : null;
});

export async function generateMetadata({ params }: QuizPageProps): Promise<Metadata> {
  const quiz = await quizOf((await params).id);
  return { title: quiz ? `Quiz: ${quiz.topic}` : 'Nothing here' };
}

/** The player: at the open question, at the start, or at the results of the last attempt. */
export default async function QuizPage({ params }: QuizPageProps) {
  const stored = await quizOf((await params).id);
  if (stored === null) notFound();
  const quiz = askedQuiz(stored);
  if (itemIdsOf(quiz.items, quiz.attempt).length === 0) return <NoQuestions />;
  // Another attempt is another run: what was chosen and told in the last one does not carry over.
  return <QuizPlayer key={quiz.attempt?.id ?? 'new'} quiz={quiz} />;
}
