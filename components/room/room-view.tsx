'use client';

import { WifiOff } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useText } from '#use-text';
import { useOnline } from '@/components/client/use-online';
import { blockPerson } from '@/components/people/requests';
import { Strip } from '@/components/ui/strip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { LEAST_RACERS } from '@/lib/domain/bounds';
import { newTimer, type Room } from '@/lib/domain/room';
import { type Message, type Translate, text } from '@/lib/language/text';
import { AskOnce, type Question } from './ask-once';
import { ClockControls } from './clock-controls';
import { RaceStart } from './race-start';
import { act } from './requests';
import { RoomClock } from './room-clock';
import { RoomHeader } from './room-header';
import { RoomSeats } from './room-seats';
import { RoomTalk } from './room-talk';
import { type Seat, seatsOf } from './seats';
import { useRace } from './use-race';
import { type RoomRun, useRoom } from './use-room';

// A room without a race needs none of it.
const RacePanel = dynamic(() => import('./race-panel').then((module) => module.RacePanel));

const DID: Readonly<Record<string, Message>> = {
  start: text('{name} started the clock'),
  pause: text('{name} paused the clock'),
  resume: text('{name} let the clock go on'),
  skip: text('{name} skipped ahead'),
  extend: text('{name} added 5 min'),
  rhythm: text('{name} changed the rhythm'),
};

const HALF_MINUTE_MS = 30_000;

/** Who did what to the clock last. */
function deedWords({ lastAct, room }: RoomRun, seats: readonly Seat[], t: Translate): string | null {
  if (!lastAct) return null;
  const who = lastAct.by === room.me ? t('You') : seats.find(({ userId }) => userId === lastAct.by)?.name;
  const deed = DID[lastAct.action];
  return who && deed ? t(deed, { name: who }) : null;
}

/** The server's time, coarse: for words that count minutes. */
function useMinute(nowMs: () => number, initialMs: number): number {
  const [minuteMs, setMinuteMs] = useState(initialMs);
  useEffect(() => {
    const timer = setInterval(() => setMinuteMs(nowMs()), HALF_MINUTE_MS);
    return () => clearInterval(timer);
  }, [nowMs]);
  return minuteMs;
}

/** What is asked before the room is left or closed, or somebody is sent away. */
function useQuestions({ room, talk, attempt, look }: RoomRun, onOver: () => void, isLast: boolean) {
  const t = useText();
  const [question, ask] = useState<Question>();
  const end = (action: 'leave' | 'close') =>
    void attempt(async () => {
      await talk.settle();
      await act(room.id, { action });
      onOver();
    });
  const change = (work: () => Promise<unknown>) =>
    attempt(async () => {
      await work();
      await look();
    });
  return {
    question,
    onClose: () => ask(undefined),
    change,
    leave: () => end('leave'),
    askToLeave: () =>
      ask({
        title: isLast ? t('Leave the empty room?') : t('Leave the room?'),
        text: isLast
          ? t('You are the last one here. The room closes when nobody comes back within 10 minutes.')
          : t('The others go on. You can come back while the room is open.'),
        yes: t('Leave'),
        canBeUndone: true,
        onYes: () => end('leave'),
      }),
    askToClose: () =>
      ask({
        title: t('Close the room for everybody?'),
        text: t('Everybody gets the recap, and nobody can come back. This cannot be undone.'),
        yes: t('Close the room'),
        onYes: () => end('close'),
      }),
    askToRemove: ({ name, userId }: Seat) =>
      ask({
        title: t('Remove {name}?', { name }),
        text: t('{name} cannot come back into this room and is not told why.', { name }),
        yes: t('Remove'),
        onYes: () => void change(() => act(room.id, { action: 'remove', userId })),
      }),
    askToBlock: ({ name, userId }: Seat) =>
      ask({
        title: t('Block {name}?', { name }),
        text:
          room.hostId === room.me
            ? t('{name} leaves this room, and you do not meet again.', { name })
            : t('You leave this room, and do not meet {name} again.', { name }),
        yes: t('Block'),
        onYes: () => void change(() => blockPerson(userId)),
      }),
  };
}

/** The clock, which goes on behind a race while one is shown in its place. */
function ClockOrRace({ run, seats, pageNowMs }: { run: RoomRun; seats: readonly Seat[]; pageNowMs: number }) {
  const t = useText();
  const { room, nowMs } = run;
  const race = useRace(run);
  const startButton = useRef<HTMLButtonElement>(null);
  const timer = room.timer ?? newTimer();
  const names = new Map(room.members.map(({ userId, name }) => [userId, name]));
  // Until the channel tells who is connected, the student among them, a seat is somebody.
  const here = seats.filter(({ state }) => state !== 'gone' || !run.shown.has(room.me));
  const start = <RaceStart ref={startButton} run={race} isAlone={here.length < LEAST_RACERS} />;
  const close = () => {
    race.close();
    requestAnimationFrame(() => startButton.current?.focus());
  };
  return (
    <div className="grid min-h-0 min-w-0 md:grid-rows-[minmax(0,1fr)_auto]">
      <div className={race.shown ? 'hidden' : 'contents'}>
        <RoomClock
          timer={timer}
          nowMs={nowMs}
          pageNowMs={pageNowMs}
          note={deedWords(run, seats, t)}
          controls={(moment) => (
            <ClockControls moment={moment} durations={timer.durations} turnTo={run.turnTo} />
          )}
        />
        {!race.shown && <div className="px-5 pb-3">{start}</div>}
      </div>
      {race.shown && (
        <RacePanel
          key={race.shown.id}
          race={race.shown}
          me={room.me}
          nameOf={(userId) => (userId === room.me ? t('You') : (names.get(userId) ?? t('A student')))}
          nowMs={nowMs}
          look={run.look}
          answering={race.answering}
          onClose={close}
          again={start}
        />
      )}
    </div>
  );
}

/** A room in focus mode: the clock first, then who is here, then what is said. */
export function RoomView({ initial }: { initial: Room }) {
  const t = useText();
  const router = useRouter();
  const isOnline = useOnline();
  // The page decides what is shown to somebody who has no seat any more.
  const onOver = useCallback(() => router.refresh(), [router]);
  const run = useRoom(initial, onOver);
  const { room, talk, nowMs, problem } = run;
  const seats = seatsOf(room, run.shown);
  const isLast = seats.length === 1;
  const { question, onClose, change, leave, ...asks } = useQuestions(run, onOver, isLast);
  const minuteMs = useMinute(nowMs, Date.parse(initial.now));
  // A letter is pressed by accident more easily than a button; a button that can be undone asks nothing.
  useHotkeys({ l: asks.askToLeave });

  return (
    <div className="grid h-full grid-rows-[auto_minmax(18rem,1fr)] bg-desk md:grid-cols-[minmax(0,1fr)_minmax(20rem,27rem)] md:grid-rows-1 md:gap-2 md:p-2">
      <section className="grid min-w-0 grid-rows-[auto_auto_1fr_auto] md:min-h-0">
        <RoomHeader
          title={room.title}
          code={room.code}
          isHost={room.hostId === room.me}
          onLeave={isLast ? asks.askToLeave : leave}
          onClose={asks.askToClose}
        />
        <div className="px-5 md:px-4">
          {!isOnline && (
            <Strip icon={WifiOff}>
              {t('You are offline. The clock goes on here, and what you write waits.')}
            </Strip>
          )}
          <Strip tone="bad">{problem}</Strip>
        </div>
        <ClockOrRace run={run} seats={seats} pageNowMs={Date.parse(initial.now)} />
        <RoomSeats
          seats={seats}
          nowMs={minuteMs}
          canRemove={room.hostId === room.me}
          onRemove={asks.askToRemove}
          onBlock={asks.askToBlock}
          onGoal={(goal) => change(() => act(room.id, { action: 'goal', goal }))}
        />
      </section>
      <RoomTalk me={room.me} members={room.members} talk={talk} />
      <AskOnce question={question} onClose={onClose} />
    </div>
  );
}
