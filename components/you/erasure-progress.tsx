'use client';

import { useEffect, useState } from 'react';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { buttonClass } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';
import { amount, momentInWords } from '@/lib/calendar/words';
import type { ErasureReceipt } from '@/lib/domain/erasure';
import { api } from '@/lib/links';

const LOOK_AGAIN_MS = 1_500;

/** `public.doc_chunk` as people say it: doc chunk. */
const called = (table: string) => table.replace(/^\w+\./, '').replaceAll('_', ' ');

/** Looks until all is removed, then shows the receipt and gives it to keep. */
export function ErasureProgress({ erasureId, initial }: { erasureId: string; initial: ErasureReceipt }) {
  const t = useText();
  const [receipt, setReceipt] = useState(initial);
  const isDone = receipt.status === 'done';
  useEffect(() => {
    if (isDone) return;
    const timer = setInterval(() => {
      // Without an answer it looks again a moment later.
      requestJson<ErasureReceipt>(api.erasure(erasureId)).then(setReceipt, () => undefined);
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [erasureId, isDone]);
  const rows = Object.entries(receipt.removed).toSorted(([, one], [, other]) => other - one);
  const sum = rows.reduce((total, [name, many]) => total + (name === 'files' ? 0 : many), 0);
  return (
    <section aria-live="polite" className="grid gap-4">
      <h1 className="font-semibold text-xl">{isDone ? t('You are erased') : t('Erasing everything')}</h1>
      {!isDone && (
        <p className="flex items-center gap-2.5 text-ink-2">
          <Spinner /> {t('You are signed out everywhere. This goes on by itself; you may close the page.')}
        </p>
      )}
      {isDone && receipt.at && (
        <>
          <p className="text-ink-2">
            {t(
              '{sum, plural, one {# row} other {# rows}} and {files, plural, one {# file} other {# files}} were removed on {time}. Backups from before are deleted after seven days.',
              {
                sum,
                files: receipt.removed.files ?? 0,
                time: momentInWords(receipt.at, 'dayOfYear', 'UTC', t.language),
              },
            )}
          </p>
          <p>
            <a
              href={api.erasure(erasureId)}
              download={`clerva-receipt-${erasureId}.json`}
              className={buttonClass()}
            >
              {t('Download the receipt')}
            </a>
          </p>
          <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1">
            {rows.map(([name, many]) => (
              <div key={name} className="contents">
                <dt className="text-ink-2">{called(name)}</dt>
                <dd className="text-right tabular-nums">{amount(many, t.language)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}
