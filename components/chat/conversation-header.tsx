'use client';

import { clsx } from 'clsx';
import { Download, Link2, Pencil, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useText } from '#use-text';
import { useDeletions } from '@/components/client/deferred-delete';
import { Button, TextButton } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { MenuItem, MenuLink, MenuSeparator, MoreMenu } from '@/components/ui/menu';
import { Strip } from '@/components/ui/strip';
import { MAX_TITLE_CHARACTERS, UNDO_DELETE_SECONDS } from '@/lib/domain/bounds';
import { sentence } from '@/lib/language/text';
import { api, paths } from '@/lib/links';
import { PersonaMenu } from './persona-menu';
import { changeThread } from './thread-api';
import { threadDeletions } from './thread-row';

const ShareDialog = dynamic(() => import('./share-dialog').then((module) => module.ShareDialog), {
  ssr: false,
});

type ConversationHeaderProps = { threadId: string | undefined; title: string | null };

/** The name and what can be done with it. A deleted thread is left when the time to undo is over. */
function useThread({ threadId, title }: ConversationHeaderProps) {
  const t = useText();
  const router = useRouter();
  const [shown, setShown] = useState(title);
  const [mode, setMode] = useState<'read' | 'rename' | 'share'>('read');
  const [failure, setFailure] = useState<string>();
  const { pending, failed } = useDeletions(threadDeletions);
  const isDeleted = threadId !== undefined && pending.has(threadId);

  useEffect(() => setShown(title), [title]);

  useEffect(() => {
    if (!isDeleted) return;
    const timer = setTimeout(() => {
      router.push(paths.ask);
      router.refresh();
    }, UNDO_DELETE_SECONDS * 1_000);
    return () => clearTimeout(timer);
  }, [isDeleted, router]);

  const rename = async (next: string) => {
    setMode('read');
    const name = next.trim();
    if (threadId === undefined || name === '' || name === shown) return;
    setShown(name);
    setFailure(undefined);
    try {
      await changeThread(threadId, { title: name });
      router.refresh();
    } catch {
      setShown(shown);
      setFailure(t('The new name was not saved. Try again.'));
    }
  };
  const problem = threadId !== undefined && failed.has(threadId) ? NOT_DELETED : failure;
  return { shown, mode, setMode, failure: problem, rename, isDeleted };
}

const NOT_DELETED = sentence('The conversation could not be deleted. It is still here.');

type ThreadMenuProps = { threadId: string; onRename: () => void; onShare: () => void };

const ThreadMenu = ({ threadId, onRename, onShare }: ThreadMenuProps) => {
  const t = useText();
  return (
    <MoreMenu about={t('this conversation')} label={t('More about this conversation')}>
      <MenuItem icon={Pencil} onSelect={onRename}>
        {t('Rename')}
      </MenuItem>
      <MenuItem icon={Link2} onSelect={onShare}>
        {t('Share')}
      </MenuItem>
      <MenuLink icon={Download} href={api.exportThread(threadId, 'md')} download>
        {t('Export as Markdown')}
      </MenuLink>
      <MenuSeparator />
      <MenuItem icon={Trash2} brick onSelect={() => threadDeletions.schedule(threadId)}>
        {t('Delete')}
      </MenuItem>
    </MoreMenu>
  );
};

/** The thread's name, and what can be done with the thread. */
export function ConversationHeader(props: ConversationHeaderProps) {
  const t = useText();
  const { shown, mode, setMode, failure, rename, isDeleted } = useThread(props);
  const { threadId } = props;
  const isThread = threadId !== undefined;
  return (
    <div className="shrink-0">
      {/* On a phone the bar above already says where one is; only a thread's own name is news. */}
      <header
        className={clsx(
          'flex min-h-11 items-center gap-2 pr-2 pl-5 md:min-h-14 md:border-rule md:border-b md:pr-3 md:pl-6',
          !isThread && 'max-md:sr-only',
        )}
      >
        {mode === 'rename' ? (
          <TitleField title={shown ?? ''} onDone={rename} onCancel={() => setMode('read')} />
        ) : (
          <h1 title={shown ?? undefined} className="min-w-0 flex-1 truncate font-semibold">
            {shown ?? t('New question')}
          </h1>
        )}
        {isThread && mode !== 'rename' && !isDeleted && <PersonaMenu threadId={threadId} />}
        {isThread && mode !== 'rename' && !isDeleted && (
          <ThreadMenu
            threadId={threadId}
            onRename={() => setMode('rename')}
            onShare={() => setMode('share')}
          />
        )}
      </header>
      {isThread && isDeleted && (
        <Strip
          className="mx-5 mt-3 md:mx-6"
          action={
            <TextButton className="min-h-6 font-semibold" onClick={() => threadDeletions.undo(threadId)}>
              {t('Undo')}
            </TextButton>
          }
        >
          {t('This conversation is deleted. Your notes stay.')}
        </Strip>
      )}
      <Strip tone="bad" className="mx-5 mt-3 md:mx-6">
        {failure && t.fault({ message: failure })}
      </Strip>
      {isThread && mode === 'share' && (
        <ShareDialog thread={{ id: threadId, title: shown }} onClose={() => setMode('read')} />
      )}
    </div>
  );
}

type TitleFieldProps = { title: string; onDone: (title: string) => void; onCancel: () => void };

function TitleField({ title, onDone, onCancel }: TitleFieldProps) {
  const t = useText();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The menu that opened this gives the focus back in the same moment; a frame later it stays here.
    const frame = requestAnimationFrame(() => field.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <Form
      className="flex min-w-0 flex-1 items-center gap-2"
      onSend={() => onDone(field.current?.value ?? '')}
    >
      <input
        ref={field}
        defaultValue={title}
        maxLength={MAX_TITLE_CHARACTERS}
        aria-label={t('Name of the conversation')}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onCancel();
        }}
        className="h-9 min-w-0 flex-1 rounded-2 border border-edge bg-page px-2.5 text-md md:text-sm"
      />
      <Button type="submit" size="sm">
        {t('Save')}
      </Button>
    </Form>
  );
}
