'use client';

import { useEffect, useRef, useState } from 'react';
import { type ClervaMessage, contentOf } from '@/lib/agent/messages';
import { countProof, describeProof } from './proof-line';

/** What a screen reader hears: that an answer is being written, and once that it is there. Never the text word by word. */
export function useAnnouncement(isBusy: boolean, last: ClervaMessage | undefined): string {
  const [announcement, setAnnouncement] = useState('');
  const wasBusy = useRef(false);
  const before = useRef(last);

  useEffect(() => {
    if (isBusy) setAnnouncement('Answering');
    // A question that was refused leaves the answer before it as it was.
    else if (wasBusy.current) setAnnouncement(last === before.current ? '' : endOf(last));
    if (!isBusy) before.current = last;
    wasBusy.current = isBusy;
  }, [isBusy, last]);

  return announcement;
}

function endOf(last: ClervaMessage | undefined): string {
  if (last?.role !== 'assistant') return '';
  const status = last.metadata?.status;
  const content = contentOf(last.parts);
  const { text, tools } = content;
  if (status === 'stopped') return text.trim() === '' ? 'Stopped before an answer' : 'Stopped here';
  if (tools.some(({ state }) => state === 'approval-requested')) return 'A question waits for your answer';
  // The strip that says what broke is an alert of its own.
  if (status === 'error') return '';
  const proof = describeProof(countProof(content));
  return proof === '' ? 'Answer ready' : `Answer ready, ${proof}`;
}
