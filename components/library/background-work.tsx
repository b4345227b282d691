'use client';

import { useEffect } from 'react';
import { useLive } from '@/components/live/live-provider';
import { sendDrafts } from '@/components/notes/drafts';
import { sendNote } from '@/components/notes/requests';
import { paths } from '@/lib/links';
import { uploadQueue, useUploads } from './stores';
import { useDocuments } from './use-documents';

/** Keeps uploads going on every page, and finishes what it can when the tab is left. */
export function BackgroundWork({ uploadsAtATime }: { uploadsAtATime: number }) {
  const uploads = useUploads();
  const isSending = uploads.some(({ phase }) => phase.name === 'uploading' || phase.name === 'paused');
  const isReading = uploads.some(({ phase }) => phase.name === 'reading');

  useEffect(() => {
    uploadQueue.setConcurrency(uploadsAtATime);
  }, [uploadsAtATime]);

  useEffect(() => {
    window.addEventListener('online', uploadQueue.goOn);
    window.addEventListener('pagehide', uploadQueue.abandon);
    return () => {
      window.removeEventListener('online', uploadQueue.goOn);
      window.removeEventListener('pagehide', uploadQueue.abandon);
    };
  }, []);

  useEffect(() => {
    if (!isSending) return;
    // Reading goes on without this page; sending cannot.
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isSending]);

  useUnsentNotes();

  return isReading ? <ReadingWatch /> : null;
}

/** What was written without a connection goes out as soon as there is one, whatever page is open. */
function useUnsentNotes() {
  const { userId } = useLive();
  useEffect(() => {
    const send = () => void sendDrafts(userId, sendNote).catch(() => undefined);
    // A note that is open sends its own.
    if (!window.location.pathname.startsWith(`${paths.library}/`)) send();
    window.addEventListener('online', send);
    return () => window.removeEventListener('online', send);
  }, [userId]);
}

/** Files that wait for their turn learn on every page that one has been read. */
function ReadingWatch() {
  useDocuments();
  return null;
}
