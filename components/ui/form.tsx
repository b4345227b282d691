import type { FormHTMLAttributes } from 'react';

/** What stands in a field, without the space around it. */
export type ReadField = (name: string) => string;

type FormProps = Omit<FormHTMLAttributes<HTMLFormElement>, 'onSubmit'> & {
  onSend: (read: ReadField, form: HTMLFormElement) => unknown;
  /** Escape leaves everything as it was. */
  onLeave?: () => void;
};

/** A form that a script sends: the page stays. */
export function Form({ onSend, onLeave, onKeyDown, ...rest }: FormProps) {
  return (
    <form
      {...rest}
      onSubmit={(event) => {
        event.preventDefault();
        const fields = new FormData(event.currentTarget);
        onSend((name) => String(fields.get(name) ?? '').trim(), event.currentTarget);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onLeave?.();
        onKeyDown?.(event);
      }}
    />
  );
}
