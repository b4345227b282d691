'use client';

import { Command } from 'cmdk';
import {
  BookOpen,
  CircleHelp,
  DoorOpen,
  FileText,
  FolderInput,
  Keyboard,
  Layers,
  type LucideIcon,
  MessageSquareText,
  NotebookPen,
  Play,
  Plus,
  Sun,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { type Making, openMaking } from '@/components/make/make-store';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import type { Found } from '@/lib/db/queries/find';
import { MAX_QUERY_CHARACTERS } from '@/lib/domain/bounds';
import { type Message, text } from '@/lib/language/text';
import { api, paths } from '@/lib/links';
import { PLACES } from './navigation';
import { chooseTheme, shownTheme } from './theme';

type CommandMenuProps = { open: boolean; onOpenChange: (open: boolean) => void; onShowKeys: () => void };

const FOUND: Record<Found['kind'], { icon: LucideIcon; word: Message; href: (id: string) => string }> = {
  document: { icon: BookOpen, word: text('Document'), href: (id) => paths.document(id) },
  thread: { icon: MessageSquareText, word: text('Conversation'), href: (id) => paths.thread(id) },
  quiz: { icon: CircleHelp, word: text('Quiz'), href: (id) => paths.quiz(id) },
  deck: { icon: Layers, word: text('Deck'), href: (id) => paths.deck(id) },
};

type Entry = {
  label: Message;
  /** What else it may be looked for by. */
  words?: string;
  icon: LucideIcon;
  keys?: readonly string[];
  href: string;
};

const GO_TO: readonly Entry[] = PLACES.map(({ href, label, icon, key }) => ({
  href,
  label,
  icon,
  keys: ['G', key],
  ...(href === paths.you ? { words: 'profile settings account sign out memory' } : {}),
}));

const ACTIONS: readonly Entry[] = [
  { label: text('Ask a new question'), words: 'chat conversation', icon: MessageSquareText, href: paths.ask },
  { label: text('Add a document'), words: 'upload file notes pdf', icon: FileText, href: paths.library },
  { label: text('Write a note'), words: 'new markdown text', icon: NotebookPen, href: paths.newNote },
  { label: text('Review what is due'), words: 'cards flashcards practice', icon: Play, href: paths.review },
  { label: text('Add a card'), words: 'flashcard deck', icon: Plus, href: paths.cards },
  {
    label: text('Import or export cards'),
    words: 'anki csv quizlet apkg',
    icon: FolderInput,
    href: paths.cards,
  },
  {
    label: text('Open a room, or join one'),
    words: 'study together code timer focus pomodoro people',
    icon: DoorOpen,
    href: paths.room,
  },
];

const MAKES: readonly (Omit<Entry, 'href'> & { making: Making })[] = [
  { label: text('Make a quiz'), words: 'test questions', icon: CircleHelp, making: { kind: 'quiz' } },
  { label: text('Make cards'), words: 'flashcards from notes', icon: Layers, making: { kind: 'cards' } },
];

const GROUP =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-3 [&_[cmdk-group-heading]]:text-xs';

const find = async (url: string) => (await requestJson<{ found: Found[] }>(url)).found;

/** Goes to or does anything: pages, actions, and whatever of the student's has a name. */
export function CommandMenu({ open, onOpenChange, onShowKeys }: CommandMenuProps) {
  const t = useText();
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={t('Go to or do')}
        titleHidden
        className="top-[12dvh] max-w-xl translate-y-0 overflow-hidden p-2 [&>div:first-child]:absolute [&>div:first-child]:top-3 [&>div:first-child]:right-4 [&>div:last-child]:mt-0"
      >
        <Menu close={() => onOpenChange(false)} onShowKeys={onShowKeys} />
      </DialogContent>
    </Dialog>
  );
}

function Menu({ close, onShowKeys }: { close: () => void; onShowKeys: () => void }) {
  const t = useText();
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const query = typed.trim();
  const go = (href: string) => {
    close();
    router.push(href);
  };
  const switchTheme = () => {
    chooseTheme(shownTheme() === 'dark' ? 'light' : 'dark');
    close();
  };
  const showKeys = () => {
    close();
    onShowKeys();
  };
  const entries = (shown: readonly Entry[]) =>
    shown.map(({ href, label, ...entry }) => (
      <Row key={label.text} label={t(label)} {...entry} onSelect={() => go(href)} />
    ));
  return (
    <Command label={t('Go to or do')} loop className="grid max-h-[70dvh] grid-rows-[auto_minmax(0,1fr)]">
      <Command.Input
        autoFocus
        data-unkept=""
        value={typed}
        onValueChange={setTyped}
        maxLength={MAX_QUERY_CHARACTERS}
        placeholder={t('Go to, do, or find')}
        className="h-12 w-full bg-transparent pr-12 pl-3 text-md outline-none placeholder:text-ink-3"
      />
      <Command.List className="min-h-0 overflow-y-auto border-rule border-t pt-1 pb-1">
        <Command.Empty className="px-3 py-6 text-ink-3">{t('Nothing is called that.')}</Command.Empty>
        <Yours query={query} go={go} />
        <Command.Group heading={t('Go to')} className={GROUP}>
          {entries(GO_TO)}
        </Command.Group>
        <Command.Group heading={t('Do')} className={GROUP}>
          {MAKES.map(({ making, label, ...entry }) => (
            <Row
              key={label.text}
              label={t(label)}
              {...entry}
              onSelect={() => {
                close();
                openMaking(making);
              }}
            />
          ))}
          {entries(ACTIONS)}
          <Row label={t('Switch between light and dark')} words="theme" icon={Sun} onSelect={switchTheme} />
          <Row
            label={t('Show the keys')}
            words="shortcuts help"
            icon={Keyboard}
            keys={['?']}
            onSelect={showKeys}
          />
        </Command.Group>
        {query !== '' && (
          <Command.Group heading={t('Ask')} className={GROUP} forceMount>
            <Row
              value={`ask ${query}`}
              label={<span className="truncate">{t('Ask “{query}”', { query })}</span>}
              icon={MessageSquareText}
              forceMount
              onSelect={() => go(paths.asking(query))}
            />
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}

/** Whatever of the student's has a name like what is typed. */
function Yours({ query, go }: { query: string; go: (href: string) => void }) {
  const t = useText();
  const { data: found = [] } = useSWR(
    query.length < 2 ? null : api.find(query),
    find,
    // The last results stay until the next arrive, so that the list does not jump while typing.
    { keepPreviousData: true, dedupingInterval: 2_000 },
  );
  if (query.length < 2 || found.length === 0) return null;
  return (
    <Command.Group heading={t('Yours')} className={GROUP}>
      {found.map(({ kind, id, title, detail }) => {
        const { icon, word, href } = FOUND[kind];
        return (
          <Row
            key={`${kind}-${id}`}
            // The database has matched it already; the words typed make the menu keep it.
            value={`${title} ${detail ?? ''} ${id}`}
            words={query}
            label={<span className="truncate font-notes first-letter:uppercase">{title}</span>}
            icon={icon}
            aside={detail ? `${t(word)}, ${detail}` : t(word)}
            onSelect={() => go(href(id))}
          />
        );
      })}
    </Command.Group>
  );
}

type RowProps = Pick<Entry, 'words' | 'icon' | 'keys'> & {
  label: ReactNode;
  /** What it is found by, where its label is more than words. */
  value?: string;
  forceMount?: boolean;
  aside?: ReactNode;
  onSelect: () => void;
};

function Row({ label, value = String(label), words, icon: Icon, keys, aside, ...item }: RowProps) {
  return (
    <Command.Item
      value={value}
      keywords={words === undefined ? [] : [words]}
      {...item}
      className="flex min-h-11 cursor-pointer items-center gap-3 rounded-2 px-3 py-1.5 data-[selected=true]:bg-sunk"
    >
      <Icon aria-hidden="true" className="size-4.5 shrink-0 text-ink-3" strokeWidth={1.75} />
      <span className="flex min-w-0 flex-1">{label}</span>
      {(aside ?? keys) && (
        <span className="max-w-[40%] shrink-0 truncate text-ink-3 text-xs">
          {aside ?? (
            <span aria-hidden="true" className="hidden gap-1 md:flex">
              {keys?.map((key) => (
                <Kbd key={key}>{key.toUpperCase()}</Kbd>
              ))}
            </span>
          )}
        </span>
      )}
    </Command.Item>
  );
}
