'use client';

import { useEffect, useRef, useState } from 'react';
import { useText } from '#use-text';
import { refreshCards } from '@/components/cards/stores';
import { requestLines, sentenceOf } from '@/components/client/request';
import type { MadeItems, MakeRequest } from '@/lib/domain/make';
import type { ToolProgress } from '@/lib/domain/message';
import { sentence, type Translate } from '@/lib/language/text';
import { api } from '@/lib/links';

type Line = { progress: ToolProgress } | { made: MadeItems };
/** The level may be left out: it is mixed then. */
export type MakeOrder = Omit<MakeRequest, 'difficulty'> & Partial<Pick<MakeRequest, 'difficulty'>>;

const BROKEN_OFF = sentence('The connection broke off. If it was made, it stands among your practice.');

/** Makes one thing at a time, tells how far it is, and can be cancelled: what was cancelled is not made. */
export function useMake(onMade: (made: MadeItems) => void) {
  const t = useText();
  const [progress, setProgress] = useState<ToolProgress>();
  const [problem, setProblem] = useState<string>();
  const running = useRef<AbortController>(undefined);

  const cancel = () => {
    running.current?.abort();
    running.current = undefined;
    setProgress(undefined);
  };
  useEffect(() => () => running.current?.abort(), []);

  const make = async (order: MakeOrder) => {
    if (running.current) return;
    const own = new AbortController();
    running.current = own;
    setProblem(undefined);
    setProgress({ stage: 'searching' });
    let made: MadeItems | undefined;
    try {
      const asked = { method: 'POST', body: order, signal: own.signal };
      await requestLines<Line>(api.make, asked, (line) => {
        if ('made' in line) made = line.made;
        else if (!own.signal.aborted) setProgress(line.progress);
      });
      if (made === undefined) throw new Error(BROKEN_OFF);
    } catch (error) {
      if (!own.signal.aborted) setProblem(error instanceof TypeError ? t(BROKEN_OFF) : sentenceOf(error, t));
    }
    if (running.current !== own) return;
    running.current = undefined;
    setProgress(undefined);
    if (made === undefined) return;
    if (made.kind === 'cards') refreshCards();
    onMade(made);
  };
  return { make, cancel, progress, problem };
}

/** How far it is, in words. */
export function progressWords(
  kind: 'quiz' | 'cards',
  { stage, done = 0, of }: ToolProgress,
  t: Translate,
): string {
  if (stage !== 'writing' || of === undefined) return t('Reading your notes');
  const at = { done: Math.min(done + 1, of), of };
  return kind === 'quiz' ? t('Writing question {done} of {of}', at) : t('Writing card {done} of {of}', at);
}
