import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';

type DeletedRowProps = { hasIcon?: boolean; onUndo: () => void; children: ReactNode };

/** Stands where something stood in a list until its deletion is really made. */
export function DeletedRow({ hasIcon = true, onUndo, children }: DeletedRowProps) {
  return (
    <li className="flex min-h-14 items-center gap-3.5 border-rule border-t py-2 text-ink-2 last:border-b">
      {hasIcon && <Trash2 aria-hidden="true" className="size-4.5 shrink-0 text-ink-3" strokeWidth={1.75} />}
      <p role="status" className="min-w-0 flex-1 truncate">
        {children}
      </p>
      <button
        type="button"
        // biome-ignore lint/a11y/noAutofocus: the button that deleted is gone, and this takes it back.
        autoFocus
        className="link min-h-8 px-1"
        onClick={onUndo}
      >
        Undo
      </button>
    </li>
  );
}
