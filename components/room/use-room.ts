'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { isGone, sentenceOf } from '@/components/client/request';
import { useLive } from '@/components/live/live-provider';
import { useTopic } from '@/components/live/use-topic';
import {
  type Room,
  roomMessageSchema,
  type TimerAction,
  type TimerNotice,
  timerNoticeSchema,
} from '@/lib/domain/room';
import { roomTopic } from '@/lib/realtime/topics';
import { act, fetchRoom, mayWorkLater, turnClock } from './requests';
import { useRoomPresence } from './use-room-presence';
import { useServerClock } from './use-server-clock';
import { useTalk } from './use-talk';

const SEEN_EVERY_MS = 60_000;
/** While the channel is not joined, changes are asked for. */
const ASK_EVERY_MS = 4_000;

/** A room as it is now: what the server said last, what the channel tells, and what the student does to it. */
export function useRoom(initial: Room, onOver: () => void) {
  const [room, setRoom] = useState(initial);
  const [problem, setProblem] = useState<string>();
  const [lastAct, setLastAct] = useState<Pick<TimerNotice, 'by' | 'action'>>();
  const { status } = useLive();
  const clock = useServerClock(Date.parse(initial.now));
  const presence = useRoomPresence();
  const talk = useTalk({ roomId: initial.id, me: initial.me, initial: initial.messages, onGone: onOver });
  const { timed } = clock;
  const { receive, lastComplete, flush } = talk;

  /** The newest clock that is known, also between two renders: the next press is about this one. */
  const revision = useRef(initial.revision);
  const turn = useCallback(({ timer, revision: next }: Pick<Room, 'timer' | 'revision'>) => {
    revision.current = Math.max(revision.current, next);
    setRoom((before) => (next > before.revision ? { ...before, timer, revision: next } : before));
  }, []);

  const look = useCallback(async () => {
    try {
      const next = await timed(() => fetchRoom(initial.id, lastComplete()));
      if (next.access === 'left') return onOver();
      receive(next.messages, next.lastSeq);
      revision.current = Math.max(revision.current, next.revision);
      // An older answer may arrive after a newer one; the clock of the newer stays.
      setRoom((before) =>
        next.revision < before.revision ? { ...next, timer: before.timer, revision: before.revision } : next,
      );
    } catch (error) {
      if (isGone(error)) onOver();
      else if (!mayWorkLater(error)) setProblem(sentenceOf(error));
    }
  }, [initial.id, timed, receive, lastComplete, onOver]);

  const onBroadcast = (event: string, payload: unknown) => {
    if (event === 'message') {
      const message = roomMessageSchema.safeParse(payload);
      if (!message.success) return;
      const isGap = message.data.seq > lastComplete() + 1;
      // The gap is asked for from before it, so the message itself waits for the answer.
      if (isGap) void look();
      else receive([message.data]);
    } else if (event === 'timer') {
      const notice = timerNoticeSchema.safeParse(payload);
      if (!notice.success) return;
      turn({ timer: notice.data.timer, revision: notice.data.revision });
      setLastAct({ by: notice.data.by, action: notice.data.action });
    } else if (event === 'room') {
      void look();
    }
  };

  const { isJoined } = useTopic(
    room.channelId === null ? undefined : roomTopic(room.channelId),
    {
      onBroadcast,
      onPresence: presence.onPresence,
      onJoined: (channel) => {
        presence.track(channel);
        // What was said while the channel was not joined is never told later.
        void look();
        void flush();
      },
    },
    { presenceKey: initial.me },
  );
  const isLive = isJoined && status === 'live';

  useEffect(() => {
    if (isLive) return;
    const timer = setInterval(() => void look(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isLive, look]);

  useEffect(() => {
    const seen = () => {
      timed(() => act(initial.id, { action: 'seen' })).catch((error) => {
        if (isGone(error)) void look();
      });
    };
    const onVisible = () => {
      if (document.visibilityState === 'visible') void look();
    };
    const timer = setInterval(seen, SEEN_EVERY_MS);
    seen();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [initial.id, timed, look]);

  /** Does something, and tells what went wrong where it did. */
  const attempt = useCallback(async (work: () => Promise<unknown>): Promise<boolean> => {
    setProblem(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(sentenceOf(error));
      return false;
    }
  }, []);

  const turnTo = useCallback(
    (timerAct: TimerAction) =>
      attempt(async () => {
        const answer = await timed(() => turnClock(initial.id, revision.current, timerAct));
        turn(answer);
        if (answer.changed) setLastAct({ by: initial.me, action: timerAct.action });
      }),
    [attempt, timed, turn, initial.id, initial.me],
  );

  return {
    room,
    isLive,
    talk,
    shown: presence.shown,
    nowMs: clock.nowMs,
    problem,
    lastAct,
    look,
    attempt,
    turnTo,
  };
}

export type RoomRun = ReturnType<typeof useRoom>;
