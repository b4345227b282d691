'use client';

import { type FormEvent, useId, useState } from 'react';
import { mutate } from 'swr';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { MAX_LABEL_CHARACTERS, MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import { api } from '@/lib/links';
import type { LibraryDocument } from './documents';
import { changeDocument } from './requests';

type DocumentEditorProps = { document: LibraryDocument; courses: readonly string[]; onClose: () => void };

/** Title and course, changed in place. Escape leaves it as it was. */
export function DocumentEditor({ document, courses, onClose }: DocumentEditorProps) {
  const listId = useId();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const title = String(form.get('title') ?? '').trim();
    const course = String(form.get('course') ?? '').trim() || null;
    if (title === '') return setError('Give it a title.');
    if (title === document.title && course === document.course) return onClose();
    setBusy(true);
    try {
      await changeDocument(document.id, { title, course });
      const replace = (documents: LibraryDocument[] | undefined) =>
        documents?.map((other) => (other.id === document.id ? { ...other, title, course } : other));
      await mutate<LibraryDocument[]>(api.documents, replace, { revalidate: true });
      onClose();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'It could not be saved. Try again.');
      setBusy(false);
    }
  };

  return (
    <form
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
      className="grid items-start gap-3 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_auto]"
    >
      <TextField
        label="Title"
        name="title"
        defaultValue={document.title}
        maxLength={MAX_TITLE_CHARACTERS}
        autoFocus
        autoComplete="off"
        error={error}
        className="font-notes"
      />
      <TextField
        label="Course"
        name="course"
        defaultValue={document.course ?? ''}
        maxLength={MAX_LABEL_CHARACTERS}
        list={listId}
        autoComplete="off"
      />
      <datalist id={listId}>
        {courses.map((course) => (
          <option key={course} value={course} />
        ))}
      </datalist>
      <div className="flex gap-2 md:pt-7.5">
        <Button type="submit" variant="line" busy={busy}>
          Save
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
