'use client';

import { useEffect } from 'react';
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

  return isReading ? <ReadingWatch /> : null;
}

/** Files that wait for their turn learn on every page that one has been read. */
function ReadingWatch() {
  useDocuments();
  return null;
}
