'use client';

import './quiz.css';
import { useEffect, useRef, useState } from 'react';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { CONFIDENCES } from '@/lib/domain/quiz';
import type { AskedQuiz } from '@/lib/study/quiz/disclose';
import { AnswerFeedback } from './answer-feedback';
import { AnswerOptions, LETTERS } from './answer-options';
import { feedbackOf } from './feedback';
import { frameClass, scrollerClass } from './frame';
import { PlayerFooter } from './player-footer';
import { PlayerHeader } from './player-header';
import { QuizResults } from './quiz-results';
import { setReported } from './requests';
import { RichText } from './rich-text';
import { useQuizRun } from './use-quiz-run';

/** Shows the beginning of what was told where it would be below the fold; the answer above it stays in sight. */
function bringIntoView(within: HTMLElement, told: Element | null) {
  if (!told) return;
  const frame = within.getBoundingClientRect();
  const shown = Math.min(240, frame.height / 2);
  const hidden = told.getBoundingClientRect().top + shown - frame.bottom;
  if (hidden > 0) within.scrollTop += hidden;
}

/** A quiz in focus mode: one question at a time, confidence before feedback, proof after it. */
export function QuizPlayer({ quiz }: { quiz: AskedQuiz }) {
  const run = useQuizRun(quiz);
  const [reported, setReportedIds] = useState(
    () => new Set(quiz.items.filter(({ isReported }) => isReported).map(({ id }) => id)),
  );
  const [reportStatus, setReportStatus] = useState<{ itemId: string; text: string } | null>(null);
  const stem = useRef<HTMLHeadingElement>(null);
  const nextButton = useRef<HTMLButtonElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { item, answer, solution, selected, order, answers } = run;
  const isTold = answer !== undefined && solution !== undefined;

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

  const toggleReport = async () => {
    if (!item) return;
    const isReported = !reported.has(item.id);
    const apply = (on: boolean) =>
      setReportedIds((ids) => {
        const changed = new Set(ids);
        if (on) changed.add(item.id);
        else changed.delete(item.id);
        return changed;
      });
    apply(isReported);
    try {
      await setReported(quiz.id, item.id, isReported);
      const text = isReported
        ? 'Reported. It is left out of later rounds and of your progress.'
        : 'The report is taken back.';
      setReportStatus({ itemId: item.id, text });
    } catch {
      apply(!isReported);
      setReportStatus({ itemId: item.id, text: 'The report did not arrive. Try again in a moment.' });
    }
  };

  useHotkeys(
    {
      ...Object.fromEntries(
        LETTERS.map((letter, index) => [
          letter.toLowerCase(),
          () => {
            const id = item?.choices[index]?.id;
            if (id !== undefined) run.select(id);
          },
        ]),
      ),
      ...Object.fromEntries(
        [1, 2, 3, 4].map((digit) => [
          String(digit),
          () => {
            const confidence = CONFIDENCES[digit - 1];
            const id = item?.choices[digit - 1]?.id;
            if (selected === null && id !== undefined) run.select(id);
            else if (selected !== null && confidence !== undefined) run.commit(selected, confidence);
          },
        ]),
      ),
      enter: () => isTold && goOn(),
      f: () => void toggleReport(),
    },
    { enabled: item !== undefined },
  );

  if (item === undefined) {
    return run.attempt ? (
      <QuizResults quiz={quiz} attempt={run.attempt} solutions={run.solutions} reported={reported} />
    ) : null;
  }
  const isReported = reported.has(item.id);
  // An answer that arrives late belongs to the question it was about.
  const status = reportStatus?.itemId === item.id ? reportStatus.text : '';
  return (
    <div className={frameClass}>
      <PlayerHeader
        order={order}
        openId={item.id}
        answers={answers}
        report={{ isReported, toggle: () => void toggleReport() }}
      />
      <div ref={scroller} className={scrollerClass}>
        <div className="mx-auto max-w-measure px-5 pt-3 pb-6 md:px-0 md:pt-10">
          <p className="text-ink-3 text-xs">
            {item.topic} · {item.difficulty}
          </p>
          <h1
            ref={stem}
            tabIndex={-1}
            className="mt-2.5 mb-6 text-pretty font-medium font-notes text-[1.3125rem] leading-7.75 tracking-[-0.005em] outline-none md:mb-7 md:text-[1.5rem] md:leading-8.75"
          >
            <RichText text={item.q} className="wrap-anywhere" />
          </h1>
          <AnswerOptions
            item={item}
            selected={selected}
            onSelect={run.select}
            told={isTold ? { right: solution.answer, answer } : undefined}
          />
          {status !== '' && <p className="mt-3 text-ink-2">{status}</p>}
          {isTold && <AnswerFeedback item={item} solution={solution} answer={answer} />}
        </div>
      </div>
      <PlayerFooter run={run} onNext={goOn} nextButton={nextButton} />
      <p role="status" className="sr-only">
        {isTold ? feedbackOf(item, solution, answer).announcement : ''} {status}
      </p>
    </div>
  );
}
