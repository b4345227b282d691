'use client';

import { useSyncExternalStore } from 'react';

const subscribe = () => () => undefined;

/** What only the browser knows, and what stands in its place until it is asked. */
export const useBrowserFact = <Fact extends string | boolean>(read: () => Fact, before: Fact): Fact =>
  useSyncExternalStore(subscribe, read, () => before);

/** The zone to say moments in: that of this device once the page is there, which the server does not know; until then UTC. */
export const useZone = (): string | undefined => useBrowserFact(() => '', 'UTC') || undefined;
