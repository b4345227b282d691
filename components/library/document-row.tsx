'use client';

import { ExternalLink, FileText, NotebookText, Presentation, Table2 } from 'lucide-react';
import { mutate } from 'swr';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { DocumentActItems, DocumentActs } from '@/components/make/document-acts';
import { EditableRow } from '@/components/ui/editable-row';
import { MenuLink } from '@/components/ui/menu';
import { RowForm } from '@/components/ui/row-form';
import { TextField } from '@/components/ui/text-field';
import { inWords } from '@/lib/calendar/words';
import {
  MAX_LABEL_CHARACTERS,
  MAX_TAG_CHARACTERS,
  MAX_TAGS,
  MAX_TITLE_CHARACTERS,
} from '@/lib/domain/bounds';
import { kindOfName } from '@/lib/ingestion/kinds';
import { text } from '@/lib/language/text';
import { api, paths } from '@/lib/links';
import { accountSentences } from '@/lib/study/account';
import { extentOf } from '@/lib/study/locator';
import { CourseDot } from './course-colors';
import { activityOf, isReread, type LibraryDocument, tagsOf } from './documents';
import { formatBytes } from './file-check';
import { deferredDelete } from './stores';
import { VersionOffer } from './version-offer';

export type RowSelection = { isSelected: boolean; onSelect: (isRange: boolean) => void };
type DocumentRowProps = {
  document: LibraryDocument;
  courses: readonly string[];
  /** What it looks like a new version of. */
  earlier: LibraryDocument | undefined;
  /** While documents are selected, in place of what kind it is. */
  selection: RowSelection | undefined;
};

/** A document that can be answered from. */
export function DocumentRow({ document, courses, earlier, selection }: DocumentRowProps) {
  const t = useText();
  const { id, title, fileName, sizeBytes, error } = document;
  const isNote = document.sourceType === 'note';
  const told = accountSentences(document.account, document.locator, t).join(' ');
  const about = [
    isNote ? t('Your note') : extentOf(document, t),
    sizeBytes === null ? undefined : formatBytes(sizeBytes, t),
    document.sourceUrl === null || document.fetchedAt === null
      ? undefined
      : t('{hostname}, read {date}', {
          hostname: new URL(document.sourceUrl).hostname,
          date: inWords(document.fetchedAt.slice(0, 10), 'dayOfYear', t.language),
        }),
    document.tags.length > 0 ? document.tags.map((tag) => `#${tag}`).join(' ') : undefined,
    isReread(document) ? `${activityOf(document, t)}, ${document.progress}%` : undefined,
  ];
  return (
    <EditableRow
      id={id}
      name={title}
      href={isNote ? paths.note(id) : paths.document(id)}
      icon={
        selection ? (
          <SelectBox title={title} {...selection} />
        ) : (
          <span className="relative">
            <FileGlyph fileName={fileName} />
            {document.course !== null && (
              <CourseDot
                course={document.course}
                className="-right-0.5 -bottom-0.5 absolute outline-2 outline-page"
              />
            )}
          </span>
        )
      }
      about={about.filter(Boolean).join(' · ')}
      aside={<DocumentActs docId={id} title={title} className="hidden md:flex" />}
      columns="grid-cols-[24px_minmax(0,1fr)_auto] md:grid-cols-[24px_minmax(0,1fr)_auto_36px]"
      change={{
        label: isNote ? t('Change course or tags') : t('Change title, course or tags'),
        editor: (close) => <DocumentEditor document={document} courses={courses} onClose={close} />,
      }}
      items={
        <>
          <DocumentActItems docId={id} title={title} />
          <MenuLink icon={ExternalLink} href={api.file(id)} target="_blank" rel="noreferrer">
            {isNote ? t('Take it along as Markdown') : t('Open the original')}
          </MenuLink>
        </>
      }
      deletions={deferredDelete}
      goneWords={text('<span>{name}</span> and its passages are deleted.')}
    >
      <VersionOffer document={document} earlier={earlier} />
      {told !== '' && <p className="text-ink-2 text-xs">{told}</p>}
      {error && (
        <p className="text-ink-2 text-xs">
          {error.code !== 'embedding_unusable' &&
            `${t('I could not read it anew and go on with what I read before.')} `}
          {t.fault(error)}
        </p>
      )}
    </EditableRow>
  );
}

type DocumentEditorProps = { document: LibraryDocument; courses: readonly string[]; onClose: () => void };

function DocumentEditor({ document, courses, onClose }: DocumentEditorProps) {
  const t = useText();
  const isNote = document.sourceType === 'note';
  return (
    <RowForm
      onClose={onClose}
      onSave={async (read) => {
        const title = isNote ? document.title : read('title');
        const course = read('course') || null;
        const tags = tagsOf(read('tags'));
        if (title === '') throw new Error(t('Give it a title.'));
        if (title === document.title && course === document.course && tags.join() === document.tags.join())
          return;
        const body = { course, tags, ...(isNote ? {} : { title }) };
        await requestJson(api.document(document.id), { method: 'PATCH', body });
        const replace = (documents: LibraryDocument[] | undefined) =>
          documents?.map((other) => (other.id === document.id ? { ...other, title, course, tags } : other));
        await mutate<LibraryDocument[]>(api.documents, replace, { revalidate: true });
      }}
      fields={(problem) => (
        <>
          {isNote ? (
            <p className="text-ink-2 text-sm">
              {t('The title of a note is its first heading.')}
              {problem && <span className="block text-brick">{problem}</span>}
            </p>
          ) : (
            <TextField
              label={t('Title')}
              name="title"
              defaultValue={document.title}
              maxLength={MAX_TITLE_CHARACTERS}
              autoFocus
              autoComplete="off"
              error={problem}
              className="font-notes"
            />
          )}
          <TextField
            label={t('Course')}
            name="course"
            defaultValue={document.course ?? ''}
            maxLength={MAX_LABEL_CHARACTERS}
            options={courses}
            autoComplete="off"
          />
          <TextField
            label={t('Tags')}
            name="tags"
            defaultValue={document.tags.join(', ')}
            hint={t('With commas between them')}
            maxLength={MAX_TAGS * (MAX_TAG_CHARACTERS + 2)}
            autoComplete="off"
          />
        </>
      )}
    />
  );
}

/** Shift selects all from the last one that was pressed. */
const SelectBox = ({ title, isSelected, onSelect }: RowSelection & { title: string }) => {
  const t = useText();
  return (
    <label className="relative -m-3 grid size-11 place-items-center">
      <input
        type="checkbox"
        aria-label={t('Select {title}', { title })}
        checked={isSelected}
        // Whether Shift was held is known to the press alone.
        onClick={(event) => onSelect(event.shiftKey)}
        onChange={() => undefined}
        className="size-4.5 accent-(--ink)"
      />
    </label>
  );
};

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
