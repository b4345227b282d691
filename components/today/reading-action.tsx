'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { useText } from '#use-text';
import { activityOf, isUnfinished } from '@/components/library/documents';
import { useDocuments } from '@/components/library/use-documents';
import { ButtonLink } from '@/components/ui/button';
import { ProgressBar } from '@/components/ui/progress-bar';
import type { TodayDocument } from '@/lib/db/queries/today';
import { paths } from '@/lib/links';
import { extentOf } from '@/lib/study/locator';
import { TodayFrame } from './today-frame';

type ReadingActionProps = { document: TodayDocument; others: number; alternatives: ReactNode };

/** What is being read and how far it is; the page turns to the next action by itself when it is done. */
export function ReadingAction({ document, others, alternatives }: ReadingActionProps) {
  const t = useText();
  const router = useRouter();
  const { documents } = useDocuments();
  const live = documents?.find(({ id }) => id === document.id);
  const isOver = documents !== undefined && (live === undefined || !isUnfinished(live));

  useEffect(() => {
    if (isOver) router.refresh();
  }, [isOver, router]);

  const activity = live ? activityOf(live, t) : t('Reading');
  const extent = live ? extentOf(live, t) : undefined;
  return (
    <TodayFrame
      figure={live ? `${live.progress}%` : undefined}
      figureNote={extent}
      lead={t('Happening now')}
      title={t.rich('Reading <span>{title}</span>', {
        title: document.title,
        span: (words) => <span className="font-medium font-notes">{words}</span>,
      })}
      why={
        <>
          <p>
            {t('{activity}. You can leave this page. I keep reading, and it can be asked when it is done.', {
              activity,
            })}
          </p>
          {others > 0 && (
            <p className="mt-1">
              {t('{others, plural, one {One more file waits} other {# more files wait}} behind it.', {
                others,
              })}
            </p>
          )}
          <div className="mt-4 max-w-80">
            <ProgressBar
              label={t('Reading {title}', { title: document.title })}
              percent={live?.progress ?? 0}
            />
          </div>
        </>
      }
      actions={
        <>
          <ButtonLink variant="quiet" className="-ml-4" href={paths.library}>
            {t('See it in the library')}
          </ButtonLink>
          {alternatives}
        </>
      }
    />
  );
}
