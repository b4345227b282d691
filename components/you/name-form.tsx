'use client';

import { useActionState } from 'react';
import { saveName } from '@/app/(app)/you/actions';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';

export function NameForm({ name }: { name: string }) {
  const [state, submit, pending] = useActionState(saveName, {});
  return (
    <form action={submit} className="flex flex-wrap items-start gap-2">
      <div className="min-w-0 flex-1 basis-60">
        <TextField
          label="Name"
          name="name"
          defaultValue={name}
          maxLength={80}
          autoComplete="given-name"
          hint="What I call you"
          error={state.error}
        />
      </div>
      <Button type="submit" busy={pending} className="mt-7 md:min-h-12">
        Save
      </Button>
      <p role="status" className="basis-full text-ink-2 text-xs">
        {state.saved && !pending ? 'Saved' : ''}
      </p>
    </form>
  );
}
