import { clsx } from 'clsx';
import { type Ref, type TextareaHTMLAttributes, useId } from 'react';
import { MAX_SIDE_CHARACTERS } from '@/lib/domain/bounds';

type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'> & {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  ref?: Ref<HTMLTextAreaElement>;
};

/** A labelled text of several lines in the face of a card, whose error is a sentence tied to it. */
export function TextArea({ label, hint, error, className, ...rest }: TextAreaProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-semibold">
        {label}
      </label>
      <textarea
        maxLength={MAX_SIDE_CHARACTERS}
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={clsx(
          'block w-full min-w-0 rounded-2 border bg-page px-3.5 py-2.5 font-notes text-md',
          error ? 'border-brick' : 'border-edge',
          className,
        )}
      />
      {note && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={clsx('mt-1.5 text-xs', error ? 'text-brick' : 'text-ink-3')}
        >
          {note}
        </p>
      )}
    </div>
  );
}
