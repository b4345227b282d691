'use client';

import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { useSWRConfig } from 'swr';
import { sentenceOf } from '@/components/client/request';
import { Button, buttonClass } from '@/components/ui/button';
import { api, paths } from '@/lib/links';
import { unblockPerson } from './requests';

type BlockedProps = { userId: string; name: string; onUndone: () => void };

/** What blocking did, and the way back. */
export function Blocked({ userId, name, onUndone }: BlockedProps) {
  const { mutate } = useSWRConfig();
  const heading = useRef<HTMLHeadingElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  // The menu that had the focus is gone.
  useEffect(() => heading.current?.focus(), []);

  const undo = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await unblockPerson(userId);
      void mutate(api.people);
      void mutate(api.blocked);
      onUndone();
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };

  return (
    <div className="px-5 py-6 md:px-7">
      <h2 ref={heading} tabIndex={-1} className="font-semibold text-lg outline-none wrap-anywhere">
        {name} is blocked
      </h2>
      <p className="mt-1 mb-4 text-ink-2 text-md">
        Neither of you sees the other any more, and no message gets through. {name} is not told. You find
        everybody you blocked under You.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" busy={busy} onClick={() => void undo()}>
          Undo
        </Button>
        <Link href={paths.people} className={buttonClass({ variant: 'quiet' })}>
          Back to People
        </Link>
      </div>
      {problem && (
        <p role="alert" className="mt-2 text-brick text-xs">
          {problem}
        </p>
      )}
    </div>
  );
}
