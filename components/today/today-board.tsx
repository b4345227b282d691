'use client';

import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useText } from '#use-text';
import { writeCookie } from '@/components/client/stored';
import { Button, TextButton } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { paths } from '@/lib/links';
import { NOT_TODAY_COOKIE, writeNotToday } from '@/lib/today/not-today';
import type { StarterQuestion } from '@/lib/today/starter-questions';
import type { TodayItem } from '@/lib/today/today-item';
import { ReadingAction } from './reading-action';
import { TodayAction } from './today-action';

const DAY_SECONDS = 86_400;
const AFTER_THAT = 2;

type TodayBoardProps = {
  /** The one next action first. */
  items: readonly TodayItem[];
  /** Takes the place of what was put off when nothing else is left. */
  rest: TodayItem;
  questions: readonly StarterQuestion[];
  /** The student's date; what is put off comes back with the next one. */
  today: string;
  hiddenBefore: readonly string[];
  /** The box to ask in, between the action and what comes after it. */
  children: ReactNode;
};

/** Which action is shown, and the ways to another one. */
function useActions({ items, rest, today, hiddenBefore }: TodayBoardProps) {
  const t = useText();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set(hiddenBefore));
  const [chosen, setChosen] = useState<string>();
  const [status, setStatus] = useState('');
  const [lastHidden, setLastHidden] = useState<string>();

  const open = items.filter(({ key }) => !hidden.has(key));
  const at = Math.max(
    0,
    open.findIndex(({ key }) => key === chosen),
  );
  const current = open[at] ?? rest;
  // The others in their own order, beginning after the one that is shown.
  const others = [...open.slice(at + 1), ...open.slice(0, at)];

  const putOff = (keys: ReadonlySet<string>) => {
    setHidden(keys);
    writeCookie(NOT_TODAY_COOKIE, writeNotToday(keys, today), DAY_SECONDS);
  };
  const somethingElse = () => {
    const next = others[0];
    if (!next) return;
    setChosen(next.key);
    setStatus(t('Now: {title}', { title: next.title }));
  };
  const notToday = () => {
    setLastHidden(current.key);
    putOff(new Set([...hidden, current.key]));
    setChosen(others[0]?.key);
    setStatus(t('{title} is put off until tomorrow.', { title: current.title }));
  };
  const undo = () => {
    putOff(new Set([...hidden].filter((name) => name !== lastHidden)));
    setChosen(lastHidden);
    setLastHidden(undefined);
    setStatus(t('It is back.'));
  };
  return { current, others, status, lastHidden, somethingElse, notToday, undo };
}

/** The next action with its two ways out, what comes after it, and the box to ask in between. */
export function TodayBoard(props: TodayBoardProps) {
  const t = useText();
  const { current, others, status, lastHidden, somethingElse, notToday, undo } = useActions(props);
  useHotkeys({ s: somethingElse }, { enabled: others.length > 0 });

  const canPutOff = current.kind !== 'rest' && current.kind !== 'bring' && current.kind !== 'reading';
  const alternatives = (
    <>
      {others.length > 0 && (
        <Button variant="quiet" onClick={somethingElse}>
          {t('Something else')}
          <span aria-hidden="true" className="hidden md:inline">
            <Kbd>S</Kbd>
          </span>
        </Button>
      )}
      {canPutOff && (others.length > 0 || current.kind !== 'mend') && (
        <Button variant="quiet" onClick={notToday}>
          {t('Not today')}
        </Button>
      )}
    </>
  );
  return (
    <>
      {current.kind === 'reading' && current.document ? (
        <ReadingAction document={current.document} others={current.others} alternatives={alternatives} />
      ) : (
        <TodayAction item={current} alternatives={alternatives} />
      )}
      <div className="mt-4 grid gap-5 md:mt-16 md:ml-30 md:gap-11">
        <div role="status" className={lastHidden === undefined ? 'sr-only' : 'text-ink-3 text-xs'}>
          {status}{' '}
          {lastHidden !== undefined && (
            <TextButton className="min-h-6" onClick={undo}>
              {t('Undo')}
            </TextButton>
          )}
        </div>
        {props.children}
        <AfterThat items={others.filter(({ kind }) => kind !== 'reading').slice(0, AFTER_THAT)} />
        {current.kind === 'ask' && <MoreQuestions questions={props.questions.slice(1)} />}
      </div>
    </>
  );
}

/** What comes next, quietly: its minutes, its name, its reason. */
function AfterThat({ items }: { items: readonly TodayItem[] }) {
  const t = useText();
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="after-that">
      <h2 id="after-that" className="pb-2.5 font-semibold">
        {t('After that')}
      </h2>
      <ul>
        {items.map(({ key, minutes, title, titleIsNotes, note, start }) => (
          <li key={key} className="border-rule border-t last:border-b">
            <Link
              prefetch={false}
              href={start.href}
              className="group grid grid-cols-[3.5rem_minmax(0,1fr)] items-baseline gap-x-3 py-3 md:grid-cols-[3.5rem_minmax(0,1fr)_auto]"
            >
              <span className="text-ink-3 text-xs tabular">
                {minutes === null ? '' : t('{minutes} min', { minutes })}
              </span>
              <span
                className={`font-medium text-[0.9375rem] leading-5.5 group-hover:underline group-hover:underline-offset-3 ${titleIsNotes ? 'font-notes' : ''}`}
              >
                {title}
              </span>
              <span className="col-start-2 max-w-full truncate text-ink-3 text-xs md:col-start-3 md:max-w-50">
                {note}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Quiet alternatives to the first question. */
function MoreQuestions({ questions }: { questions: readonly StarterQuestion[] }) {
  const t = useText();
  if (questions.length === 0) return null;
  return (
    <section>
      <h2 className="pb-2.5 font-semibold">{t('Or start with')}</h2>
      <ul>
        {questions.map(({ question }) => (
          <li key={question} className="border-rule border-t last:border-b">
            <Link
              prefetch={false}
              href={paths.asking(question)}
              className="block py-3 font-medium text-[0.9375rem] hover:underline hover:underline-offset-3"
            >
              {question}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
