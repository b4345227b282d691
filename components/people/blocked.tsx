'use client';

import { useEffect, useRef } from 'react';
import { useSWRConfig } from 'swr';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { Button, ButtonLink } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { api, paths } from '@/lib/links';
import { unblockPerson } from './requests';

type BlockedProps = { userId: string; name: string; onUndone: () => void };

/** What blocking did, and the way back. */
export function Blocked({ userId, name, onUndone }: BlockedProps) {
  const t = useText();
  const { mutate } = useSWRConfig();
  const heading = useRef<HTMLHeadingElement>(null);
  // The menu that had the focus is gone.
  useEffect(() => heading.current?.focus(), []);

  const undo = useAction(
    async () => {
      await unblockPerson(userId);
      void mutate(api.people);
      void mutate(api.blocked);
      onUndone();
    },
    { leaves: true },
  );

  return (
    <div className="px-5 py-6 md:px-7">
      <h2 ref={heading} tabIndex={-1} className="font-semibold text-lg outline-none wrap-anywhere">
        {t('{name} is blocked', { name })}
      </h2>
      <p className="mt-1 mb-4 text-ink-2 text-md">
        {t(
          'Neither of you sees the other any more, and no message gets through. {name} is not told. You find everybody you blocked under You.',
          { name },
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" busy={undo.pending} onClick={() => void undo.run()}>
          {t('Undo')}
        </Button>
        <ButtonLink variant="quiet" href={paths.people}>
          {t('Back to People')}
        </ButtonLink>
      </div>
      <ProblemText problem={undo.problem} className="mt-2" />
    </div>
  );
}
