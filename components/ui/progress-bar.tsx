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
      className="h-1 overflow-hidden rounded-full bg-sunk forced-colors:border"
    >
      <div
        className="h-full rounded-full bg-ink transition-[width] duration-200 forced-colors:bg-[Highlight]"
        style={{ width: `${percent ?? 0}%` }}
      />
    </div>
  );
}
