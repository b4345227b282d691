'use client';

import { useText } from '#use-text';
import { type Message, text } from '@/lib/language/text';
import './notes.css';
import { clsx } from 'clsx';
import { BookOpen, Columns2, Download, History, PencilLine } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { sentenceOf } from '@/components/client/request';
import { sendPicture } from '@/components/client/send-picture';
import { takeFiles } from '@/components/library/take-files';
import { useUploadLimits } from '@/components/library/taken-files';
import { Button, IconButton } from '@/components/ui/button';
import { FileInput } from '@/components/ui/file-input';
import { MenuItem, MenuLink, MoreMenu } from '@/components/ui/menu';
import { Strip } from '@/components/ui/strip';
import { Tooltip } from '@/components/ui/tooltip';
import { titleOfFile } from '@/lib/domain/document-title';
import { linkName, type Note, titleOfNote } from '@/lib/domain/note';
import { api, paths } from '@/lib/links';
import type { Editing } from './editor';
import { NoteField, type NoteFieldHandle } from './note-field';
import type { FindTarget } from './note-preview';
import { NoteToolbar } from './note-toolbar';
import { NoteVersions } from './note-versions';
import type { NoteSaver, SaverState } from './saver';
import { useLinkTargets, useNote } from './use-note';

type View = 'write' | 'both' | 'read';
const VIEWS = [
  { view: 'write', label: text('Write'), icon: PencilLine },
  { view: 'both', label: text('Write and read'), icon: Columns2 },
  { view: 'read', label: text('Read'), icon: BookOpen },
] as const;

const SAID: Record<Exclude<SaverState['name'], 'failed'>, Message> = {
  saved: text('Saved'),
  waiting: text('Writing'),
  saving: text('Saving'),
  offline: text('Offline: kept on this device'),
  gone: text('Deleted elsewhere'),
  conflict: text('Changed elsewhere'),
};

type NoteEditorProps = { documentId: string; note: Note | null };

/** A note of the student's own: written in Markdown, read beside it, saved by itself. */
export function NoteEditor({ documentId, note }: NoteEditorProps) {
  const t = useText();
  const { text, state, saver, editing, write } = useNote(documentId, note);
  const limits = useUploadLimits();
  const { find, titles } = useLinkTargets(documentId);
  const [view, setView] = useState<View>('write');
  const [showsVersions, setShowsVersions] = useState(false);
  const field = useRef<NoteFieldHandle>(null);
  const picker = useRef<HTMLInputElement>(null);
  const { problem, addPictures } = usePictures(documentId, saver, field);
  return (
    <div className="flex h-full flex-col overflow-hidden bg-page md:rounded-4 md:border md:border-rule">
      <NoteHeader
        documentId={documentId}
        title={text.trim() === '' ? t('New note') : titleOfNote(text)}
        state={state}
        isBlank={text.trim() === '' && saver.revision === 0}
        view={view}
        onView={setView}
        onVersions={() => void saver.flush().then(() => setShowsVersions(true))}
      />
      {view !== 'read' && (
        <NoteToolbar
          onAct={(act) => void field.current?.open().then(act, () => undefined)}
          onPicture={() => picker.current?.click()}
        />
      )}
      <FileInput ref={picker} multiple accept="image/*" onFiles={(files) => void addPictures(files)} />
      <Remarks state={state} saver={saver} problem={problem} />
      <div className={clsx('grid min-h-0 flex-1', view === 'both' && 'lg:grid-cols-2')}>
        <NoteField
          ref={field}
          text={text}
          isHidden={view === 'read'}
          onReady={(made) => {
            editing.current = made;
          }}
          handlers={{
            onChange: write,
            titles,
            onPictures: (files) => void addPictures(files),
            onFiles: (files) => {
              takeFiles(files, 0, limits, t);
              // The link follows the title that a document gives itself.
              const links = files.map(({ name }) => `[[${linkName(titleOfFile(name))}]]`);
              editing.current?.insert(links.join('\n'));
            },
            onCompose: (isOn) => saver.compose(isOn),
          }}
        />
        {view !== 'write' && (
          <Reading
            isBeside={view === 'both'}
            text={text}
            find={find}
            onText={(turned) => {
              editing.current?.show(turned);
              write(turned);
            }}
          />
        )}
      </div>
      <NoteVersions
        documentId={documentId}
        current={text}
        open={showsVersions}
        onOpenChange={setShowsVersions}
        onRestore={async (content) => {
          editing.current?.show(content);
          write(content);
          await saver.flush(true);
        }}
      />
    </div>
  );
}

/** Puts pictures where the caret is; their places hold words until they are kept. */
function usePictures(
  documentId: string,
  saver: NoteSaver,
  field: { readonly current: NoteFieldHandle | null },
) {
  const t = useText();
  const [problem, setProblem] = useState<string>();
  const addPictures = async (files: readonly File[]) => {
    setProblem(undefined);
    // The field says itself where it cannot be had.
    const editing: Editing | undefined = await field.current?.open().catch(() => undefined);
    if (!editing) return;
    for (const file of files) {
      const name = file.name.replace(/\.\w+$/, '').replace(/[[\]]/g, '');
      const waiting = `![Adding ${name}…]()`;
      editing.insert(waiting);
      try {
        // A picture belongs to a note that is there.
        if (saver.revision === 0) await saver.flush();
        editing.replace(waiting, `![${name}](${await sendPicture(documentId, file)})`);
      } catch (error) {
        editing.replace(waiting, '');
        setProblem(sentenceOf(error, t));
      }
    }
  };
  return { problem, addPictures };
}

/** Most notes are only written. */
const NotePreview = dynamic(() => import('./note-preview').then((module) => module.NotePreview));

type ReadingProps = { isBeside: boolean; text: string; find: FindTarget; onText: (text: string) => void };

const Reading = ({ isBeside, text, find, onText }: ReadingProps) => {
  const t = useText();
  return (
    <section
      aria-label={t('How it reads')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls and must be reachable by keyboard.
      tabIndex={0}
      className={clsx(
        'min-h-0 overflow-y-auto px-5 pt-5 pb-16 md:px-8',
        isBeside && 'max-lg:border-rule max-lg:border-t lg:border-rule lg:border-l',
      )}
    >
      <div className="mx-auto max-w-170">
        <NotePreview text={text} find={find} onText={onText} />
      </div>
    </section>
  );
};

type HeaderProps = {
  documentId: string;
  title: string;
  state: SaverState;
  /** Nothing was written yet, so nothing is saved. */
  isBlank: boolean;
  view: View;
  onView: (view: View) => void;
  onVersions: () => void;
};

function NoteHeader({ documentId, title, state, isBlank, view, onView, onVersions }: HeaderProps) {
  const t = useText();
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-2 border-rule border-b py-1 pr-2 pl-5 md:min-h-14 md:pr-3 md:pl-6">
      <Link
        href={paths.library}
        className="mr-1 hidden min-h-6 items-center rounded-2 text-ink-3 text-xs hover:text-ink hover:underline md:flex"
      >
        {t('Library')}
      </Link>
      <h1 title={title} className="min-w-0 flex-1 truncate font-notes font-semibold text-md leading-5.5">
        {title}
      </h1>
      <p role="status" className="text-ink-3 text-xs">
        {state.name === 'failed' ? t('Not saved') : !isBlank && t(SAID[state.name])}
      </p>
      <fieldset className="ml-auto flex items-center">
        <legend className="sr-only">{t('What is shown')}</legend>
        {VIEWS.map(({ view: one, label, icon: Icon }) => (
          <Tooltip key={one} text={t(label)}>
            <IconButton
              label={t(label)}
              aria-pressed={view === one}
              className={clsx(
                view === one && 'bg-sunk text-ink',
                // On a phone there is no room for both.
                one === 'both' && view !== one && 'max-md:hidden',
              )}
              onClick={() => onView(one)}
            >
              <Icon aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
            </IconButton>
          </Tooltip>
        ))}
        <MoreMenu about={title}>
          <MenuItem icon={History} onSelect={onVersions}>
            {t('Earlier versions')}
          </MenuItem>
          <MenuLink icon={Download} href={api.file(documentId)} download>
            {t('Take it along as Markdown')}
          </MenuLink>
        </MoreMenu>
      </fieldset>
    </header>
  );
}

/** What went wrong or needs a decision; nothing is lost meanwhile. */
function Remarks({
  state,
  saver,
  problem,
}: {
  state: SaverState;
  saver: NoteSaver;
  problem: string | undefined;
}) {
  const t = useText();
  const strip = 'mx-3 mt-2 md:mx-4';
  if (state.name === 'conflict') {
    return (
      <Strip
        tone="bad"
        className={strip}
        action={
          <span className="flex flex-wrap gap-2">
            <Button size="sm" onClick={() => void saver.resolve('both')}>
              {t('Keep both')}
            </Button>
            <Button size="sm" variant="quiet" onClick={() => void saver.resolve('mine')}>
              {t('Keep mine')}
            </Button>
            <Button size="sm" variant="quiet" onClick={() => void saver.resolve('theirs')}>
              {t('Take the other')}
            </Button>
          </span>
        }
      >
        {t(
          'The same lines were changed in another tab or on another device. What you do not take stays under Earlier versions.',
        )}
      </Strip>
    );
  }
  if (state.name === 'gone') {
    return (
      <Strip tone="bad" className={strip}>
        {t('This note was deleted elsewhere. Your text is still here: copy what you need.')}
      </Strip>
    );
  }
  if (state.name === 'failed') {
    return (
      <Strip tone="bad" className={strip} onRetry={() => saver.flush()}>
        {t.fault(state)}
      </Strip>
    );
  }
  return problem === undefined ? null : (
    <Strip tone="bad" className={strip}>
      {problem}
    </Strip>
  );
}
