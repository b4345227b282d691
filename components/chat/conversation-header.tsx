'use client';

import { clsx } from 'clsx';
import { Pencil, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Button, TextButton } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { MenuItem, MoreMenu } from '@/components/ui/menu';
import { Strip } from '@/components/ui/strip';
import { MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import { paths } from '@/lib/links';
import { deleteThread, renameThread } from './thread-api';

const UNDO_MILLISECONDS = 8_000;

type ConversationHeaderProps = { threadId: string | undefined; title: string | null };

/** The name and what can be done with it. A thread is only deleted when the time to undo is over. */
function useThread({ threadId, title }: ConversationHeaderProps) {
  const router = useRouter();
  const [shown, setShown] = useState(title);
  const [mode, setMode] = useState<'read' | 'rename' | 'deleting'>('read');
  const [failure, setFailure] = useState<string>();

  useEffect(() => setShown(title), [title]);

  useEffect(() => {
    if (mode !== 'deleting' || threadId === undefined) return;
    const remove = async () => {
      try {
        await deleteThread(threadId);
        router.push(paths.ask);
        router.refresh();
      } catch {
        setMode('read');
        setFailure('The conversation could not be deleted. It is still here.');
      }
    };
    const timer = setTimeout(remove, UNDO_MILLISECONDS);
    // Leaving the page meanwhile deletes it at once.
    const leave = () => void deleteThread(threadId);
    window.addEventListener('pagehide', leave);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', leave);
    };
  }, [mode, threadId, router]);

  const rename = async (next: string) => {
    setMode('read');
    const name = next.trim();
    if (threadId === undefined || name === '' || name === shown) return;
    setShown(name);
    setFailure(undefined);
    try {
      await renameThread(threadId, name);
      router.refresh();
    } catch {
      setShown(shown);
      setFailure('The new name was not saved. Try again.');
    }
  };
  return { shown, mode, setMode, failure, rename };
}

/** The thread's name, and what can be done with the thread. */
export function ConversationHeader(props: ConversationHeaderProps) {
  const { shown, mode, setMode, failure, rename } = useThread(props);
  const isThread = props.threadId !== undefined;
  return (
    <div className="shrink-0">
      {/* On a phone the bar above already says where one is; only a thread's own name is news. */}
      <header
        className={clsx(
          'min-h-11 items-center gap-2 pr-2 pl-5 md:min-h-14 md:border-rule md:border-b md:pr-3 md:pl-6',
          isThread ? 'flex' : 'hidden md:flex',
        )}
      >
        {mode === 'rename' ? (
          <TitleField title={shown ?? ''} onDone={rename} onCancel={() => setMode('read')} />
        ) : (
          <h1 className="min-w-0 flex-1 truncate font-semibold">{shown ?? 'New question'}</h1>
        )}
        {isThread && mode === 'read' && (
          <MoreMenu about="this conversation" label="More about this conversation">
            <MenuItem icon={Pencil} onSelect={() => setMode('rename')}>
              Rename
            </MenuItem>
            <MenuItem icon={Trash2} brick onSelect={() => setMode('deleting')}>
              Delete
            </MenuItem>
          </MoreMenu>
        )}
      </header>
      {mode === 'deleting' && (
        <Strip
          className="mx-5 mt-3 md:mx-6"
          action={
            <TextButton className="min-h-6 font-semibold" onClick={() => setMode('read')}>
              Undo
            </TextButton>
          }
        >
          This conversation goes in a few seconds. Your notes stay.
        </Strip>
      )}
      <Strip tone="bad" className="mx-5 mt-3 md:mx-6">
        {failure}
      </Strip>
    </div>
  );
}

type TitleFieldProps = { title: string; onDone: (title: string) => void; onCancel: () => void };

function TitleField({ title, onDone, onCancel }: TitleFieldProps) {
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
        aria-label="Name of the conversation"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onCancel();
        }}
        className="h-9 min-w-0 flex-1 rounded-2 border border-edge bg-page px-2.5 text-md md:text-sm"
      />
      <Button type="submit" size="sm">
        Save
      </Button>
    </Form>
  );
}
