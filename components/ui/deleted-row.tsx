import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '#use-text';
import { TextButton } from './button';

type DeletedRowProps = { as?: 'li' | 'div'; hasIcon?: boolean; onUndo: () => void; children: ReactNode };

/** Stands where something stood in a list until its deletion is really made. */
export function DeletedRow({ as: Row = 'li', hasIcon = true, onUndo, children }: DeletedRowProps) {
  const t = useText();
  return (
    <Row className="flex min-h-14 items-center gap-3.5 border-rule border-t py-2 text-ink-2 last:border-b">
      {hasIcon && <Trash2 aria-hidden="true" className="size-4.5 shrink-0 text-ink-3" strokeWidth={1.75} />}
      <p role="status" className="min-w-0 flex-1 truncate">
        {children}
      </p>
      <TextButton
        // The button that deleted is gone, and this takes it back.
        autoFocus
        className="min-h-11 px-1 md:min-h-8"
        onClick={onUndo}
      >
        {t('Undo')}
      </TextButton>
    </Row>
  );
}
