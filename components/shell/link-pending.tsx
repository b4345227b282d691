'use client';

import { useLinkStatus } from 'next/link';
import { Spinner } from '@/components/ui/spinner';

/** Inside a link: a ring when its page takes longer than 300 ms. */
export function LinkPending({ className }: { className?: string }) {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return (
    <span className={className}>
      <span className="block animate-late leading-none">
        <Spinner />
      </span>
    </span>
  );
}
