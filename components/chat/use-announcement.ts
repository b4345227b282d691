'use client';

import { useEffect, useRef, useState } from 'react';
import { useText } from '#use-text';
import { type ClervaMessage, contentOf } from '@/lib/agent/messages';
import type { Translate } from '@/lib/language/text';
import { countProof, describeProof } from './proof-line';

/** What a screen reader hears: that an answer is being written, and once that it is there. Never the text word by word. */
export function useAnnouncement(isBusy: boolean, last: ClervaMessage | undefined): string {
  const t = useText();
  const [announcement, setAnnouncement] = useState('');
  const wasBusy = useRef(false);
  const before = useRef(last);

  useEffect(() => {
    if (isBusy) setAnnouncement(t('Answering'));
    // A question that was refused leaves the answer before it as it was.
    else if (wasBusy.current) setAnnouncement(last === before.current ? '' : endOf(last, t));
    if (!isBusy) before.current = last;
    wasBusy.current = isBusy;
  }, [isBusy, last, t]);

  return announcement;
}

function endOf(last: ClervaMessage | undefined, t: Translate): string {
  if (last?.role !== 'assistant') return '';
  const status = last.metadata?.status;
  const content = contentOf(last.parts);
  const { text, tools } = content;
  if (status === 'stopped') return text.trim() === '' ? t('Stopped before an answer') : t('Stopped here');
  if (tools.some(({ state }) => state === 'approval-requested')) return t('A question waits for your answer');
  // The strip that says what broke is an alert of its own.
  if (status === 'error') return '';
  const proof = describeProof(countProof(content), t);
  return proof === '' ? t('Answer ready') : t('Answer ready, {proof}', { proof });
}
