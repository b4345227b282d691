'use client';

import { clsx } from 'clsx';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useText } from '#use-text';
import { AnswerOptions, LETTERS } from '@/components/quiz/answer-options';
import { RichText } from '@/components/quiz/rich-text';
import { Button } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { RACE_QUESTIONS } from '@/lib/domain/bounds';
import type { Race, RaceItem } from '@/lib/domain/room';
import type { Translate } from '@/lib/language/text';
import { standings, winners } from '@/lib/study/room/race';
import { clockFace } from '@/lib/study/room/timer';
import { type RaceRun, useTimeLeft } from './use-race';

type NameOf = (userId: string) => string;

/** Who has how much, the first first. Only right answers are said aloud, once when they change. */
function Score({ race, nameOf }: { race: Race; nameOf: NameOf }) {
  const t = useText();
  const placed = standings(race);
  const [first, second] = placed;
  return (
    <>
      <ol aria-label={t('Score')} className="grid gap-1.5">
        {placed.map(({ userId, right, answered, place }) => (
          <li key={userId} className="flex min-w-0 items-baseline gap-3">
            <span className="w-5 shrink-0 text-ink-3 text-xs tabular">{place}.</span>
            <b className="min-w-0 flex-1 truncate font-semibold">{nameOf(userId)}</b>
            <span className="shrink-0 text-ink-3 text-xs tabular">
              {t('{answered} of {questions} answered', { answered, questions: race.questions })}
            </span>
            <span className="shrink-0 font-semibold tabular">{t('{count} right', { count: right })}</span>
          </li>
        ))}
      </ol>
      {first && second && first.right === second.right && first.place < second.place && (
        <p className="mt-1.5 text-ink-3 text-xs">{t('Of equally many, whoever had them first is ahead.')}</p>
      )}
      <p role="status" className="sr-only">
        {placed.map(({ userId, right }) => `${nameOf(userId)} ${right}`).join(', ')}
      </p>
    </>
  );
}

function TimeLeft({ leftMs }: { leftMs: number | undefined }) {
  const t = useText();
  if (leftMs === undefined) return null;
  const { minutes, seconds } = clockFace(leftMs);
  return (
    <span className="shrink-0 font-semibold tabular">
      <span aria-hidden="true">
        {Number(minutes)}:{seconds}
      </span>
      <span className="sr-only">
        {t('{value} minutes {value2} seconds left', { value: Number(minutes), value2: Number(seconds) })}
      </span>
    </span>
  );
}

type QuestionProps = {
  item: RaceItem;
  at: number;
  questions: number;
  isLast: boolean;
  answering: RaceRun['answering'];
  onAnswer: (optionId: string) => void;
  onNext: () => void;
};

/** One question: choosing only marks, since an answer counts once. */
function Question({ item, at, questions, isLast, answering, onAnswer, onNext }: QuestionProps) {
  const t = useText();
  const [selected, select] = useState<string | null>(null);
  const stem = useRef<HTMLHeadingElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const { mine, answer } = item;
  const told =
    mine !== null && answer !== null
      ? { right: answer, answer: { optionId: mine, confidence: null } }
      : undefined;
  const isTold = told !== undefined;
  const choose = (optionId: string) => {
    if (!isTold && !answering.pending) select(optionId);
  };
  const goOn = () => {
    if (isTold) onNext();
    else if (selected !== null) onAnswer(selected);
  };
  useHotkeys({
    ...Object.fromEntries(
      item.choices.flatMap(({ id }, index) =>
        [LETTERS[index]?.toLowerCase() ?? '', String(index + 1)].map((key) => [key, () => choose(id)]),
      ),
    ),
    enter: goOn,
  });
  // What had the focus is gone: what takes its place gets it, unless somebody writes.
  useEffect(() => {
    if (document.activeElement === document.body) (isTold ? next : stem).current?.focus();
  }, [isTold]);
  return (
    <div className="settle">
      <p className="text-ink-3 text-xs wrap-anywhere">
        {t('Question {at} of {questions}', { at, questions })} · {item.title}
      </p>
      <h3
        ref={stem}
        tabIndex={-1}
        className="mt-1.5 mb-3.5 text-pretty font-medium font-notes text-lg outline-none"
      >
        <RichText text={item.q} className="wrap-anywhere" />
      </h3>
      <AnswerOptions item={item} selected={selected} onSelect={choose} told={told} />
      <Strip tone="bad" className="mt-3">
        {answering.problem}
      </Strip>
      <div key={String(isTold)} className="settle mt-3.5 flex justify-end">
        {isTold ? (
          <Button ref={next} variant="primary" aria-keyshortcuts="Enter" onClick={onNext}>
            {isLast ? t('See the score') : t('Next')}
          </Button>
        ) : (
          <Button
            variant="primary"
            busy={answering.pending}
            disabled={selected === null}
            aria-keyshortcuts="Enter"
            onClick={goOn}
          >
            {t('Answer')}
          </Button>
        )}
      </div>
      <p role="status" className="sr-only">
        {told ? (mine === answer ? t('Right') : t('Not this one')) : ''}
      </p>
    </div>
  );
}

function wonBy(race: Race, me: string, nameOf: NameOf, t: Translate): string {
  const won = winners(race);
  const [first] = won;
  if (!first) return t('Nobody had one right');
  if (won.length > 1) return t('A tie');
  return first.userId === me ? t('You won') : t('{name} won', { name: nameOf(first.userId) });
}

const textOf = ({ choices }: RaceItem, id: string | null) => choices.find((choice) => choice.id === id)?.text;

/** Every question with what is right, and what the student chose where that was something else. */
function Result({ race, isRacing }: { race: Race; isRacing: boolean }) {
  const t = useText();
  return (
    <ol className="mt-4 grid gap-3 border-rule border-t pt-3">
      {race.items.map((item) => {
        const given = textOf(item, item.mine);
        return (
          <li key={item.id}>
            <p className="font-notes text-md">
              <RichText text={item.q} className="wrap-anywhere" />
            </p>
            {isRacing && item.mine !== item.answer && (
              <p className="text-brick">
                {given === undefined ? (
                  t('Not answered')
                ) : (
                  <>
                    {t('You chose')} <RichText text={given} className="font-semibold" />
                  </>
                )}
              </p>
            )}
            <p className="text-moss">
              {t('Right:')} <RichText text={textOf(item, item.answer) ?? ''} className="font-semibold" />
            </p>
            <p className="text-ink-3 text-xs wrap-anywhere">{item.title}</p>
          </li>
        );
      })}
    </ol>
  );
}

type RacePanelProps = {
  race: Race;
  me: string;
  nameOf: NameOf;
  nowMs: () => number;
  look: () => unknown;
  answering: RaceRun['answering'];
  onClose: () => void;
  /** The way to another one. */
  again: ReactNode;
};

/** A race in the place of the clock: the score, then the open question, then what came of it. */
export function RacePanel({ race, me, nameOf, nowMs, look, answering, onClose, again }: RacePanelProps) {
  const t = useText();
  const leftMs = useTimeLeft(race, nowMs, look);
  const firstOpen = () => race.items.find(({ mine }) => mine === null)?.id;
  const [shownId, show] = useState(firstOpen);
  const isRacing = race.racers.some(({ userId }) => userId === me);
  const at = race.items.findIndex(({ id }) => id === shownId);
  const item = race.isOver ? undefined : race.items[at];
  const title = race.isOver
    ? wonBy(race, me, nameOf, t)
    : t('Race: {topics}', { topics: race.topics.join(', ') });
  return (
    <section
      aria-label={t('Race')}
      className="mx-auto w-full min-w-0 max-w-measure overflow-y-auto px-5 pb-4 md:min-h-0 md:py-6"
    >
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="min-w-0 font-semibold text-lg wrap-anywhere">{title}</h2>
        {!race.isOver && <TimeLeft leftMs={leftMs} />}
      </div>
      <p role="status" className="sr-only">
        {race.isOver ? title : t('The race runs')}
      </p>
      {race.questions < RACE_QUESTIONS.max && (
        <p className="text-ink-3 text-xs">
          {t('{count} questions: the notes hold no more on this.', { count: race.questions })}
        </p>
      )}
      <div className={clsx('mt-3', item && 'mb-5 border-rule border-b pb-4')}>
        <Score race={race} nameOf={nameOf} />
      </div>
      {item && (
        <Question
          key={item.id}
          item={item}
          at={at + 1}
          questions={race.questions}
          isLast={firstOpen() === undefined}
          answering={answering}
          onAnswer={(optionId) => void answering.run(race.id, item.id, optionId)}
          onNext={() => show(firstOpen())}
        />
      )}
      {!race.isOver && !item && (
        <p className="mt-4 text-ink-2">
          {isRacing
            ? t('You have answered everything. The race ends when the others have, or its time is over.')
            : t('You came after the start. You can watch the score and race next time.')}
        </p>
      )}
      {race.isOver && (
        <div className="settle">
          <Result race={race} isRacing={isRacing} />
          <div className="mt-4 flex flex-wrap items-center gap-2">
            <Button variant="line" onClick={onClose}>
              {t('Back to the clock')}
            </Button>
            {again}
          </div>
        </div>
      )}
    </section>
  );
}
