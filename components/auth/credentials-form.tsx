'use client';

import { useActionState, useEffect, useRef } from 'react';
import type { AuthFormState } from '@/app/auth/actions';
import { Button } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { TextField, type TextFieldProps } from '@/components/ui/text-field';
import { MAX_NAME_CHARACTERS } from '@/lib/domain/bounds';

const FIELDS = {
  name: {
    label: 'First name',
    name: 'name',
    autoComplete: 'given-name',
    maxLength: MAX_NAME_CHARACTERS,
    hint: 'Optional',
  },
  email: {
    label: 'Email',
    name: 'email',
    type: 'email',
    autoComplete: 'email',
    inputMode: 'email',
    spellCheck: false,
    required: true,
  },
  password: {
    label: 'Password',
    name: 'password',
    type: 'password',
    autoComplete: 'current-password',
    required: true,
  },
  'old-password': {
    label: 'Present password',
    name: 'oldPassword',
    type: 'password',
    autoComplete: 'current-password',
    required: true,
  },
  'new-password': {
    label: 'Password',
    name: 'password',
    type: 'password',
    autoComplete: 'new-password',
    required: true,
    hint: 'At least 8 characters',
  },
} as const satisfies Record<string, TextFieldProps>;

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
  const [state, submitForm, pending] = useActionState(action, {});
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (state.field) form.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
  }, [state]);

  if (state.sentTo && sentNote) {
    return (
      <Strip>
        I sent a link to <span className="font-semibold">{state.sentTo}</span>. {sentNote}
      </Strip>
    );
  }
  // What the form was opened without, because it was opened soon after signing in, may be needed by now.
  const needsOld = state.field === 'oldPassword' && !fields.includes('old-password');
  const shown = needsOld ? (['old-password', ...fields] as const) : fields;
  return (
    <form ref={form} action={submitForm} className="grid gap-4" noValidate>
      <input type="hidden" name="next" value={next} />
      {state.error && !state.field && <Strip tone="bad">{state.error}</Strip>}
      {shown.map((field) => {
        const { name } = FIELDS[field];
        return (
          <TextField
            key={field}
            {...FIELDS[field]}
            defaultValue={name === 'name' || name === 'email' ? state[name] : undefined}
            error={state.field === name ? state.error : undefined}
          />
        );
      })}
      <Button type="submit" variant="primary" size="lg" busy={pending} className="mt-2 w-full">
        {submit}
      </Button>
    </form>
  );
}
