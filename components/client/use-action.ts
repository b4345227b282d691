'use client';

import { useRef, useState } from 'react';
import { useText } from '#use-text';
import { sentenceOf } from './request';

type ActionOptions = {
  /** What works leads away from here: it stays pending until the next page is there. */
  leaves?: boolean;
};

/** Something a student does that takes a while: once, however often it is pressed, with a sentence when it failed. */
export function useAction<Args extends readonly unknown[]>(
  work: (...args: Args) => Promise<unknown>,
  { leaves = false }: ActionOptions = {},
) {
  const t = useText();
  // State is too late for a second press in the same frame.
  const isRunning = useRef(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();

  /** Gives whether it was done. */
  const run = async (...args: Args): Promise<boolean> => {
    if (isRunning.current) return false;
    const settle = (sentence?: string) => {
      isRunning.current = false;
      setPending(false);
      setProblem(sentence);
    };
    isRunning.current = true;
    setPending(true);
    setProblem(undefined);
    try {
      await work(...args);
      if (!leaves) settle();
      return true;
    } catch (error) {
      settle(sentenceOf(error, t));
      return false;
    }
  };
  return { run, pending, problem };
}
