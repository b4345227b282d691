'use client';

import { Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useText } from '#use-text';
import { type DeferredDelete, useDeletions } from '@/components/client/deferred-delete';
import type { Message } from '@/lib/language/text';
import { DeletedRow } from './deleted-row';
import { MenuItem, MenuSeparator, MoreMenu } from './menu';
import { ProblemText } from './problem-text';

/** Opens something where its button stands. Closed again, the button is back and has the focus. */
export function useInPlace() {
  const [isOpen, setIsOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setIsOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  return { isOpen, opener, open: () => setIsOpen(true), close };
}

type EditableRowProps = {
  id: string;
  name: string;
  href: string;
  icon: ReactNode;
  /** A line on what it holds. */
  about: string;
  /** More lines, when there is more to say. */
  children?: ReactNode;
  /** How it stands, at the right. */
  aside: ReactNode;
  /** Where icon, name, aside and menu stand. */
  columns: string;
  change: { label: string; editor: (close: () => void) => ReactNode };
  /** What else its menu offers. */
  items: ReactNode;
  deletions: DeferredDelete;
  /** That it is deleted, with what goes along. */
  goneWords: Message;
};

/** Something of the student's own in a list: opened by its name, changed in place, deleted until Undo is over. */
export function EditableRow(props: EditableRowProps) {
  const t = useText();
  const { id, name, change, deletions } = props;
  const editor = useInPlace();
  const { pending, failed } = useDeletions(deletions);
  const isDeleted = pending.has(id);
  const wasDeleted = useRef(isDeleted);
  useEffect(() => {
    // The Undo that was pressed is gone when the row is back.
    if (wasDeleted.current && !isDeleted && document.activeElement === document.body)
      editor.opener.current?.focus();
    wasDeleted.current = isDeleted;
  }, [isDeleted, editor.opener]);
  if (isDeleted) {
    return (
      <DeletedRow onUndo={() => deletions.undo(id)}>
        {t.rich(props.goneWords, {
          name,
          span: (words) => <span className="font-notes">{words}</span>,
        })}
      </DeletedRow>
    );
  }
  if (editor.isOpen) {
    return <li className="border-rule border-t py-3 last:border-b">{change.editor(editor.close)}</li>;
  }
  return (
    <li
      className={`grid min-h-14 items-center gap-x-3.5 border-rule border-t py-2 last:border-b ${props.columns}`}
    >
      {props.icon}
      <div className="min-w-0">
        <Link
          prefetch={false}
          href={props.href}
          title={name}
          className="-my-1 block py-1 font-medium font-notes text-md leading-5.5 hover:underline hover:underline-offset-3"
        >
          {/* A title that is cut on a phone is another's as well. */}
          <span className="wrap-anywhere line-clamp-2 md:line-clamp-1">{name}</span>
        </Link>
        <p className="text-ink-3 text-xs" suppressHydrationWarning>
          {props.about}
        </p>
        {props.children}
        {failed.has(id) && (
          <ProblemText problem={t('It could not be deleted. It is all still here; try again.')} />
        )}
      </div>
      {props.aside}
      <MoreMenu about={name} ref={editor.opener}>
        <MenuItem icon={Pencil} onSelect={editor.open}>
          {change.label}
        </MenuItem>
        {props.items}
        <MenuSeparator />
        <MenuItem icon={Trash2} brick onSelect={() => deletions.schedule(id)}>
          {t('Delete')}
        </MenuItem>
      </MoreMenu>
    </li>
  );
}
