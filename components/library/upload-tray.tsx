'use client';

import { clsx } from 'clsx';
import { CircleAlert, FileText, X } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { useText } from '#use-text';
import { IconButton } from '@/components/ui/button';
import { ProgressBar } from '@/components/ui/progress-bar';
import { type Message, text } from '@/lib/language/text';
import { paths } from '@/lib/links';
import { useUploads } from './stores';
import { takenNotice } from './take-files';
import type { UploadItem } from './upload-job';
import { VaultImport } from './vault-import';

const WORDS: Record<UploadItem['phase']['name'], Message> = {
  waiting: text('Waiting for its turn'),
  uploading: text('Uploading'),
  reading: text('Reading'),
  paused: text('Paused until you are online'),
  already: text('Already in your library'),
  failed: text('Needs your hand'),
  rejected: text('Not added'),
};
const isStuck = ({ phase }: UploadItem) => phase.name === 'failed' || phase.name === 'rejected';

/** What becomes of files while another page is looked at; what needs a hand first. The library itself tells more. */
export function UploadTray({ isHidden, children }: { isHidden: boolean; children: ReactNode }) {
  const t = useText();
  const pathname = usePathname();
  const uploads = useUploads();
  const notice = useSyncExternalStore(takenNotice.subscribe, takenNotice.get, () => undefined);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const shown = isHidden ? [] : uploads.filter(({ id }) => !closed.has(id));
  const first = shown.find(isStuck) ?? shown[0];
  return (
    <section
      aria-live="polite"
      aria-label={t('Files on their way')}
      className={clsx(
        'pointer-events-none fixed inset-x-3 z-20 grid gap-2 [anchor-name:--files] md:right-auto md:left-20 md:w-92 xl:left-60',
        // At the bottom of these pages something is being written, and of a telephone invitations stand: neither may be covered.
        /^\/(?:ask|people\/)/.test(pathname) ? 'top-15 md:top-5' : 'top-15 md:top-auto md:bottom-5',
      )}
    >
      {children && <div className={TILE}>{children}</div>}
      {!isHidden && notice && (
        <div className={clsx(TILE, 'flex items-start gap-2')}>
          <p className="min-w-0 flex-1 text-sm">{notice}</p>
          <IconButton
            label={t('Dismiss')}
            className="-my-2.5 -mr-2"
            onClick={() => takenNotice.set(undefined)}
          >
            <X aria-hidden="true" className="size-4" />
          </IconButton>
        </div>
      )}
      {!isHidden && <VaultImport className="pointer-events-auto shadow-float" />}
      {first && (
        <div className={clsx(TILE, 'flex items-center gap-3')}>
          {isStuck(first) ? (
            <CircleAlert aria-hidden="true" className="size-4.5 shrink-0 text-brick" strokeWidth={1.75} />
          ) : (
            <FileText aria-hidden="true" className="size-4.5 shrink-0" strokeWidth={1.75} />
          )}
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium font-notes">{first.fileName}</p>
            <p className="text-ink-2 text-xs">
              {first.phase.name === 'failed' || first.phase.name === 'rejected'
                ? t.fault(first.phase)
                : t(WORDS[first.phase.name])}
              {shown.length > 1 &&
                ' ' +
                  t('· {count, plural, one {# more file} other {# more files}}', {
                    count: shown.length - 1,
                  })}{' '}
              ·{' '}
              <Link href={paths.library} className="link">
                {t('Library')}
              </Link>
            </p>
            {'percent' in first.phase && (
              <div className="mt-1.5">
                <ProgressBar
                  label={t('{fileName}: uploading', { fileName: first.fileName })}
                  percent={first.phase.percent}
                />
              </div>
            )}
          </div>
          <IconButton
            label={t('Hide')}
            className="-mr-2"
            onClick={() => setClosed((before) => new Set([...before, ...shown.map(({ id }) => id)]))}
          >
            <X aria-hidden="true" className="size-4" />
          </IconButton>
        </div>
      )}
    </section>
  );
}

const TILE = 'pointer-events-auto animate-rise rounded-3 border border-rule bg-page px-4 py-3 shadow-float';
