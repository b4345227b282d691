'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useText } from '#use-text';
import { useLive } from '@/components/live/live-provider';
import { useRows } from '@/components/live/use-rows';
import { ButtonLink } from '@/components/ui/button';
import type { ReaderDocument } from '@/lib/db/queries/reader';
import { paths } from '@/lib/links';
import { readingFault } from '@/lib/study/account';

const POLL_MILLISECONDS = 2_000;
/** With the live connection the change arrives by itself; this only guards against one that is silently dead. */
const LIVE_POLL_MILLISECONDS = 15_000;

/** A document that cannot be opened yet, or could not be read. It opens by itself when reading is done. */
export function NotReady({ document }: { document: ReaderDocument }) {
  const t = useText();
  const router = useRouter();
  const { status } = useLive();
  const isFailed = document.status === 'error';

  useRows(isFailed ? undefined : { table: 'doc_source', filter: `id=eq.${document.id}` }, router.refresh);

  const everyMilliseconds = status === 'live' ? LIVE_POLL_MILLISECONDS : POLL_MILLISECONDS;
  useEffect(() => {
    if (isFailed) return;
    const timer = setInterval(() => {
      if (!globalThis.document.hidden) router.refresh();
    }, everyMilliseconds);
    return () => clearInterval(timer);
  }, [isFailed, router, everyMilliseconds]);

  return (
    <div className="mx-auto max-w-measure py-8">
      <h1 className="font-notes font-semibold text-xl">{document.title}</h1>
      <p role="status" className="mt-2 mb-6 text-ink-2 text-md">
        {isFailed
          ? (readingFault(document, t) ?? t('Reading broke off. Try again from the library.'))
          : t('I am still reading it. It opens here when it is ready.')}
      </p>
      <ButtonLink variant="primary" href={paths.library}>
        {t('Go to the library')}
      </ButtonLink>
    </div>
  );
}
