'use client';

import { useLayoutEffect, useRef, useState } from 'react';

/** The same functions through every render, each acting on what the last render knew. For effects and memoised children. */
export function useStable<Handlers extends Record<string, (...args: never[]) => unknown>>(
  handlers: Handlers,
): Handlers {
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  const [stable] = useState(() => {
    const names = Object.keys(handlers);
    const follow =
      (name: string) =>
      (...args: never[]) =>
        latest.current[name]?.(...args);
    // Every name keeps the type of its own function, which a list of entries cannot tell the compiler.
    return Object.fromEntries(names.map((name) => [name, follow(name)])) as Handlers;
  });
  return stable;
}
