import { clsx } from 'clsx';

/** How long a bar is stands in an attribute of a drawing: the policy of a page lets no style be written into it. */
export const Bar = ({ share, className = 'h-1 w-full bg-sunk' }: { share: number; className?: string }) => (
  <svg
    aria-hidden="true"
    className={clsx('block shrink-0 overflow-hidden rounded-full forced-colors:border', className)}
  >
    <rect
      width={`${share * 100}%`}
      height="100%"
      rx="2"
      className="fill-ink transition-[width] duration-200 forced-colors:fill-[Highlight]"
    />
  </svg>
);

type ProgressBarProps = {
  label: string /** 0 to 100; left out while the length is not known. */;
  percent?: number;
};

/** A thin ink bar; the words beside it say the same. */
export function ProgressBar({ label, percent }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent === undefined ? undefined : Math.round(percent)}
    >
      <Bar share={(percent ?? 0) / 100} />
    </div>
  );
}
