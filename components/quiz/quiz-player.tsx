'use client';

import { useText } from '#use-text';
import { LEVEL_NAMES } from '@/components/client/level-names';
import './quiz.css';
import Link from 'next/link';
import { type Ref, useEffect, useRef, useState } from 'react';
import { PassageChanged } from '@/components/cards/passage-changes';
import { FewerMade } from '@/components/make/fewer-made';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { type AttemptAnswer, CONFIDENCES, examMinutesFor } from '@/lib/domain/quiz';
import { paths } from '@/lib/links';
import type { AskedItem, AskedQuiz, Solution } from '@/lib/study/quiz/disclose';
import { AnswerFeedback } from './answer-feedback';
import { AnswerInput, Claim, Correction, type Told } from './answer-input';
import { AnswerOptions, LETTERS } from './answer-options';
import { feedbackOf } from './feedback';
import { frameClass, scrollerClass } from './frame';
import { PlayerFooter } from './player-footer';
import { PlayerHeader } from './player-header';
import { QuizResults } from './quiz-results';
import { setReported } from './requests';
import { RichText } from './rich-text';
import { type QuizRun, useQuizRun } from './use-quiz-run';

/** Shows the beginning of what was told where it would be below the fold; the answer above it stays in sight. */
function bringIntoView(within: HTMLElement, told: Element | null) {
  if (!told) return;
  const frame = within.getBoundingClientRect();
  const shown = Math.min(240, frame.height / 2);
  const hidden = told.getBoundingClientRect().top + shown - frame.bottom;
  if (hidden > 0) within.scrollTop += hidden;
}

/** Letters choose; digits choose, then say how sure. */
const answerKeys = ({ item, selected, select, commit }: QuizRun) =>
  Object.fromEntries(
    LETTERS.flatMap((letter, index) => {
      const hasChoices = item?.format === undefined || item.format === 'choice' || item.format === 'truth';
      const [id, confidence] = [hasChoices ? item?.choices[index]?.id : undefined, CONFIDENCES[index]];
      const choose = () => id !== undefined && select(id);
      const press = () => {
        if (selected === null) choose();
        else if (confidence !== undefined) commit(selected, confidence);
      };
      return [
        [letter.toLowerCase(), choose],
        [String(index + 1), press],
      ];
    }),
  );

/** Questions that were called unsound, and what to say of the latest. */
function useReports({ id: quizId, items }: AskedQuiz, begin: QuizRun['begin']) {
  const t = useText();
  const [reported, setReportedIds] = useState<ReadonlySet<string>>(
    () => new Set(items.filter(({ isReported }) => isReported).map(({ id }) => id)),
  );
  const [said, setSaid] = useState<{ itemId: string; text: string }>();
  const toggle = async (itemId: string) => {
    const isReported = !reported.has(itemId);
    const apply = (on: boolean) =>
      setReportedIds((ids) => new Set([...ids].filter((id) => id !== itemId).concat(on ? itemId : [])));
    apply(isReported);
    try {
      await begin();
      await setReported(quizId, itemId, isReported);
      const text = isReported
        ? t('Reported. It is left out of later rounds and of your progress.')
        : t('The report is taken back.');
      setSaid({ itemId, text });
    } catch {
      apply(!isReported);
      setSaid({ itemId, text: t('The report did not arrive. Try again in a moment.') });
    }
  };
  // An answer that arrives late belongs to the question it was about.
  return { reported, toggle, statusOf: (itemId: string) => (said?.itemId === itemId ? said.text : '') };
}

/** A quiz in focus mode: one question at a time, confidence before feedback, proof after it. */
export function QuizPlayer({ quiz }: { quiz: AskedQuiz }) {
  const t = useText();
  const run = useQuizRun(quiz);
  const { reported, toggle, statusOf } = useReports(quiz, run.begin);
  const stem = useRef<HTMLHeadingElement>(null);
  const nextButton = useRef<HTMLButtonElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { item, answer, solution } = run;
  const told = answer && solution && { solution, answer };
  const isTold = told !== undefined;

  // What had the focus is gone once an answer is told: the way on takes it over. Not on the first render.
  const wasTold = useRef(isTold);
  useEffect(() => {
    if (isTold && !wasTold.current) {
      nextButton.current?.focus({ preventScroll: true });
      if (scroller.current)
        bringIntoView(scroller.current, scroller.current.querySelector('[data-feedback]'));
    }
    wasTold.current = isTold;
  }, [isTold]);

  const goOn = () => {
    run.next();
    scroller.current?.scrollTo({ top: 0 });
    // The next question is in the page after the next paint.
    requestAnimationFrame(() => stem.current?.focus({ preventScroll: true }));
  };
  const report = () => item && void toggle(item.id);
  useHotkeys(
    { ...answerKeys(run), enter: () => isTold && goOn(), f: report },
    { enabled: item !== undefined },
  );

  if (item === undefined) {
    return run.attempt ? (
      <QuizResults quiz={quiz} attempt={run.attempt} solutions={run.solutions} reported={reported} />
    ) : null;
  }
  const status = statusOf(item.id);
  return (
    <div className={frameClass}>
      <PlayerHeader run={run} isReported={reported.has(item.id)} onReport={report} />
      <div ref={scroller} className={scrollerClass}>
        <Question ref={stem} quizId={quiz.id} item={item} run={run} told={told} status={status} />
      </div>
      <PlayerFooter run={run} onNext={goOn} nextButton={nextButton} />
      <p role="status" className="sr-only">
        {told ? feedbackOf(item, told.solution, told.answer, t).announcement : ''} {status}
      </p>
    </div>
  );
}

/** What is pressed, typed, matched or moved, by the format of the question. */
function Answering({ item, run, told }: Pick<QuestionProps, 'item' | 'run'> & { told: Told | undefined }) {
  const props = { item, told, selected: run.selected, text: run.text, onAnswer: run.select };
  const { format = 'choice' } = item;
  if (format !== 'choice' && format !== 'truth') return <AnswerInput {...props} />;
  return (
    <>
      <AnswerOptions item={item} selected={run.selected} onSelect={(id) => run.select(id)} told={told} />
      {format === 'truth' && <Correction {...props} />}
    </>
  );
}

type QuestionProps = {
  quizId: string;
  item: AskedItem;
  run: QuizRun;
  told: { solution: Solution; answer: AttemptAnswer } | undefined;
  status: string;
  ref: Ref<HTMLHeadingElement>;
};

const Question = ({ quizId, item, run, told, status, ref }: QuestionProps) => {
  const t = useText();
  return (
    <div className="mx-auto max-w-measure px-5 pt-3 pb-6 md:px-0 md:pt-10">
      {run.answers.length === 0 && !told && <FewerMade quizId={quizId} />}
      <p className="text-ink-3 text-xs">
        {item.topic} · {t(LEVEL_NAMES[item.difficulty])}
        <span aria-hidden="true"> </span>
        <PassageChanged of={(change) => change.quizId === quizId && change.itemId === item.id} />
      </p>
      <h1
        ref={ref}
        tabIndex={-1}
        className="mt-2.5 mb-6 text-pretty font-medium font-notes text-[1.3125rem] leading-7.75 tracking-[-0.005em] outline-none md:mb-7 md:text-[1.5rem] md:leading-8.75"
      >
        <RichText text={item.q} className="wrap-anywhere" />
      </h1>
      <Claim item={item} />
      <div key={item.id} className="settle">
        <Answering
          item={item}
          run={run}
          told={told && { right: told.solution.answer, answer: told.answer }}
        />
      </div>
      {status !== '' && <p className="mt-3 text-ink-2">{status}</p>}
      {told && <AnswerFeedback item={item} {...told} />}
      {run.answers.length === 0 && !told && (
        <p className="mt-5 text-ink-3 text-xs">
          {t.rich(
            '<link>Take it as an exam</link>, {examMinutesFor} min, with nothing told before you hand in.',
            {
              link: (words) => (
                <Link href={paths.exam(quizId)} className="link inline-block py-1">
                  {words}
                </Link>
              ),
              examMinutesFor: examMinutesFor(run.order.length),
            },
          )}
        </p>
      )}
    </div>
  );
};
