'use client';

import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { paths } from '@/lib/links';
import type { ToolCardProps, ToolView } from './tool-view';

const LEVELS = { easy: 'easy', medium: 'medium', hard: 'hard', mixed: 'easy to hard' } as const;

/** A quiz that was made: what it holds, what it does not, and the way in. */
export function GenerateQuizCard({ part }: ToolCardProps<'generateQuiz'>) {
  const { quizId, topic, difficulty, asked, made, minutes, note } = part.output;
  const size =
    made < asked ? `${made} of ${asked} questions` : `${made} ${made === 1 ? 'question' : 'questions'}`;
  return (
    <section
      aria-label={`Quiz on ${topic}`}
      className="my-4 rounded-3 border border-rule bg-page px-4.5 py-4"
    >
      <h3 className="wrap-anywhere font-semibold text-md first-letter:uppercase">{topic}</h3>
      <p className="mt-0.5 text-ink-2 tabular">
        {size} · {LEVELS[difficulty]} · about {minutes} min
      </p>
      {note !== null && <p className="mt-2 max-w-[60ch] text-ink-2">{note}</p>}
      <div className="mt-3.5">
        <Link href={paths.quiz(quizId)} className={buttonClass({ variant: 'primary' })}>
          Start quiz
        </Link>
      </div>
    </section>
  );
}

export const generateQuiz: ToolView<'generateQuiz'> = {
  verbs: { running: 'Writing a quiz', done: 'Wrote a quiz', failed: 'Could not write the quiz' },
  Card: GenerateQuizCard,
};
