'use client';

import { Keyboard } from 'lucide-react';
import { useActionState } from 'react';
import { useText } from '#use-text';
import { continueAsDemo } from '@/app/auth/actions';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';

/** One press into sample notes. Rendered only where the environment names a demo student. */
export function DemoEntry({ next }: { next: string }) {
  const t = useText();
  const [state, submit, pending] = useActionState(continueAsDemo, {});
  return (
    <form action={submit} className="mt-8 border-rule border-t pt-5">
      <input type="hidden" name="next" value={next} />
      <p className="flex gap-3 text-ink-2">
        <Keyboard aria-hidden="true" className="mt-0.5 size-4.5 shrink-0" strokeWidth={1.75} />
        {t('Look around with sample notes first. No account needed.')}
      </p>
      <Button type="submit" variant="line" busy={pending} className="mt-3 w-full">
        {t('Continue as the demo student')}
      </Button>
      <ProblemText problem={state.error} className="mt-2" />
    </form>
  );
}
