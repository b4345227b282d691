import { clsx } from 'clsx';
import { useText } from '#use-text';

const WIDTHS = ['w-3/5', 'w-full', 'w-[94%]', 'w-2/5'];

/** Lines in the shape of what comes; nothing at all for the first 300 ms. */
export function LoadingLines({ label, className }: { label?: string; className?: string }) {
  const t = useText();
  return (
    <div role="status" className={clsx('animate-late', className)}>
      <span className="sr-only">{label ?? t('Loading')}</span>
      {WIDTHS.map((width) => (
        <div key={width} aria-hidden="true" className={clsx('my-3 h-3 rounded-1 bg-sunk', width)} />
      ))}
    </div>
  );
}
