import { useText } from '#use-text';
import { LEVEL_NAMES } from '@/components/client/level-names';
import { MakeButton } from '@/components/make/make-button';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkedRow } from '@/components/ui/linked-row';
import type { QuizSummary } from '@/lib/db/queries/quiz';
import { inEnglish, type Translate } from '@/lib/language/text';
import { paths } from '@/lib/links';
import { minutesFor } from '@/lib/study/quiz/report';

/** How far a quiz is, in words. */
export function quizState({ running, last, questions, asked }: QuizSummary, t = inEnglish): string {
  if (running)
    return t('{answered} of {total} answered', { answered: running.answered, total: running.total });
  if (last) return t('{correct} of {total} right', { correct: last.correct, total: last.total });
  const size =
    questions < asked
      ? t('{questions} of {asked} questions', { questions, asked })
      : t('{questions, plural, one {# question} other {# questions}}', { questions });
  return t('{size}, about {minutes} min', { size, minutes: minutesFor(questions) });
}

/** The student's quizzes: unfinished ones first. For a server page. */
export function QuizList({ quizzes }: { quizzes: readonly QuizSummary[] }) {
  const t = useText();
  if (quizzes.length === 0) {
    return (
      <EmptyState
        as="h3"
        title={t('No quiz yet')}
        actions={<MakeButton kind="quiz">{t('Make a quiz')}</MakeButton>}
      >
        {t(
          'Make one of any document or section of your notes. Every question shows the words that prove its answer.',
        )}
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
          about={`${quizState(quiz, t)}${quiz.difficulty === 'mixed' ? '' : ` · ${t(LEVEL_NAMES[quiz.difficulty])}`}`}
          verb={verbOf(quiz, t)}
        />
      ))}
    </ul>
  );
}

function verbOf({ running, finishedAttempts }: QuizSummary, t: Translate): string {
  if (running) return t('Go on');
  return finishedAttempts > 0 ? t('Results') : t('Start');
}
