import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { useText } from '#use-text';
import { QuizPlayer } from '@/components/quiz/quiz-player';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { requireSession } from '@/lib/auth/session';
import { readQuiz } from '@/lib/db/queries/quiz';
import { readText } from '@/lib/language/server-text';
import { paths } from '@/lib/links';
import { askedQuiz, itemIdsOf, quizIn } from '@/lib/study/quiz/disclose';

type QuizPageProps = { params: Promise<{ id: string }> };

const quizOf = cache(async (quizId: string) => {
  const { db } = await requireSession();
  return z.uuid().safeParse(quizId).success ? readQuiz(db, { quizId }) : null;
});

export async function generateMetadata({ params }: QuizPageProps): Promise<Metadata> {
  const t = await readText();
  const quiz = await quizOf((await params).id);
  return { title: quiz ? t('Quiz: {topic}', { topic: quiz.topic }) : t('Nothing here') };
}

/** The player: at the open question, at the start, or at the results of the last attempt. */
export default async function QuizPage({ params }: QuizPageProps) {
  const stored = await quizOf((await params).id);
  if (stored === null) notFound();
  const quiz = quizIn(askedQuiz(stored), await readText());
  if (itemIdsOf(quiz.items, quiz.attempt).length === 0) return <NoQuestions />;
  // Another attempt is another run: what was chosen and told in the last one does not carry over.
  return <QuizPlayer key={quiz.attempt?.id ?? 'new'} quiz={quiz} />;
}

/** A quiz of which every question was reported. */
function NoQuestions() {
  const t = useText();
  return (
    <div className="grid min-h-full place-items-center px-5 py-16">
      <EmptyState
        as="h1"
        title={t('No question is left here')}
        actions={
          <ButtonLink variant="primary" href={paths.practice}>
            {t('To Practice')}
          </ButtonLink>
        }
      >
        {t('Every question of this quiz was reported. Ask for a new one, and it will be written afresh.')}
      </EmptyState>
    </div>
  );
}
