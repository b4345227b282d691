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

/** What is pressed first may have to wait for the editor. */
type NoteToolbarProps = { onAct: (act: (editing: Editing) => void) => void; onPicture: () => void };

/** What Markdown can do, for whoever does not know its signs. One stop for Tab, arrows within. */
export function NoteToolbar({ onAct, onPicture }: NoteToolbarProps) {
  const t = useText();
  const button = ({ label, keys, icon: Icon }: Omit<Tool, 'act'>, onPress: () => void) => (
    <Tooltip key={label.text} text={t(label)} {...(keys === undefined ? {} : { keys })}>
      <Toolbar.Button
        aria-label={t(label)}
        // The words that are selected stay selected.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onPress}
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
      {TOOLS.map((tool) => button(tool, () => onAct(tool.act)))}
      {button({ label: text('Picture'), icon: ImagePlus }, onPicture)}
    </Toolbar.Root>
  );
}
