import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { QuizSummary } from '@/lib/db/queries/quiz';
import { paths } from '@/lib/links';
import { minutesFor } from '@/lib/study/quiz/report';

export type QuizListProps = { quizzes: readonly QuizSummary[] };

const quizHref = (id: string) => paths.quiz(id);

/** How far a quiz is, in words. */
export function quizState({ running, last, questions, asked }: QuizSummary): string {
  if (running) return `${running.answered} of ${running.total} answered`;
  if (last) return `${last.correct} of ${last.total} right`;
  const size = questions < asked ? `${questions} of ${asked} questions` : `${questions} questions`;
  return `${questions === 1 && asked <= 1 ? '1 question' : size}, about ${minutesFor(questions)} min`;
}

/** The student's quizzes: unfinished ones first. For a server page; it needs no script. */
export function QuizList({ quizzes }: QuizListProps) {
  if (quizzes.length === 0) {
    return (
      <EmptyState
        as="h3"
        title="No quiz yet"
        actions={
          <Link href={paths.ask} className={buttonClass()}>
            Ask for a quiz
          </Link>
        }
      >
        Ask for one on any topic of your notes. Every question shows the words that prove its answer.
      </EmptyState>
    );
  }
  return (
    <ul>
      {quizzes.map((quiz) => (
        <li key={quiz.id} className="border-rule border-t last:border-b">
          <Link
            href={quizHref(quiz.id)}
            className="grid min-h-14 grid-cols-[minmax(0,1fr)_auto] items-center gap-4 py-2.5 hover:text-pen"
          >
            <span className="min-w-0">
              <span className="block truncate font-semibold text-md first-letter:uppercase">
                {quiz.topic}
              </span>
              <span className="block text-ink-3 text-xs tabular">
                {quizState(quiz)}
                {quiz.difficulty === 'mixed' ? '' : ` · ${quiz.difficulty}`}
              </span>
            </span>
            <span className="shrink-0 font-medium text-pen">{verbOf(quiz)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function verbOf({ running, finishedAttempts }: QuizSummary): string {
  if (running) return 'Go on';
  return finishedAttempts > 0 ? 'Results' : 'Start';
}
