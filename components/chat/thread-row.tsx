'use client';

import { Archive, ArchiveRestore, Download, Link2, MessageCircle, Pin, PinOff } from 'lucide-react';
import { useText } from '#use-text';
import { createDeferredDelete } from '@/components/client/deferred-delete';
import { useAction } from '@/components/client/use-action';
import { EditableRow } from '@/components/ui/editable-row';
import { MenuItem, MenuLink } from '@/components/ui/menu';
import { ProblemText } from '@/components/ui/problem-text';
import { RowForm } from '@/components/ui/row-form';
import { TextField } from '@/components/ui/text-field';
import type { ListedThread } from '@/lib/db/queries/thread';
import { MAX_TITLE_CHARACTERS, UNDO_DELETE_SECONDS } from '@/lib/domain/bounds';
import type { ThreadChange } from '@/lib/domain/thread';
import { text } from '@/lib/language/text';
import { api, paths } from '@/lib/links';
import { changeThread, deleteThread, restoreThread } from './thread-api';

/** One for the tab: Undo stays good while the student looks at another page. */
export const threadDeletions = createDeferredDelete({
  remove: deleteThread,
  restore: restoreThread,
  undoMilliseconds: UNDO_DELETE_SECONDS * 1_000,
  onDeleted: () => undefined,
});

type ThreadRowProps = {
  thread: ListedThread;
  /** What was searched for. */
  query: string;
  onChanged: () => void;
  onShare: () => void;
};

/** The words that were searched for, where they stand. */
function Excerpt({ text, query }: { text: string; query: string }) {
  const [word = ''] = query.split(/\s+/).toSorted((one, other) => other.length - one.length);
  const at = text.toLowerCase().indexOf(word.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <strong className="font-semibold text-ink">{text.slice(at, at + word.length)}</strong>
      {text.slice(at + word.length)}
    </>
  );
}

/** A conversation in the list of all, and what can be done with it. */
export function ThreadRow({ thread, query, onChanged, onShare }: ThreadRowProps) {
  const t = useText();
  const { id, pinnedAt, archivedAt, messageCount, excerpt } = thread;
  const { run, problem } = useAction(async (change: ThreadChange) => {
    await changeThread(id, change);
    onChanged();
  });
  const [isPinned, isArchived] = [pinnedAt !== null, archivedAt !== null];
  const Icon = isPinned ? Pin : MessageCircle;
  return (
    <EditableRow
      id={id}
      name={thread.title ?? t('New question')}
      href={paths.thread(id)}
      icon={<Icon aria-hidden="true" className="size-4.5 text-ink-3" strokeWidth={1.75} />}
      about={t('{messageCount, plural, one {# message} other {# messages}}', { messageCount })}
      aside={null}
      columns="grid-cols-[24px_minmax(0,1fr)_auto]"
      change={{
        label: t('Rename'),
        editor: (close) => (
          <TitleForm
            title={thread.title ?? ''}
            onSave={(title) => changeThread(id, { title })}
            onSaved={onChanged}
            onClose={close}
          />
        ),
      }}
      items={
        <>
          <MenuItem icon={isPinned ? PinOff : Pin} onSelect={() => void run({ pinned: !isPinned })}>
            {isPinned ? t('Unpin') : t('Pin')}
          </MenuItem>
          <MenuItem
            icon={isArchived ? ArchiveRestore : Archive}
            onSelect={() => void run({ archived: !isArchived })}
          >
            {isArchived ? t('Take out of the archive') : t('Archive')}
          </MenuItem>
          <MenuItem icon={Link2} onSelect={onShare}>
            {t('Share')}
          </MenuItem>
          <MenuLink icon={Download} href={api.exportThread(id, 'md')} download>
            {t('Export as Markdown')}
          </MenuLink>
          <MenuLink icon={Download} href={api.exportThread(id, 'json')} download>
            {t('Export as JSON')}
          </MenuLink>
        </>
      }
      deletions={threadDeletions}
      goneWords={text('<span>{name}</span> and its messages are deleted.')}
    >
      {excerpt !== null && (
        <p className="line-clamp-2 text-ink-2 text-xs [overflow-wrap:anywhere]">
          <Excerpt text={excerpt} query={query} />
        </p>
      )}
      <ProblemText problem={problem} />
    </EditableRow>
  );
}

type TitleFormProps = {
  title: string;
  onSave: (title: string) => Promise<unknown>;
  onSaved: () => void;
  onClose: () => void;
};

const TitleForm = ({ title, onSave, onSaved, onClose }: TitleFormProps) => {
  const t = useText();
  return (
    <RowForm
      onClose={onClose}
      onSave={async (read) => {
        const name = read('title');
        if (name === '') throw new Error(t('Give it a name.'));
        if (name === title) return;
        await onSave(name);
        onSaved();
      }}
      fields={(problem) => (
        <TextField
          label={t('Name')}
          name="title"
          defaultValue={title}
          maxLength={MAX_TITLE_CHARACTERS}
          autoFocus
          autoComplete="off"
          error={problem}
        />
      )}
    />
  );
};
