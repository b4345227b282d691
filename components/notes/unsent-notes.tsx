'use client';

import { useEffect } from 'react';
import { useLive } from '@/components/live/live-provider';
import { paths } from '@/lib/links';
import { sendDrafts } from './drafts';
import { sendNote } from './requests';

/** What was written without a connection goes out as soon as there is one, whatever page is open. */
export function UnsentNotes() {
  const { userId } = useLive();
  useEffect(() => {
    const send = () => void sendDrafts(userId, sendNote).catch(() => undefined);
    // A note that is open sends its own.
    if (!window.location.pathname.startsWith(`${paths.library}/`)) send();
    window.addEventListener('online', send);
    return () => window.removeEventListener('online', send);
  }, [userId]);
  return null;
}
