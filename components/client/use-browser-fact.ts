'use client';

import { useSyncExternalStore } from 'react';

const subscribe = () => () => undefined;

/** What only the browser knows, and what stands in its place until it is asked. */
export const useBrowserFact = <Fact extends string | boolean>(read: () => Fact, before: Fact): Fact =>
  useSyncExternalStore(subscribe, read, () => before);
