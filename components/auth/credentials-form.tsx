'use client';

import { useActionState, useEffect, useRef } from 'react';
import type { AuthFormState } from '@/app/auth/actions';
import { Button } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { TextField } from '@/components/ui/text-field';
import { MAX_NAME_CHARACTERS } from '@/lib/domain/bounds';

export type CredentialsFormProps = {
  action: (state: AuthFormState, form: FormData) => Promise<AuthFormState>;
  submit: string;
  next: string;
  /** Which fields the form has, in order. */
  fields: readonly ('name' | 'email' | 'password' | 'new-password')[];
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
  const errorOf = (field: AuthFormState['field']) => (state.field === field ? state.error : undefined);
  return (
    <form ref={form} action={submitForm} className="grid gap-4" noValidate>
      <input type="hidden" name="next" value={next} />
      {state.error && !state.field && <Strip tone="bad">{state.error}</Strip>}
      {fields.includes('name') && (
        <TextField
          label="First name"
          name="name"
          defaultValue={state.name}
          autoComplete="given-name"
          maxLength={MAX_NAME_CHARACTERS}
          hint="Optional"
        />
      )}
      {fields.includes('email') && (
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="email"
          inputMode="email"
          spellCheck={false}
          required
          defaultValue={state.email}
          error={errorOf('email')}
        />
      )}
      {fields.includes('password') && (
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={errorOf('password')}
        />
      )}
      {fields.includes('new-password') && (
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          hint="At least 8 characters"
          error={errorOf('password')}
        />
      )}
      <Button type="submit" variant="primary" size="lg" busy={pending} className="mt-2 w-full">
        {submit}
      </Button>
    </form>
  );
}
