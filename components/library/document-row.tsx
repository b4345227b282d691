'use client';

import { ExternalLink, FileText, NotebookText, Presentation, Table2 } from 'lucide-react';
import { mutate } from 'swr';
import { requestJson } from '@/components/client/request';
import { DocumentActItems, DocumentActs } from '@/components/make/document-acts';
import { EditableRow } from '@/components/ui/editable-row';
import { MenuLink } from '@/components/ui/menu';
import { RowForm } from '@/components/ui/row-form';
import { TextField } from '@/components/ui/text-field';
import { inWords } from '@/lib/calendar/words';
import { MAX_LABEL_CHARACTERS, MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import { kindOfName } from '@/lib/ingestion/kinds';
import { api, paths } from '@/lib/links';
import { accountSentences } from '@/lib/study/account';
import { extentOf } from '@/lib/study/locator';
import { activityOf, isReread, type LibraryDocument } from './documents';
import { formatBytes } from './file-check';
import { deferredDelete } from './stores';

type DocumentRowProps = { document: LibraryDocument; courses: readonly string[] };

/** A document that can be answered from. */
export function DocumentRow({ document, courses }: DocumentRowProps) {
  const { id, title, fileName, sizeBytes, error } = document;
  const isNote = document.sourceType === 'note';
  const told = accountSentences(document.account, document.locator).join(' ');
  const about = [
    isNote ? 'Your note' : extentOf(document),
    sizeBytes === null ? undefined : formatBytes(sizeBytes),
    document.sourceUrl === null || document.fetchedAt === null
      ? undefined
      : `${new URL(document.sourceUrl).hostname}, read ${inWords(document.fetchedAt.slice(0, 10), 'dayOfYear')}`,
    isReread(document) ? `${activityOf(document)}, ${document.progress}%` : undefined,
  ];
  return (
    <EditableRow
      id={id}
      name={title}
      href={isNote ? paths.note(id) : paths.document(id)}
      icon={<FileGlyph fileName={fileName} />}
      about={about.filter(Boolean).join(' · ')}
      aside={<DocumentActs docId={id} title={title} className="hidden md:flex" />}
      columns="grid-cols-[24px_minmax(0,1fr)_auto] md:grid-cols-[24px_minmax(0,1fr)_auto_36px]"
      change={{
        label: isNote ? 'Change course' : 'Change title or course',
        editor: (close) => <DocumentEditor document={document} courses={courses} onClose={close} />,
      }}
      items={
        <>
          <DocumentActItems docId={id} title={title} />
          <MenuLink icon={ExternalLink} href={api.file(id)} target="_blank" rel="noreferrer">
            {isNote ? 'Take it along as Markdown' : 'Open the original'}
          </MenuLink>
        </>
      }
      deletions={deferredDelete}
      whatElse="passages"
    >
      {told !== '' && <p className="text-ink-2 text-xs">{told}</p>}
      {error && (
        <p className="text-ink-2 text-xs">
          {error.code !== 'embedding_unusable' &&
            'I could not read it anew and go on with what I read before. '}
          {error.message}
        </p>
      )}
    </EditableRow>
  );
}

type DocumentEditorProps = { document: LibraryDocument; courses: readonly string[]; onClose: () => void };

function DocumentEditor({ document, courses, onClose }: DocumentEditorProps) {
  return (
    <RowForm
      onClose={onClose}
      onSave={async (read) => {
        const [title, course] = [read('title'), read('course') || null];
        if (title === '') throw new Error('Give it a title.');
        if (title === document.title && course === document.course) return;
        await requestJson(api.document(document.id), { method: 'PATCH', body: { title, course } });
        const replace = (documents: LibraryDocument[] | undefined) =>
          documents?.map((other) => (other.id === document.id ? { ...other, title, course } : other));
        await mutate<LibraryDocument[]>(api.documents, replace, { revalidate: true });
      }}
      fields={(problem) => (
        <>
          <TextField
            label="Title"
            name="title"
            defaultValue={document.title}
            maxLength={MAX_TITLE_CHARACTERS}
            autoFocus
            autoComplete="off"
            error={problem}
            className="font-notes"
          />
          <TextField
            label="Course"
            name="course"
            defaultValue={document.course ?? ''}
            maxLength={MAX_LABEL_CHARACTERS}
            options={courses}
            autoComplete="off"
          />
        </>
      )}
    />
  );
}

/** Rows are a table, Markdown is notes, everything else is a page of text. */
export function FileGlyph({ fileName }: { fileName: string | null }) {
  const kind = kindOfName(fileName ?? '');
  const Icon =
    kind?.locator === 'row' || kind?.locator === 'sheet'
      ? Table2
      : kind?.locator === 'slide'
        ? Presentation
        : kind?.reader === 'text'
          ? NotebookText
          : FileText;
  return <Icon aria-hidden="true" className="size-4.5 shrink-0 text-ink-3" strokeWidth={1.75} />;
}
