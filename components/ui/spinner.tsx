import { clsx } from 'clsx';

/** A 14 px ring for work that is running. Decoration: the words beside it say what runs. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'inline-block size-3.5 shrink-0 rounded-full border-2 border-current border-t-transparent opacity-70 motion-safe:animate-spin',
        className,
      )}
    />
  );
}
