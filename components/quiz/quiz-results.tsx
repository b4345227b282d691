'use client';

import { useText } from '#use-text';
import type { Translate } from '@/lib/language/text';
import './quiz.css';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useAction } from '@/components/client/use-action';
import { Button, ButtonLink } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import type { Attempt } from '@/lib/domain/quiz';
import { paths } from '@/lib/links';
import type { AskedItem, AskedQuiz, Solution } from '@/lib/study/quiz/disclose';
import { type AnsweredItem, quizResults } from '@/lib/study/quiz/grade';
import { frameClass, scrollerClass } from './frame';
import { startAttempt } from './requests';
import { ResultItem } from './result-item';

type QuizResultsProps = {
  quiz: AskedQuiz;
  attempt: Attempt;
  solutions: ReadonlyMap<string, Solution>;
  /** Questions that were called unsound; they are not asked again. */
  reported: ReadonlySet<string>;
};

/** How an attempt went: what was certain and wrong first, then topic by topic, and what to do now. */
export function QuizResults({ quiz, attempt, solutions, reported }: QuizResultsProps) {
  const t = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  const results = quizResults(quiz.items, attempt);
  const { correct, total, skipped, partly, certainAndWrong, guessedRight, missed, topics } = results;
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={frameClass}>
      <div className={scrollerClass}>
        <div className="mx-auto max-w-measure px-5 pt-6 pb-8 md:px-0 md:pt-14">
          <p className="text-ink-3 text-xs first-letter:uppercase">{quiz.topic}</p>
          <h1 ref={heading} tabIndex={-1} className="mt-1.5 font-semibold text-2xl tabular outline-none">
            {t('{correct} of {total} right', { correct, total })}
          </h1>
          <p className="mt-1.5 text-ink-2 text-md">
            {summary({ total, correct, skipped, partly, certain: certainAndWrong.length }, t)}
          </p>
          <Section
            title={t('Certain and wrong')}
            hint={t('Worth looking at first')}
            items={certainAndWrong}
            solutions={solutions}
            isOpen
          />
          <section aria-labelledby="quiz-topics" className="mt-9">
            <h2 id="quiz-topics" className="font-semibold text-lg">
              {t('By topic')}
            </h2>
            <ul className="mt-2">
              {topics.map((topic) => (
                <li key={topic.topic} className="border-rule border-t py-3 last:border-b">
                  <div className="flex items-baseline justify-between gap-4 not-last:mb-3">
                    <h3 className="min-w-0 font-semibold text-md wrap-anywhere">{topic.topic}</h3>
                    <span className="shrink-0 text-ink-2 tabular">
                      {t('{correct} of {total}', { correct: topic.correct, total: topic.total })}
                    </span>
                  </div>
                  {topic.answered
                    .filter(({ answer }) => !answer.correct && answer.confidence !== 'certain')
                    .map((one) => (
                      <ResultItem key={one.item.id} answered={one} solution={solutions.get(one.item.id)} />
                    ))}
                </li>
              ))}
            </ul>
          </section>
          <Section
            title={t('Right by a guess')}
            hint={t('They count, and are worth another look')}
            items={guessedRight}
            solutions={solutions}
          />
        </div>
      </div>
      <Again
        quizId={quiz.id}
        missed={missed.map(({ item }) => item.id).filter((id) => !reported.has(id))}
        missedCount={missed.length}
      />
    </div>
  );
}

type AgainProps = {
  quizId: string;
  /** What was missed and can be asked again. */
  missed: string[];
  missedCount: number;
};

/** The ways on: what was missed, all of it, or away. */
function Again({ quizId, missed, missedCount }: AgainProps) {
  const t = useText();
  const router = useRouter();
  const [itemIds, setItemIds] = useState<string[]>();
  const { run, pending, problem } = useAction(
    async (ids?: string[]) => {
      setItemIds(ids);
      await startAttempt(quizId, ids);
      router.refresh();
    },
    { leaves: true },
  );
  return (
    <footer className="shrink-0 border-rule border-t bg-desk pb-[env(safe-area-inset-bottom)]">
      <div className="settle mx-auto flex max-w-measure flex-wrap items-center gap-2 px-5 py-3.5 md:px-0">
        <Strip tone="bad" className="w-full">
          {problem}
        </Strip>
        {missed.length > 0 && (
          <Button
            variant="primary"
            busy={pending && itemIds !== undefined}
            className="max-md:w-full"
            onClick={() => run(missed)}
          >
            {missedCount === 1
              ? t('Practise the one you missed')
              : t('Practise the {missedCount} you missed', { missedCount })}
          </Button>
        )}
        <Button
          variant={missed.length > 0 ? 'line' : 'primary'}
          busy={pending && itemIds === undefined}
          className="max-md:flex-1"
          onClick={() => run()}
        >
          {t('Take it again')}
        </Button>
        <ButtonLink variant="quiet" className="max-md:flex-1" href={paths.exam(quizId)}>
          {t('As an exam')}
        </ButtonLink>
        <ButtonLink variant="quiet" className="max-md:flex-1" href={paths.practice}>
          {t('To Practice')}
        </ButtonLink>
      </div>
    </footer>
  );
}

type SectionProps = {
  title: string;
  hint: string;
  items: readonly AnsweredItem<AskedItem>[];
  solutions: ReadonlyMap<string, Solution>;
  isOpen?: boolean;
};

function Section({ title, hint, items, solutions, isOpen = false }: SectionProps) {
  if (items.length === 0) return null;
  return (
    <section aria-label={title} className="mt-9">
      <h2 className="font-semibold text-lg">{title}</h2>
      <p className="text-ink-3 text-xs">{hint}</p>
      <div className="mt-2">
        {items.map((one) => (
          <ResultItem
            key={one.item.id}
            answered={one}
            solution={solutions.get(one.item.id)}
            isOpen={isOpen}
          />
        ))}
      </div>
    </section>
  );
}

function summary(
  {
    total,
    correct,
    skipped,
    partly,
    certain,
  }: Record<'total' | 'correct' | 'skipped' | 'partly' | 'certain', number>,
  t: Translate,
) {
  if (correct === total) return t('Every question right.');
  const parts = [];
  if (certain > 0)
    parts.push(
      certain === 1
        ? t('One you were certain of was wrong.')
        : t('{certain} you were certain of were wrong.', { certain }),
    );
  if (partly > 0)
    parts.push(partly === 1 ? t('One was partly right.') : t('{partly} were partly right.', { partly }));
  if (skipped > 0)
    parts.push(skipped === 1 ? t('One was skipped.') : t('{skipped} were skipped.', { skipped }));
  return parts.join(' ') || t('You were certain of none of those you missed.');
}
