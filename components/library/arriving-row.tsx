'use client';

import { CircleAlert, type LucideIcon, X } from 'lucide-react';
import { useText } from '#use-text';
import { Button, IconButton } from '@/components/ui/button';
import { ProgressBar } from '@/components/ui/progress-bar';
import { FileGlyph } from './document-row';

type ArrivingRowProps = {
  fileName: string;
  name: string;
  meta: string;
  status: string;
  /** Shown at the right of the status, in figures. */
  figure?: string;
  /** 0 to 100 while something moves. */
  percent?: number;
  icon?: LucideIcon;
  stop: { label: string; onStop: () => void };
};

/** One file on its way: what it is, what happens to it, one thing to do about it. */
export function ArrivingRow({
  fileName,
  name,
  meta,
  status,
  figure,
  percent,
  icon: Icon,
  stop,
}: ArrivingRowProps) {
  return (
    <li className="grid min-h-14 grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2 border-rule border-t py-2 last:border-b md:grid-cols-[24px_minmax(0,1fr)_300px_36px] md:gap-x-3.5">
      <FileGlyph fileName={fileName} />
      <div className="min-w-0">
        <p className="wrap-anywhere font-medium font-notes text-md leading-5.5 md:truncate">{name}</p>
        <p className="text-ink-3 text-xs">{meta}</p>
      </div>
      <div className="col-start-2 row-start-2 text-ink-2 text-xs md:col-start-3 md:row-start-1">
        <p className="flex items-center gap-1.5">
          {Icon && <Icon aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.75} />}
          <span className="min-w-0 flex-1">{status}</span>
          {figure && <span className="tabular">{figure}</span>}
        </p>
        {percent !== undefined && (
          <div className="mt-1.5">
            <ProgressBar label={`${name}: ${status}`} percent={percent} />
          </div>
        )}
      </div>
      <div className="col-start-3 row-start-1 md:col-start-4">
        <IconButton label={stop.label} onClick={stop.onStop}>
          <X aria-hidden="true" className="size-4" />
        </IconButton>
      </div>
    </li>
  );
}

type FailedRowProps = {
  name: string;
  cause: string;
  busy?: boolean;
  /** Where trying again can mend it. */
  onRetry?: () => void;
  onRemove: () => void;
};

/** A file that needs the student's hand: its name, the cause, one fix and Remove. */
export function FailedRow({ name, cause, busy = false, onRetry, onRemove }: FailedRowProps) {
  const t = useText();
  return (
    <li className="my-2 grid grid-cols-[24px_minmax(0,1fr)] items-start gap-x-3 gap-y-2.5 rounded-3 bg-brick-wash py-3.5 pr-4 pl-3.5 md:-mx-3.5 md:grid-cols-[24px_minmax(0,1fr)_auto] md:items-center forced-colors:border">
      <CircleAlert aria-hidden="true" className="mt-1 size-4.5 text-brick md:mt-0" strokeWidth={1.75} />
      <div className="min-w-0">
        <p className="wrap-anywhere font-medium font-notes text-md leading-5.5 md:truncate">{name}</p>
        <p className="mt-0.5">{cause}</p>
      </div>
      <div className="col-start-2 flex flex-wrap gap-2 md:col-start-3">
        {onRetry && (
          <Button size="sm" busy={busy} onClick={onRetry}>
            {t('Try again')}
          </Button>
        )}
        <Button size="sm" variant="quiet" onClick={onRemove}>
          {t('Remove')}
        </Button>
      </div>
    </li>
  );
}
