'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { useAction } from '@/components/client/use-action';
import type { Race } from '@/lib/domain/room';
import { answerRace, startRace } from './requests';
import type { RoomRun } from './use-room';

const SECOND_MS = 1000;

/** What is left of a race, by the server's time. Once nothing is, the server is asked what came of it. */
export function useTimeLeft({ endsAt, isOver }: Race, nowMs: () => number, look: () => unknown) {
  const [leftMs, setLeftMs] = useState<number>();
  const onEnd = useEffectEvent(() => void look());
  useEffect(() => {
    if (isOver) return;
    const draw = () => {
      const left = Math.max(0, Date.parse(endsAt) - nowMs());
      setLeftMs(left);
      if (left === 0) onEnd();
    };
    draw();
    const timer = setInterval(draw, SECOND_MS);
    return () => clearInterval(timer);
  }, [endsAt, isOver, nowMs]);
  return leftMs;
}

/** The race of a room: shown while it runs, and its result until it is closed. One that was over when the page came stays closed. */
export function useRace({ room, takeRace, look }: RoomRun) {
  const { id, race } = room;
  const [closedId, close] = useState(race?.isOver ? race.id : undefined);
  const starting = useAction(async () => {
    takeRace(await startRace(id));
    close(undefined);
  });
  const answering = useAction(async (raceId: string, itemId: string, optionId: string) => {
    try {
      takeRace(await answerRace(id, { raceId, itemId, optionId }));
    } catch (error) {
      // It may be over, or another one.
      void look();
      throw error;
    }
  });
  return {
    /** What is shown instead of the clock. */
    shown: race !== null && race.id !== closedId ? race : undefined,
    last: race,
    starting,
    answering,
    open: () => close(undefined),
    close: () => close(race?.id),
  };
}

export type RaceRun = ReturnType<typeof useRace>;
