'use client';

import { useEffect, useRef, useState } from 'react';
import type { LibraryDocument } from './documents';

/** Says once, for screen readers, that a document has become ready or has failed. */
export function useReadyAnnouncement(documents: readonly LibraryDocument[] | undefined): string {
  const known = useRef<Map<string, LibraryDocument['status']>>(undefined);
  const [announcement, setAnnouncement] = useState('');

  useEffect(() => {
    if (documents === undefined) return;
    const before = known.current;
    known.current = new Map(documents.map(({ id, status }) => [id, status]));
    if (before === undefined) return;
    const news = documents.flatMap(({ id, title, status, error }) => {
      if (before.get(id) === status) return [];
      if (status === 'ready') return [`${title} is ready.`];
      if (status === 'error') return [`${title}: ${error?.message ?? 'reading broke off.'}`];
      return [];
    });
    if (news.length > 0) setAnnouncement(news.join(' '));
  }, [documents]);

  return announcement;
}
