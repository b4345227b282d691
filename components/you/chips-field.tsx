'use client';

import { X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react';
import { useText } from '#use-text';
import { useSettledRows } from '@/components/client/use-first-press';
import { Button } from '@/components/ui/button';
import { isChoosingWord } from '@/components/ui/use-hotkeys';
import { MAX_SUBJECTS } from '@/lib/domain/bounds';

type ChipsFieldProps = {
  /** What one entry is, to name the buttons. */
  noun: string;
  label: string;
  hint: string;
  values: readonly string[];
  maxCharacters: number;
  onChange: (values: string[]) => void;
  id?: string;
};

/** What is typed, by its commas, without what is there already. */
function withAdded(values: readonly string[], text: string, maxCharacters: number): string[] {
  const known = new Set(values.map((value) => value.toLocaleLowerCase()));
  const added = text
    .split(',')
    .map((entry) => entry.trim().slice(0, maxCharacters))
    .filter((entry) => {
      const key = entry.toLocaleLowerCase();
      return entry !== '' && !known.has(key) && known.add(key);
    });
  return [...values, ...added].slice(0, MAX_SUBJECTS);
}

function Chips({ values, onRemove }: { values: readonly string[]; onRemove: (value: string) => void }) {
  const t = useText();
  const list = useRef<HTMLUListElement>(null);
  useSettledRows(list, values.length);
  if (values.length === 0) return null;
  return (
    <ul ref={list} className="mb-2 flex flex-wrap gap-1.5">
      {values.map((value) => (
        <li key={value} className="inline-flex max-w-full items-center rounded-2 bg-sunk pl-2.5 font-medium">
          <span className="min-w-0 py-1.5 wrap-anywhere">{value}</span>
          <button
            type="button"
            aria-label={t('Remove {value}', { value })}
            onClick={() => onRemove(value)}
            className="grid size-9 shrink-0 place-items-center rounded-2 text-ink-3 hover:text-ink md:size-8"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Several short lines, each to be taken away again. Enter or a comma adds what is typed. */
export function ChipsField({ noun, label, hint, values, maxCharacters, onChange, id }: ChipsFieldProps) {
  const t = useText();
  const made = useId();
  const field = id ?? made;
  const input = useRef<HTMLInputElement>(null);
  return (
    <div>
      <label htmlFor={field} className="mb-1.5 block font-semibold">
        {label}
      </label>
      <Chips
        values={values}
        onRemove={(removed) => {
          onChange(values.filter((kept) => kept !== removed));
          input.current?.focus();
        }}
      />
      <ChipInput
        ref={input}
        id={field}
        noun={noun}
        maxCharacters={maxCharacters}
        onAdd={(text) => {
          const more = withAdded(values, text, maxCharacters);
          if (more.length > values.length) onChange(more);
        }}
        onTakeBack={() => onChange(values.slice(0, -1))}
      />
      <p id={`${field}-hint`} className="mt-1.5 text-ink-3 text-xs">
        {values.length >= MAX_SUBJECTS
          ? t('At most {value}. Remove one to add another.', { value: MAX_SUBJECTS })
          : hint}
      </p>
    </div>
  );
}

type ChipInputProps = {
  ref: RefObject<HTMLInputElement | null>;
  id: string;
  noun: string;
  maxCharacters: number;
  onAdd: (text: string) => void;
  onTakeBack: () => void;
};

function ChipInput({ ref, id, noun, maxCharacters, onAdd, onTakeBack }: ChipInputProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const add = () => {
    onAdd(typed);
    setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isChoosingWord(event.nativeEvent)) return;
    if (event.key === 'Enter' || event.key === ',') {
      // Enter in an empty field saves the form, as in any other.
      if (typed.trim() === '' && event.key === 'Enter') return;
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && typed === '') {
      onTakeBack();
    }
  };
  return (
    <div className="flex gap-2">
      <input
        ref={ref}
        id={id}
        value={typed}
        maxLength={maxCharacters}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        className="block h-12 w-full min-w-0 rounded-2 border border-edge bg-page px-3.5 text-md"
      />
      <Button
        className="shrink-0 md:min-h-12"
        onClick={() => {
          add();
          ref.current?.focus();
        }}
      >
        {t.rich('Add <span>{noun}</span>', {
          noun,
          span: (words) => <span className="sr-only">{words}</span>,
        })}
      </Button>
    </div>
  );
}
