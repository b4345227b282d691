'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { keepJoined } from '@/components/live/keep-joined';
import { useLive } from '@/components/live/live-provider';

export type ShownIn = {
  /** This tab is shown in the channel: whoever watches would see it leave. */
  isShown: boolean;
  /** How many other tabs of the student, of any device, the channel shows. */
  others: RefObject<() => number>;
};

/** Shows this tab in the student's channel: one `track` for each time it is joined, under one key for all tabs. */
export function useShown(topic: string | undefined, tab: string): ShownIn {
  const { client, userId } = useLive();
  const [isShown, setIsShown] = useState(false);
  const others = useRef<() => number>(() => 0);

  useEffect(() => {
    if (!client || topic === undefined) return;
    const { channel, leave } = keepJoined(client, {
      topic,
      config: { private: true, presence: { key: userId, enabled: true } },
      onJoined: async (joined) => {
        if ((await joined.track({ tab })) === 'ok') setIsShown(true);
      },
      onLost: () => setIsShown(false),
    });
    others.current = () =>
      Object.values(channel().presenceState())
        .flat()
        .filter((meta) => Reflect.get(meta, 'tab') !== tab).length;
    return () => {
      others.current = () => 0;
      setIsShown(false);
      leave();
    };
  }, [client, topic, tab, userId]);

  return { isShown, others };
}
