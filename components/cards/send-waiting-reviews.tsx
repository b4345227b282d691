'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { outboxOf } from './outbox';

/** Sends the reviews that a closed tab or a lost connection left on this device, and then reads the page anew. */
export function SendWaitingReviews({ userId }: { userId: string }) {
  const router = useRouter();
  useEffect(() => {
    const outbox = outboxOf(userId);
    const send = async () => {
      if (outbox.waiting().length === 0) return;
      try {
        await outbox.flush();
        router.refresh();
      } catch {
        // Still no connection: they wait on, and go out the next time.
      }
    };
    void send();
    window.addEventListener('online', send);
    return () => window.removeEventListener('online', send);
  }, [userId, router]);
  return null;
}
