'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { sentenceOf } from '@/components/client/request';
import { Button, type ButtonSize, type ButtonVariant } from '@/components/ui/button';
import { openRoomOfNudge } from './requests';

type StartTogetherProps = {
  /** An invitation to study, sent or received. */
  nudgeId: string;
  label?: string;
  size?: ButtonSize;
  variant?: ButtonVariant;
};

/** Into the room of an invitation: both sides come into the same one, whoever is first waits there. */
export function StartTogether({
  nudgeId,
  label = 'Go to the room',
  size,
  variant = 'line',
}: StartTogetherProps) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const go = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      router.push(await openRoomOfNudge(nudgeId));
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        variant={variant}
        busy={busy}
        onClick={() => void go()}
        {...(size === undefined ? {} : { size })}
      >
        {label}
      </Button>
      {problem !== undefined && (
        <p role="alert" className="text-brick text-xs">
          {problem}
        </p>
      )}
    </>
  );
}
