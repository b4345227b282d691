'use client';

import type { RealtimeChannel } from '@supabase/realtime-js';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useText } from '#use-text';
import { isGone, sentenceOf } from '@/components/client/request';
import { useLive } from '@/components/live/live-provider';
import { useTopic } from '@/components/live/use-topic';
import type { RaceState, Room, RoomMessage, TimerAction, TimerNotice } from '@/lib/domain/room';
import { roomTopic } from '@/lib/realtime/topics';
import { betterOffset, type ClockOffset, measureOffset } from '@/lib/study/room/server-clock';
import { act, fetchRoom, mayWorkLater, turnClock } from './requests';
import { useRoomPresence } from './use-room-presence';
import { useTalk } from './use-talk';

const SEEN_EVERY_MS = 60_000;
/** While the channel is not joined, changes are asked for. */
const ASK_EVERY_MS = 4_000;

/** The server's time as this tab knows it. Until something was measured it is the time the page was made at. */
function useServerClock(pageNowMs: number) {
  const known = useRef<ClockOffset | null>(null);
  const [madeAtMs] = useState(() => performance.now());

  const nowMs = useCallback(
    () =>
      known.current === null ? pageNowMs + performance.now() - madeAtMs : Date.now() + known.current.offsetMs,
    [pageNowMs, madeAtMs],
  );

  /** Asks something that answers with the server's time, and learns from how long it took. */
  const timed = useCallback(async <Answer extends { now: string }>(question: () => Promise<Answer>) => {
    const sentAtMs = Date.now();
    const answer = await question();
    const serverNowMs = Date.parse(answer.now);
    known.current = betterOffset(
      known.current,
      measureOffset({ sentAtMs, receivedAtMs: Date.now(), serverNowMs }),
    );
    return answer;
  }, []);

  return { nowMs, timed };
}

/** What the server said last of the room. Of two clocks, and of two looks at a race, the newer stays, whichever arrives first. */
function useRoomState(initial: Room) {
  const [room, setRoom] = useState(initial);
  /** The newest clock that is known, also between two renders: the next press is about this one. */
  const revision = useRef(initial.revision);
  const turn = useCallback(({ timer, revision: next }: Pick<Room, 'timer' | 'revision'>) => {
    revision.current = Math.max(revision.current, next);
    setRoom((before) => (next > before.revision ? { ...before, timer, revision: next } : before));
  }, []);
  const takeRace = useCallback(({ race, now }: RaceState) => {
    setRoom((before) => (Date.parse(now) < Date.parse(before.now) ? before : { ...before, race, now }));
  }, []);
  const take = useCallback((next: Room) => {
    revision.current = Math.max(revision.current, next.revision);
    setRoom((before) => ({
      ...next,
      ...(next.revision < before.revision && { timer: before.timer, revision: before.revision }),
      ...(Date.parse(next.now) < Date.parse(before.now) && { race: before.race, now: before.now }),
    }));
  }, []);
  return { room, revision, turn, take, takeRace };
}

/** Tells the server that the student is still here, and looks again when the tab is looked at, or nothing is told. */
function useSigns(isLive: boolean, seen: () => Promise<unknown>, look: () => Promise<void>): void {
  const see = useEffectEvent(() => void look());
  const say = useEffectEvent(() => {
    seen().catch((error) => {
      if (isGone(error)) void look();
    });
  });
  useEffect(() => {
    if (isLive) return;
    const timer = setInterval(() => see(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isLive]);
  useEffect(() => {
    const onVisible = () => {
      if (document.visibilityState === 'visible') see();
    };
    const timer = setInterval(() => say(), SEEN_EVERY_MS);
    say();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, []);
}

/** Does something, and keeps what went wrong to be shown. */
function useAttempts() {
  const t = useText();
  const [problem, setProblem] = useState<string>();
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    setProblem(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(sentenceOf(error, t));
      return false;
    }
  };
  return { problem, setProblem, attempt };
}

type Told = {
  onMessage: (message: RoomMessage) => void;
  onTimer: (notice: TimerNotice) => void;
  onRoom: () => void;
};

/** What the channel tells, as far as it makes sense: any member may send anything there. */
async function read(event: string, payload: unknown, { onMessage, onTimer, onRoom }: Told): Promise<void> {
  if (event === 'room' || event === 'race') return onRoom();
  if (event !== 'message' && event !== 'timer') return;
  // What reads it comes with the first that is told; what is told meanwhile keeps its order.
  const { roomMessageSchema, timerNoticeSchema } = await import('@/lib/domain/room');
  const message = event === 'message' ? roomMessageSchema.safeParse(payload) : undefined;
  if (message?.success) onMessage(message.data);
  const notice = event === 'timer' ? timerNoticeSchema.safeParse(payload) : undefined;
  if (notice?.success) onTimer(notice.data);
}

/** A room as it is now: what the server said last, what the channel tells, and what the student does to it. */
export function useRoom(initial: Room, onOver: () => void) {
  const t = useText();
  const { id, me } = initial;
  const { status } = useLive();
  const { room, revision, turn, take, takeRace } = useRoomState(initial);
  const { nowMs, timed } = useServerClock(Date.parse(initial.now));
  const presence = useRoomPresence();
  const talk = useTalk({ roomId: id, me, initial: initial.messages, onGone: onOver });
  const { problem, setProblem, attempt } = useAttempts();
  const [lastAct, setLastAct] = useState<Pick<TimerNotice, 'by' | 'action'>>();
  const look = async () => {
    try {
      const next = await timed(() => fetchRoom(id, talk.lastComplete()));
      if (next.access === 'left') return onOver();
      talk.receive(next.messages, next.lastSeq);
      take(next);
    } catch (error) {
      if (isGone(error)) onOver();
      else if (!mayWorkLater(error)) setProblem(sentenceOf(error, t));
    }
  };
  const turnTo = (timerAct: TimerAction) =>
    attempt(async () => {
      const answer = await timed(() => turnClock(id, revision.current, timerAct));
      turn(answer);
      if (answer.changed) setLastAct({ by: me, action: timerAct.action });
    });

  const onMessage = (message: RoomMessage) => {
    // A gap is asked for from before it, so the message itself waits for the answer.
    if (message.seq > talk.lastComplete() + 1) void look();
    else talk.receive([message]);
  };
  const onTimer = (notice: TimerNotice) => {
    turn(notice);
    setLastAct(notice);
  };
  const onJoined = (channel: RealtimeChannel) => {
    presence.track(channel);
    // What was said while the channel was not joined is never told later.
    void look();
    void talk.flush();
  };
  const { isJoined } = useTopic(
    room.channelId === null ? undefined : roomTopic(room.channelId),
    {
      onBroadcast: (event, payload) =>
        // What cannot be read for want of a connection is asked for when the channel is joined again.
        void read(event, payload, { onMessage, onTimer, onRoom: () => void look() }).catch(look),
      onPresence: presence.onPresence,
      onJoined,
    },
    { presenceKey: me },
  );
  const isLive = isJoined && status === 'live';
  useSigns(isLive, () => timed(() => act(id, { action: 'seen' })), look);

  return {
    room,
    isLive,
    talk,
    shown: presence.shown,
    nowMs,
    problem,
    lastAct,
    look,
    takeRace,
    attempt,
    turnTo,
  };
}

export type RoomRun = ReturnType<typeof useRoom>;
