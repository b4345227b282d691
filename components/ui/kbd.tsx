import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type KbdProps = { children: ReactNode; onInk?: boolean; className?: string };

/** A key as printed on the keyboard. `onInk` for use inside a primary button. */
export function Kbd({ children, onInk = false, className }: KbdProps) {
  return (
    <kbd
      className={clsx(
        'inline-grid h-5 min-w-5 place-items-center whitespace-nowrap rounded-1 border px-1.25 font-medium font-voice text-chip',
        onInk
          ? 'border-transparent bg-[color-mix(in_srgb,var(--on-ink)_14%,transparent)] text-on-ink'
          : 'border-rule bg-page text-ink-3',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
