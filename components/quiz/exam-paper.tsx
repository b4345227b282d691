'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { useText } from '#use-text';
import { readStored, writeStored } from '@/components/client/stored';
import { useAction } from '@/components/client/use-action';
import { Button, ButtonLink } from '@/components/ui/button';
import { LeaveLink } from '@/components/ui/leave-link';
import { Strip } from '@/components/ui/strip';
import { MINUTE_MS } from '@/lib/calendar/dates';
import { type Attempt, examMinutesFor } from '@/lib/domain/quiz';
import { paths } from '@/lib/links';
import { type AskedItem, type AskedQuiz, itemIdsOf } from '@/lib/study/quiz/disclose';
import { AnswerInput, Claim, Correction } from './answer-input';
import { LETTERS } from './answer-options';
import { frameClass, scrollerClass } from './frame';
import { handIn, startAttempt } from './requests';
import { RichText } from './rich-text';

/** What this device keeps of a paper that is being written, so that a reload loses neither a cross nor a second. */
type Sheet = { startedMs: number; chosen: Record<string, string>; texts: Record<string, string> };

const textsIn = (kept: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(kept).filter((one): one is [string, string] => typeof one[1] === 'string'),
  );

const keyOf = (attemptId: string) => `exam:${attemptId}`;

function keptSheet(attemptId: string): Sheet | null {
  try {
    const { startedMs, chosen, texts = {} } = JSON.parse(readStored(keyOf(attemptId)) ?? 'null');
    return typeof startedMs === 'number'
      ? { startedMs, chosen: textsIn(chosen), texts: textsIn(texts) }
      : null;
  } catch {
    // Nothing is kept, or what is kept is no paper: it begins anew.
    return null;
  }
}

/** The open attempt as a paper, and how to begin, cross and hand in. */
function usePaper(quiz: AskedQuiz) {
  const router = useRouter();
  const [attempt, setAttempt] = useState<Attempt | null>(
    quiz.attempt?.finishedAt === null ? quiz.attempt : null,
  );
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const keep = (attemptId: string, next: Sheet) => {
    writeStored(keyOf(attemptId), JSON.stringify(next));
    setSheet(next);
  };
  // The server draws the cover; what this device keeps of the paper is known only here.
  const resume = useEffectEvent(() => {
    if (attempt) setSheet((known) => keptSheet(attempt.id) ?? known);
  });
  const showResult = () => {
    router.push(paths.quiz(quiz.id));
    router.refresh();
  };
  const follow = useEffectEvent(({ key, newValue }: StorageEvent) => {
    if (sheet && attempt && key === keyOf(attempt.id) && newValue === null) showResult();
    else resume();
  });
  useEffect(() => {
    resume();
    // Another tab may write on the same paper, and hand it in.
    window.addEventListener('storage', follow);
    return () => window.removeEventListener('storage', follow);
  }, []);
  const begin = useAction(async () => {
    const begun = attempt ?? (await startAttempt(quiz.id));
    setAttempt(begun);
    // Another tab may have begun it since this cover was drawn.
    keep(begun.id, keptSheet(begun.id) ?? { startedMs: Date.now(), chosen: {}, texts: {} });
  });
  const ending = useAction(
    async () => {
      if (!attempt || !sheet) return;
      await handIn(attempt.id, sheet);
      writeStored(keyOf(attempt.id), null);
      showResult();
    },
    { leaves: true },
  );
  return {
    attempt,
    sheet,
    begin,
    ending,
    /** Null takes a cross back: a line that is empty again, a pair that is open again. */
    choose: (itemId: string, optionId: string | null, text?: string) => {
      if (!attempt || !sheet) return;
      const { [itemId]: _before, ...others } = sheet.chosen;
      keep(attempt.id, {
        ...sheet,
        chosen: optionId === null ? others : { ...others, [itemId]: optionId },
        texts: text === undefined ? sheet.texts : { ...sheet.texts, [itemId]: text },
      });
    },
  };
}

/** Seconds that are left; what is to happen at none of them happens once. */
function useCountdown(endMs: number | null, onEnd: () => void) {
  const [nowMs, setNowMs] = useState<number | null>(null);
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (endMs === null) return;
    const tick = () => {
      setNowMs(Date.now());
      if (Date.now() < endMs) return;
      clearInterval(timer);
      end();
    };
    const timer = setInterval(tick, 1_000);
    tick();
    return () => clearInterval(timer);
  }, [endMs]);
  return endMs === null || nowMs === null ? null : Math.max(0, Math.ceil((endMs - nowMs) / 1_000));
}

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** A quiz as a paper: all questions at once, a clock, and no word of what is right before it is handed in. */
export function ExamPaper({ quiz }: { quiz: AskedQuiz }) {
  const t = useText();
  const { attempt, sheet, begin, ending, choose } = usePaper(quiz);
  const answered = new Set(attempt?.answers.map(({ itemId }) => itemId));
  const items = itemIdsOf(quiz.items, attempt).flatMap(
    (id) => quiz.items.find((item) => item.id === id && !answered.has(id)) ?? [],
  );
  const minutes = examMinutesFor(items.length);
  const left = useCountdown(sheet && sheet.startedMs + minutes * MINUTE_MS, () => void ending.run());
  if (!sheet) return <Cover quiz={quiz} questions={items.length} minutes={minutes} begin={begin} />;
  const crossed = items.filter(({ id }) => sheet.chosen[id] !== undefined).length;
  return (
    <div className={frameClass}>
      <header className="flex min-h-14 shrink-0 items-center justify-between gap-3 px-2 md:min-h-16 md:px-5">
        <LeaveLink />
        {left !== null && (
          <span role="timer" className="pr-3 font-semibold text-lg tabular">
            {clock(left)}
            <span className="sr-only"> {t('left')}</span>
          </span>
        )}
      </header>
      <div className={scrollerClass}>
        <div className="mx-auto max-w-measure px-5 pt-3 pb-8 font-notes md:px-0 md:pt-8">
          <Head quiz={quiz} questions={items.length} minutes={minutes} />
          <ol className="settle">
            {items.map((item, index) => (
              <PaperQuestion
                key={item.id}
                item={item}
                number={index + 1}
                chosen={sheet.chosen[item.id]}
                text={sheet.texts[item.id] ?? ''}
                onChoose={(optionId, text) => choose(item.id, optionId, text)}
              />
            ))}
          </ol>
          <p className="border-ink border-t pt-3 text-center text-ink-3 text-xs">{t('End of questions')}</p>
        </div>
      </div>
      <HandIn open={items.length - crossed} left={left} ending={ending} />
    </div>
  );
}

type Action = ReturnType<typeof usePaper>['begin'];
type Size = { quiz: AskedQuiz; questions: number; minutes: number };

const Head = ({ quiz, questions, minutes }: Size) => {
  const t = useText();
  return (
    <div className="border-ink border-y py-4 text-center">
      <h1 className="font-semibold text-xl first-letter:uppercase">{quiz.topic}</h1>
      <p className="mt-1 text-ink-2 text-sm">
        {t('Time allowed: {minutes} minutes · {questions, plural, one {# mark} other {# marks}}', {
          minutes,
          questions,
        })}
      </p>
      <p className="mt-1 text-ink-2 text-sm">{t('Answer all questions. Each is worth one mark.')}</p>
    </div>
  );
};

/** Before it begins: what it is, and how long. */
const Cover = ({ begin, ...size }: Size & { begin: Action }) => {
  const t = useText();
  return (
    <div className={frameClass}>
      <header className="flex min-h-14 shrink-0 items-center px-2 md:min-h-16 md:px-5">
        <LeaveLink />
      </header>
      <div className={scrollerClass}>
        <div className="mx-auto max-w-measure px-5 pt-6 pb-8 font-notes md:px-0 md:pt-14">
          <Head {...size} />
          <p className="mt-6 text-ink-2 text-md">
            {t(
              'The clock starts when you do. What is right is told after you hand in; when the time is over, what you have is handed in for you.',
            )}
          </p>
          <Strip tone="bad" className="mt-4">
            {begin.problem}
          </Strip>
          <div className="mt-6 flex flex-wrap gap-2 font-voice">
            <Button variant="primary" size="lg" busy={begin.pending} onClick={() => void begin.run()}>
              {t('Start the exam')}
            </Button>
            <ButtonLink variant="quiet" size="lg" href={paths.quiz(size.quiz.id)}>
              {t('One by one instead')}
            </ButtonLink>
          </div>
        </div>
      </div>
    </div>
  );
};

type PaperQuestionProps = {
  item: AskedItem;
  number: number;
  chosen: string | undefined;
  text: string;
  onChoose: (optionId: string | null, text?: string) => void;
};

const PaperQuestion = ({ item, number, chosen, text, onChoose }: PaperQuestionProps) => (
  <li className="border-rule border-b py-6 last:border-b-0">
    <fieldset>
      <legend className="flex w-full gap-3 text-notes">
        <span className="font-semibold tabular">{number}.</span>
        <span className="min-w-0 flex-1">
          <RichText text={item.q} className="wrap-anywhere" />
        </span>
        <span className="text-ink-3 text-sm">[1]</span>
      </legend>
      <div className="mt-3 grid gap-0.5 pl-7" data-unkept="">
        <Claim item={item} />
        {(item.format ?? 'choice') !== 'choice' && item.format !== 'truth' ? (
          <AnswerInput
            item={item}
            selected={chosen ?? null}
            text={text}
            onAnswer={onChoose}
            told={undefined}
          />
        ) : (
          <Crosses item={item} chosen={chosen} onChoose={onChoose} />
        )}
        {item.format === 'truth' && (
          <Correction
            item={item}
            selected={chosen ?? null}
            text={text}
            onAnswer={onChoose}
            told={undefined}
          />
        )}
      </div>
    </fieldset>
  </li>
);

const Crosses = ({ item, chosen, onChoose }: Pick<PaperQuestionProps, 'item' | 'chosen' | 'onChoose'>) => (
  <>
    {item.choices.map(({ id, text }, index) => (
      <label
        key={id}
        className="flex min-h-11 cursor-pointer items-center gap-3 rounded-2 px-2 py-1.5 hover:bg-sunk"
      >
        <input
          type="radio"
          name={item.id}
          checked={chosen === id}
          onChange={() => onChoose(id)}
          className="size-4.5 shrink-0 accent-ink"
        />
        <span className="font-semibold text-sm">{LETTERS[index]}</span>
        <RichText text={text} className="min-w-0 wrap-anywhere" />
      </label>
    ))}
  </>
);

const LAST_MINUTE = 60;

/** In the thumb's third: how much is left, and handing in, which asks once where something is open. */
function HandIn({ open, left, ending }: { open: number; left: number | null; ending: Action }) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const said =
    open === 0
      ? t('Every question has an answer.')
      : t('{open, plural, one {# question} other {# questions}} without an answer.', { open });
  return (
    <footer className="shrink-0 border-rule border-t bg-desk pb-[env(safe-area-inset-bottom)]">
      <div className="mx-auto flex max-w-measure flex-wrap items-center justify-between gap-3 px-5 py-3.5 md:px-0">
        <Strip tone="bad" className="w-full">
          {ending.problem &&
            t('{problem} Your answers are kept here; hand in again.', { problem: ending.problem })}
        </Strip>
        <p role="status" className="min-w-0 flex-1 text-ink-2">
          {isAsking && open > 0 ? t('{said} Hand in all the same?', { said }) : said}
          {left !== null && left > 0 && left <= LAST_MINUTE && ` ${t('Less than a minute is left.')}`}
        </p>
        <Button
          variant="primary"
          size="lg"
          className={isAsking ? 'settle' : undefined}
          busy={ending.pending}
          onClick={() => (open > 0 && !isAsking ? setAsking(true) : void ending.run())}
        >
          {isAsking && open > 0 ? t('Yes, hand in') : t('Hand in')}
        </Button>
      </div>
    </footer>
  );
}
