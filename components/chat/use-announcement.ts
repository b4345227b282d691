'use client';

import { useEffect, useRef, useState } from 'react';
import { contentOf } from '@/lib/agent/message-codec';
import type { ClervaMessage } from '@/lib/agent/messages';
import { countProof, describeProof } from './proof-line';

/** What a screen reader hears: that an answer is being written, and once that it is there. Never the text word by word. */
export function useAnnouncement(isBusy: boolean, last: ClervaMessage | undefined): string {
  const [announcement, setAnnouncement] = useState('');
  const wasBusy = useRef(false);

  useEffect(() => {
    if (isBusy) setAnnouncement('Answering');
    else if (wasBusy.current) setAnnouncement(endOf(last));
    wasBusy.current = isBusy;
  }, [isBusy, last]);

  return announcement;
}

function endOf(last: ClervaMessage | undefined): string {
  if (last?.role !== 'assistant') return '';
  const status = last.metadata?.status;
  if (status === 'stopped') return 'Stopped here';
  // The strip that says what broke is an alert of its own.
  if (status === 'error') return '';
  const proof = describeProof(countProof(contentOf(last.parts)));
  return proof === '' ? 'Answer ready' : `Answer ready, ${proof}`;
}
