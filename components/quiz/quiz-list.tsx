import { MakeButton } from '@/components/make/make-button';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkedRow } from '@/components/ui/linked-row';
import type { QuizSummary } from '@/lib/db/queries/quiz';
import { paths } from '@/lib/links';
import { minutesFor } from '@/lib/study/quiz/report';

/** How far a quiz is, in words. */
export function quizState({ running, last, questions, asked }: QuizSummary): string {
  if (running) return `${running.answered} of ${running.total} answered`;
  if (last) return `${last.correct} of ${last.total} right`;
  const size = questions < asked ? `${questions} of ${asked} questions` : `${questions} questions`;
  return `${questions === 1 && asked <= 1 ? '1 question' : size}, about ${minutesFor(questions)} min`;
}

/** The student's quizzes: unfinished ones first. For a server page. */
export function QuizList({ quizzes }: { quizzes: readonly QuizSummary[] }) {
  if (quizzes.length === 0) {
    return (
      <EmptyState as="h3" title="No quiz yet" actions={<MakeButton kind="quiz">Make a quiz</MakeButton>}>
        Make one of any document or section of your notes. Every question shows the words that prove its
        answer.
      </EmptyState>
    );
  }
  return (
    <ul>
      {quizzes.map((quiz) => (
        <LinkedRow
          key={quiz.id}
          href={paths.quiz(quiz.id)}
          name={quiz.topic}
          about={`${quizState(quiz)}${quiz.difficulty === 'mixed' ? '' : ` · ${quiz.difficulty}`}`}
          verb={verbOf(quiz)}
        />
      ))}
    </ul>
  );
}

function verbOf({ running, finishedAttempts }: QuizSummary): string {
  if (running) return 'Go on';
  return finishedAttempts > 0 ? 'Results' : 'Start';
}
