'use client';

import { clsx } from 'clsx';
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type TextareaHTMLAttributes,
  useId,
} from 'react';

type FieldProps = {
  label: string;
  /** Keeps the label for screen readers only, where a heading beside the field already says it. */
  labelHidden?: boolean;
  hint?: string | undefined;
  error?: string | undefined;
};
type DrawnField = { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined };

/** A label, what it names, and the sentence tied to it: an error, else a hint. */
function Field({
  label,
  labelHidden,
  hint,
  error,
  errorRole,
  draw,
}: FieldProps & { errorRole?: 'alert'; draw: (field: DrawnField) => ReactNode }) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'mb-1.5 block font-semibold'}>
        {label}
      </label>
      {draw({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': note ? `${id}-note` : undefined,
      })}
      {note && (
        <p
          id={`${id}-note`}
          role={error ? errorRole : undefined}
          className={clsx('mt-1.5 text-xs', error ? 'text-brick' : 'text-ink-3')}
        >
          {note}
        </p>
      )}
    </div>
  );
}

const edge = (error: string | undefined) => (error ? 'border-brick' : 'border-edge');

export type TextFieldProps = FieldProps &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'list'> & {
    /** What is there already; anything else may be written too. */
    options?: readonly string[];
    ref?: Ref<HTMLInputElement>;
  };

/** A labelled input whose error is a sentence tied to it. */
export function TextField({ label, labelHidden, hint, error, options, className, ...rest }: TextFieldProps) {
  const listId = useId();
  return (
    <Field
      {...{ label, labelHidden, hint, error }}
      draw={(field) => (
        <>
          <input
            {...rest}
            {...field}
            list={options && listId}
            className={clsx(
              'block h-12 w-full min-w-0 rounded-2 border bg-page px-3.5 text-md',
              edge(error),
              className,
            )}
          />
          {options && (
            <datalist id={listId}>
              {options.map((option) => (
                <option key={option} value={option} />
              ))}
            </datalist>
          )}
        </>
      )}
    />
  );
}

type TextAreaProps = FieldProps &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'> & { ref?: Ref<HTMLTextAreaElement> };

/** A labelled text of several lines; its error is said at once. */
export const TextArea = ({ label, labelHidden, hint, error, className, ...rest }: TextAreaProps) => (
  <Field
    {...{ label, labelHidden, hint, error }}
    errorRole="alert"
    draw={(field) => (
      <textarea
        dir="auto"
        {...rest}
        {...field}
        className={clsx(
          'block w-full min-w-0 rounded-2 border bg-page px-3.5 py-2.5 text-md',
          edge(error),
          className,
        )}
      />
    )}
  />
);
