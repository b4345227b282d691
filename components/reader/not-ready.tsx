'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { buttonClass } from '@/components/ui/button';
import type { ReaderDocument } from '@/lib/db/queries/reader';

const LOOK_AGAIN_MILLISECONDS = 2_000;

/** A document that cannot be opened yet, or could not be read. It opens by itself when reading is done. */
export function NotReady({ document }: { document: ReaderDocument }) {
  const router = useRouter();
  const isFailed = document.status === 'error';

  useEffect(() => {
    if (isFailed) return;
    const timer = setInterval(() => {
      if (!globalThis.document.hidden) router.refresh();
    }, LOOK_AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [isFailed, router]);

  return (
    <div className="mx-auto max-w-measure py-8">
      <h1 className="font-notes font-semibold text-xl">{document.title}</h1>
      <p role="status" className="mt-2 mb-6 text-ink-2 text-md">
        {isFailed
          ? (document.errorMessage ?? 'Reading broke off. Try again from the library.')
          : 'I am still reading it. It opens here when it is ready.'}
      </p>
      <Link href="/library" className={buttonClass({ variant: 'primary' })}>
        Go to the library
      </Link>
    </div>
  );
}
