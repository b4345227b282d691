'use client';

import { WifiOff } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useCallback, useState } from 'react';
import { useOnline } from '@/components/client/use-online';
import { blockPerson } from '@/components/people/requests';
import { Strip } from '@/components/ui/strip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { newTimer, type Room } from '@/lib/domain/room';
import { AskOnce, type Question } from './ask-once';
import { ClockControls } from './clock-controls';
import { act } from './requests';
import { RoomClock } from './room-clock';
import { RoomHeader } from './room-header';
import { RoomSeats } from './room-seats';
import { RoomTalk } from './room-talk';
import { type Seat, seatsOf } from './seats';
import { useMinute } from './use-minute';
import { useRoom } from './use-room';

const DID: Readonly<Record<string, string>> = {
  start: 'started the clock',
  pause: 'paused the clock',
  resume: 'let the clock go on',
  skip: 'skipped ahead',
  extend: 'added 5 min',
  rhythm: 'changed the rhythm',
};

/** A room in focus mode: the clock first, then who is here, then what is said. */
export function RoomView({ initial }: { initial: Room }) {
  const router = useRouter();
  const isOnline = useOnline();
  const [question, setQuestion] = useState<Question>();
  // The page decides what is shown to somebody who has no seat any more.
  const onOver = useCallback(() => router.refresh(), [router]);
  const run = useRoom(initial, onOver);
  const { room, talk, nowMs, problem, lastAct, attempt, turnTo, look } = run;
  const minuteMs = useMinute(nowMs, Date.parse(initial.now));

  const seats = seatsOf(room, run.shown);
  const isHost = room.hostId === room.me;
  const isLast = seats.length === 1;
  const timer = room.timer ?? newTimer();
  const actor =
    lastAct && (lastAct.by === room.me ? 'You' : seats.find(({ userId }) => userId === lastAct.by)?.name);
  const deed = lastAct && DID[lastAct.action];

  const leave = () =>
    void attempt(async () => {
      await talk.settle();
      await act(room.id, { action: 'leave' });
      router.refresh();
    });
  const askToLeave = () =>
    setQuestion({
      title: isLast ? 'Leave the empty room?' : 'Leave the room?',
      text: isLast
        ? 'You are the last one here. The room closes when nobody comes back within 10 minutes.'
        : 'The others go on. You can come back while the room is open.',
      yes: 'Leave',
      canBeUndone: true,
      onYes: leave,
    });
  const askToClose = () =>
    setQuestion({
      title: 'Close the room for everybody?',
      text: 'Everybody gets the recap, and nobody can come back. This cannot be undone.',
      yes: 'Close the room',
      onYes: () =>
        void attempt(async () => {
          await talk.settle();
          await act(room.id, { action: 'close' });
          router.refresh();
        }),
    });
  const askToRemove = ({ name, userId }: Seat) =>
    setQuestion({
      title: `Remove ${name}?`,
      text: `${name} cannot come back into this room and is not told why.`,
      yes: 'Remove',
      onYes: () =>
        void attempt(async () => {
          await act(room.id, { action: 'remove', userId });
          await look();
        }),
    });
  const askToBlock = ({ name, userId }: Seat) =>
    setQuestion({
      title: `Block ${name}?`,
      text: isHost
        ? `${name} leaves this room, and you do not meet again.`
        : `You leave this room, and do not meet ${name} again.`,
      yes: 'Block',
      onYes: () =>
        void attempt(async () => {
          await blockPerson(userId);
          await look();
        }),
    });

  // A letter is pressed by accident more easily than a button; a button that can be undone asks nothing.
  useHotkeys({ l: askToLeave });

  return (
    <div className="grid h-full grid-rows-[auto_minmax(18rem,1fr)] bg-desk md:grid-cols-[minmax(0,1fr)_minmax(20rem,27rem)] md:grid-rows-1 md:gap-2 md:p-2">
      <section className="grid min-w-0 grid-rows-[auto_auto_1fr_auto] md:min-h-0">
        <RoomHeader
          title={room.title}
          code={room.code}
          isHost={isHost}
          onLeave={isLast ? askToLeave : leave}
          onClose={askToClose}
        />
        <div className="px-5 md:px-4">
          {!isOnline && (
            <Strip icon={WifiOff}>You are offline. The clock goes on here, and what you write waits.</Strip>
          )}
          {problem !== undefined && <Strip tone="bad">{problem}</Strip>}
        </div>
        <RoomClock
          timer={timer}
          nowMs={nowMs}
          pageNowMs={Date.parse(initial.now)}
          note={actor && deed ? `${actor} ${deed}` : null}
          controls={(moment) => <ClockControls moment={moment} durations={timer.durations} turnTo={turnTo} />}
        />
        <RoomSeats
          seats={seats}
          nowMs={minuteMs}
          canRemove={isHost}
          onRemove={askToRemove}
          onBlock={askToBlock}
          onGoal={(goal) =>
            attempt(async () => {
              await act(room.id, { action: 'goal', goal });
              await look();
            })
          }
        />
      </section>
      <RoomTalk me={room.me} members={room.members} talk={talk} />
      <AskOnce question={question} onClose={() => setQuestion(undefined)} />
    </div>
  );
}
