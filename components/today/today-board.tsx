'use client';

import { type ReactNode, useState } from 'react';
import { writeCookie } from '@/components/client/stored';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { NOT_TODAY_COOKIE, writeNotToday } from '@/lib/today/not-today';
import type { StarterQuestion } from '@/lib/today/starter-questions';
import type { TodayItem } from '@/lib/today/today-item';
import { AfterThat } from './after-that';
import { MoreQuestions } from './more-questions';
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

/** The next action with its two ways out, what comes after it, and the box to ask in between. */
export function TodayBoard({ items, rest, questions, today, hiddenBefore, children }: TodayBoardProps) {
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
    setStatus(`Now: ${next.title}`);
  };
  const notToday = () => {
    setLastHidden(current.key);
    putOff(new Set([...hidden, current.key]));
    setChosen(others[0]?.key);
    setStatus(`${current.title} is put off until tomorrow.`);
  };
  const undo = () => {
    putOff(new Set([...hidden].filter((name) => name !== lastHidden)));
    setChosen(lastHidden);
    setLastHidden(undefined);
    setStatus('It is back.');
  };
  useHotkeys({ s: somethingElse }, { enabled: others.length > 0 });

  const canPutOff = current.kind !== 'rest' && current.kind !== 'bring' && current.kind !== 'reading';
  const alternatives = (
    <>
      {others.length > 0 && (
        <Button variant="quiet" onClick={somethingElse}>
          Something else
          <span aria-hidden="true" className="hidden md:inline">
            <Kbd>S</Kbd>
          </span>
        </Button>
      )}
      {canPutOff && (others.length > 0 || current.kind !== 'mend') && (
        <Button variant="quiet" onClick={notToday}>
          Not today
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
            <button type="button" className="link min-h-6" onClick={undo}>
              Undo
            </button>
          )}
        </div>
        {children}
        <AfterThat items={others.filter(({ kind }) => kind !== 'reading').slice(0, AFTER_THAT)} />
        {current.kind === 'ask' && <MoreQuestions questions={questions.slice(1)} />}
      </div>
    </>
  );
}
