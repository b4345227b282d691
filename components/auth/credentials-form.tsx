'use client';

import { useActionState, useEffect, useRef } from 'react';
import { useText } from '#use-text';
import type { AuthFormState } from '@/app/auth/actions';
import { useKeptWords } from '@/components/client/kept-words';
import { Button } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { TextField, type TextFieldProps } from '@/components/ui/text-field';
import { MAX_NAME_CHARACTERS } from '@/lib/domain/bounds';
import { type Message, text } from '@/lib/language/text';

type Field = Omit<TextFieldProps, 'label' | 'hint' | 'name'> & {
  name: 'name' | 'email' | 'password' | 'oldPassword';
  label: Message;
  hint?: Message;
};

const FIELDS = {
  name: {
    label: text('First name'),
    name: 'name',
    autoComplete: 'given-name',
    maxLength: MAX_NAME_CHARACTERS,
    hint: text('Optional'),
  },
  email: {
    label: text('Email'),
    name: 'email',
    type: 'email',
    autoComplete: 'email',
    inputMode: 'email',
    spellCheck: false,
    required: true,
  },
  password: {
    label: text('Password'),
    name: 'password',
    type: 'password',
    autoComplete: 'current-password',
    required: true,
  },
  'old-password': {
    label: text('Present password'),
    name: 'oldPassword',
    type: 'password',
    autoComplete: 'current-password',
    required: true,
  },
  'new-password': {
    label: text('Password'),
    name: 'password',
    type: 'password',
    autoComplete: 'new-password',
    required: true,
    hint: text('At least 8 characters'),
  },
} as const satisfies Record<string, Field>;

type CredentialsFormProps = {
  action: (state: AuthFormState, form: FormData) => Promise<AuthFormState>;
  submit: string;
  next: string;
  /** Which fields the form has, in order. */
  fields: readonly (keyof typeof FIELDS)[];
  /** What the email that is then on its way is for; it stands where the form was. */
  sentNote?: string;
};

/** Email and password in the variants the account pages need. Works before scripts have loaded. */
export function CredentialsForm({ action, submit, next, fields, sentNote }: CredentialsFormProps) {
  const t = useText();
  const [state, submitForm, pending] = useActionState(action, {});
  const form = useRef<HTMLFormElement>(null);
  useKeptWords('');

  useEffect(() => {
    if (state.field) form.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
  }, [state]);

  if (state.sentTo && sentNote) {
    return (
      <Strip>
        {t.rich('I sent a link to <span>{sentTo}</span>. {sentNote}', {
          sentTo: state.sentTo,
          span: (words) => <span className="font-semibold">{words}</span>,
          sentNote,
        })}
      </Strip>
    );
  }
  // What the form was opened without, because it was opened soon after signing in, may be needed by now.
  const needsOld = state.field === 'oldPassword' && !fields.includes('old-password');
  const shown = needsOld ? (['old-password', ...fields] as const) : fields;
  return (
    <form ref={form} action={submitForm} className="grid gap-4" noValidate>
      <input type="hidden" name="next" value={next} />
      {state.error && !state.field && <Strip tone="bad">{t.fault({ message: state.error })}</Strip>}
      {shown.map((field) => {
        const { label, hint, name, ...input }: Field = FIELDS[field];
        return (
          <TextField
            key={field}
            {...input}
            name={name}
            label={t(label)}
            hint={hint && t(hint)}
            defaultValue={name === 'name' || name === 'email' ? state[name] : undefined}
            error={state.field === name && state.error ? t.fault({ message: state.error }) : undefined}
          />
        );
      })}
      <Button type="submit" variant="primary" size="lg" busy={pending} className="mt-2 w-full">
        {submit}
      </Button>
    </form>
  );
}
