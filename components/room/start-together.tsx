'use client';

import { useRouter } from 'next/navigation';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { Button, type ButtonSize, type ButtonVariant } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { openRoomOfNudge } from './requests';

type StartTogetherProps = {
  /** An invitation to study, sent or received. */
  nudgeId: string;
  label?: string;
  size?: ButtonSize;
  variant?: ButtonVariant;
};

/** Into the room of an invitation: both sides come into the same one, whoever is first waits there. */
export function StartTogether({ nudgeId, label, size, variant = 'line' }: StartTogetherProps) {
  const t = useText();
  const router = useRouter();
  const go = useAction(async () => router.push(await openRoomOfNudge(nudgeId)), { leaves: true });
  return (
    <>
      <Button variant={variant} size={size} busy={go.pending} onClick={() => void go.run()}>
        {label ?? t('Go to the room')}
      </Button>
      <ProblemText problem={go.problem} />
    </>
  );
}
