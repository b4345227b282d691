'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { CourseDot } from '@/components/library/course-colors';
import { type LibraryDocument, matchesFind } from '@/components/library/documents';
import { TextField } from '@/components/ui/text-field';
import { MAX_CHOSEN_DOCUMENTS } from '@/lib/domain/turn';

/** Of what something is made, or where it is looked for: all notes, a course, or some documents. */
export type Chosen = { course: string | null; docIds: readonly string[] };
/** The same with what it is called. */
export type Scope = Chosen & { title: string };
export const EVERYTHING: Chosen = { course: null, docIds: [] };

/** More than these are found by their names. */
const WITHOUT_FINDING = 8;
const MOST_SHOWN = 60;

type PickerProps = {
  documents: readonly LibraryDocument[];
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  /** Those that were chosen when it was opened stand first. */
  first?: readonly string[];
};

/** Chooses among the student's notes. */
export function DocumentPicker({ documents, chosen, onChoose, first = [] }: PickerProps) {
  const t = useText();
  const [query, setQuery] = useState('');
  const asked = query.trim();
  const courses = [...new Set(documents.flatMap(({ course }) => course ?? []))].sort();
  const found = asked === '' ? documents : documents.filter((document) => matchesFind(document, asked));
  const shown = [
    ...found.filter(({ id }) => first.includes(id)),
    ...found.filter(({ id }) => !first.includes(id)),
  ].slice(0, MOST_SHOWN);
  const isAll = chosen.course === null && chosen.docIds.length === 0;
  const toggle = (id: string) => {
    const others = chosen.docIds.filter((other) => other !== id);
    onChoose({ course: null, docIds: others.length < chosen.docIds.length ? others : [...others, id] });
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-semibold">{t('From')}</legend>
      {documents.length > WITHOUT_FINDING && (
        <div className="mb-2">
          <TextField
            label={t('Find a document')}
            labelHidden
            placeholder={t('Find a document')}
            autoComplete="off"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            // Enter finds; it makes nothing yet.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        </div>
      )}
      <div className="max-h-[34dvh] overflow-y-auto rounded-2 border border-rule">
        {asked === '' && (
          <Choice isOne name={t('All my notes')} checked={isAll} onPick={() => onChoose(EVERYTHING)} />
        )}
        {asked === '' &&
          courses.map((course) => (
            <Choice
              key={course}
              isOne
              name={course}
              course={course}
              about={t('{count, plural, one {# document} other {# documents}}', {
                count: documents.filter((document) => document.course === course).length,
              })}
              checked={chosen.course === course}
              onPick={() => onChoose({ course, docIds: [] })}
            />
          ))}
        {shown.map(({ id, title, course }) => (
          <Choice
            key={id}
            name={title}
            course={course}
            isNotes
            checked={chosen.docIds.includes(id)}
            disabled={chosen.docIds.length >= MAX_CHOSEN_DOCUMENTS && !chosen.docIds.includes(id)}
            onPick={() => toggle(id)}
          />
        ))}
        {found.length > shown.length && (
          <p className="px-3 py-2.5 text-ink-3 text-xs">
            {t('{count, plural, one {# more document} other {# more documents}}. Find them by name.', {
              count: found.length - shown.length,
            })}
          </p>
        )}
        {found.length === 0 && (
          <p className="px-3 py-2.5 text-ink-2">{t('No title has “{asked}” in it.', { asked })}</p>
        )}
      </div>
    </fieldset>
  );
}

type ChoiceProps = {
  name: string;
  /** Whose colour it bears. */
  course?: string | null;
  about?: string;
  /** One of those that stand alone. */
  isOne?: boolean;
  isNotes?: boolean;
  checked: boolean;
  disabled?: boolean;
  onPick: () => void;
};

/** A row to choose, as a whole. */
export const Choice = ({
  name,
  about,
  course = null,
  isOne = false,
  isNotes = false,
  onPick,
  ...box
}: ChoiceProps) => (
  <label className="flex min-h-11 cursor-pointer items-center gap-3 border-rule border-b px-3 py-1.5 last:border-b-0 has-[input:focus-visible]:bg-sunk has-checked:font-semibold">
    <input
      type={isOne ? 'radio' : 'checkbox'}
      {...box}
      onChange={onPick}
      className="size-4 shrink-0 accent-ink"
    />
    {course !== null && <CourseDot course={course} className="-mr-1" />}
    <span className={isNotes ? 'min-w-0 truncate font-notes' : 'min-w-0 truncate'} dir="auto">
      {name}
    </span>
    {about && <span className="ml-auto shrink-0 font-normal text-ink-3 text-xs">{about}</span>}
  </label>
);
