import { notFound } from 'next/navigation';
import { z } from 'zod';
import { ExamPaper } from '@/components/quiz/exam-paper';
import { requireSession } from '@/lib/auth/session';
import { readQuiz } from '@/lib/db/queries/quiz';
import { titled } from '@/lib/language/server-text';
import { askedQuiz, itemIdsOf } from '@/lib/study/quiz/disclose';

export const generateMetadata = titled('Exam');

/** A quiz as a paper with a clock. */
export default async function ExamPage({ params }: { params: Promise<{ id: string }> }) {
  const { db } = await requireSession();
  const { id } = await params;
  const stored = z.uuid().safeParse(id).success ? await readQuiz(db, { quizId: id }) : null;
  if (stored === null) notFound();
  const quiz = askedQuiz(stored);
  const open = quiz.attempt?.finishedAt === null ? quiz.attempt : null;
  if (itemIdsOf(quiz.items, open).length === 0) notFound();
  return <ExamPaper key={open?.id ?? 'new'} quiz={quiz} />;
}
