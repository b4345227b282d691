'use client';

import {
  Bold,
  Brackets,
  Code,
  Heading,
  ImagePlus,
  Italic,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Quote,
  Sigma,
  Table,
} from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { useText } from '#use-text';
import { iconButtonClass } from '@/components/ui/button';
import { Tooltip } from '@/components/ui/tooltip';
import { type Message, text } from '@/lib/language/text';
import type { Editing } from './editor';

type Tool = { label: Message; keys?: string; icon: LucideIcon; act: (editing: Editing) => void };

const TOOLS: readonly Tool[] = [
  { label: text('Heading'), icon: Heading, act: (editing) => editing.mark(() => '## ') },
  { label: text('Bold'), keys: 'Ctrl B', icon: Bold, act: (editing) => editing.surround('**') },
  { label: text('Italic'), keys: 'Ctrl I', icon: Italic, act: (editing) => editing.surround('*') },
  { label: text('List'), icon: List, act: (editing) => editing.mark(() => '- ') },
  {
    label: text('Numbered list'),
    icon: ListOrdered,
    act: (editing) => editing.mark((index) => `${index + 1}. `),
  },
  { label: text('Checklist'), icon: ListChecks, act: (editing) => editing.mark(() => '- [ ] ') },
  { label: text('Quotation'), icon: Quote, act: (editing) => editing.mark(() => '> ') },
  { label: text('Code'), icon: Code, act: (editing) => editing.surround('`') },
  { label: text('Formula'), icon: Sigma, act: (editing) => editing.formula() },
  { label: text('Table'), icon: Table, act: (editing) => editing.table() },
  { label: text('Link to a note or document'), icon: Brackets, act: (editing) => editing.link() },
];

type NoteToolbarProps = { editing: Editing | undefined; onPicture: () => void };

/** What Markdown can do, for whoever does not know its signs. One stop for Tab, arrows within. */
export function NoteToolbar({ editing, onPicture }: NoteToolbarProps) {
  const t = useText();
  const button = ({ label, keys, icon: Icon, act }: Tool) => (
    <Tooltip key={label.text} text={t(label)} {...(keys === undefined ? {} : { keys })}>
      <Toolbar.Button
        aria-label={t(label)}
        disabled={!editing}
        // The words that are selected stay selected.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => editing && act(editing)}
        className={iconButtonClass()}
      >
        <Icon aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
      </Toolbar.Button>
    </Tooltip>
  );
  return (
    <Toolbar.Root
      aria-label={t('Marks of the text')}
      className="flex shrink-0 items-center gap-0.5 overflow-x-auto border-rule border-b px-3 py-1 outline-none md:px-4"
      // The library would write it into the page as it is sent, where no style is taken.
      style={{ outline: undefined }}
    >
      {TOOLS.map(button)}
      {button({ label: text('Picture'), icon: ImagePlus, act: onPicture })}
    </Toolbar.Root>
  );
}
