'use client';

import { clsx } from 'clsx';
import { type InputHTMLAttributes, type Ref, useId } from 'react';

export type TextFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> & {
  label: string;
  /** Keeps the label for screen readers only, where a heading beside the field already says it. */
  labelHidden?: boolean;
  hint?: string;
  error?: string;
  ref?: Ref<HTMLInputElement>;
};

/** A labelled input whose error is a sentence tied to it. */
export function TextField({
  label,
  labelHidden = false,
  hint,
  error,
  className,
  ref,
  ...rest
}: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'mb-1.5 block font-semibold'}>
        {label}
      </label>
      <input
        {...rest}
        ref={ref}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={clsx(
          'block h-12 w-full min-w-0 rounded-2 border bg-page px-3.5 text-md',
          error ? 'border-brick' : 'border-edge',
          className,
        )}
      />
      {note && (
        <p id={`${id}-note`} className={clsx('mt-1.5 text-xs', error ? 'text-brick' : 'text-ink-3')}>
          {note}
        </p>
      )}
    </div>
  );
}
