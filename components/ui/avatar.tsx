import { clsx } from 'clsx';

/** First letters of the first and last word, at most two. */
function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/)
    .filter(Boolean);
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0],
  );
  return letters.join('').toLocaleUpperCase() || '?';
}

/** A person as a rounded square with letters; the name always stands beside it or in the control's label. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'grid size-8 shrink-0 place-items-center rounded-[9px] bg-sunk font-semibold text-chip text-ink-2',
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
