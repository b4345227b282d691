import { Pencil, Undo2 } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useText } from '#use-text';
import { IconButton } from '@/components/ui/button';
import { LeaveLink } from '@/components/ui/leave-link';
import { Bar } from '@/components/ui/progress-bar';
import { Tooltip } from '@/components/ui/tooltip';

type ReviewHeaderProps = {
  /** Left out when there is nothing to review. */
  progress?: { minutesLeft: number; share: number } | undefined;
  onEdit?: (() => void) | undefined;
  onUndo: (event: MouseEvent) => void;
};

/** The way out, how long it still takes, and two quiet tools. Minutes, never a number of cards. */
export function ReviewHeader({ progress, onEdit, onUndo }: ReviewHeaderProps) {
  const t = useText();
  return (
    <header className="grid min-h-16 shrink-0 grid-cols-[2.75rem_minmax(0,1fr)_auto] items-center gap-2 px-2 md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] md:px-5">
      <LeaveLink />
      {progress ? <ReviewProgress {...progress} /> : <span />}
      <span className="flex justify-self-end">
        {onEdit && (
          <Tooltip text={t('Edit this card')} keys="E">
            <IconButton label={t('Edit this card')} aria-keyshortcuts="E" onClick={onEdit}>
              <Pencil aria-hidden="true" className="size-4" />
            </IconButton>
          </Tooltip>
        )}
        <Tooltip text={t('Undo')} keys="U">
          <IconButton label={t('Undo the last answer')} aria-keyshortcuts="U" onClick={onUndo}>
            <Undo2 aria-hidden="true" className="size-4" />
          </IconButton>
        </Tooltip>
      </span>
    </header>
  );
}

function ReviewProgress({ minutesLeft, share }: { minutesLeft: number; share: number }) {
  const t = useText();
  const left = minutesLeft > 0 ? t('about {minutesLeft} min left', { minutesLeft }) : t('done');
  return (
    <div className="px-2 pt-4 md:w-55 md:px-0">
      <div
        role="progressbar"
        aria-label={t('Review')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={left}
      >
        <Bar share={share} className="h-1 w-full bg-[color-mix(in_srgb,var(--ink)_13%,transparent)]" />
      </div>
      <p aria-hidden="true" className="mt-2 text-center text-ink-3 text-xs tabular">
        {left}
      </p>
    </div>
  );
}
