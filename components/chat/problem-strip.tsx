'use client';

import { WifiOff } from 'lucide-react';
import Link from 'next/link';
import { CopyButton } from '@/components/ui/copy-button';
import { Strip } from '@/components/ui/strip';
import { paths } from '@/lib/links';
import type { Problem } from './problem';

type ProblemStripProps = {
  problem: Problem;
  onRetry: () => void;
  onFollow: () => void;
  onContinue: () => void;
};

/** What happened, what is kept, one verb. */
export function ProblemStrip({ problem, onRetry, onFollow, onContinue }: ProblemStripProps) {
  const verbs = {
    retry: { label: 'Try again', act: onRetry },
    follow: { label: 'Show it', act: onFollow },
    continue: { label: 'Continue', act: onContinue },
  };
  const { action, code, text, traceId } = problem;
  const isLimit = code === 'quota_exceeded' || code === 'rate_limited' || code === 'turn_in_progress';
  return (
    <Strip
      tone={isLimit || code === 'offline' ? 'calm' : 'bad'}
      {...(code === 'offline' ? { icon: WifiOff } : {})}
      className="mb-3"
      action={
        action === 'sign-in' ? (
          <Link href={paths.signIn} className="link">
            Sign in
          </Link>
        ) : action === 'none' ? undefined : (
          <button type="button" className="link min-h-6 font-semibold" onClick={verbs[action].act}>
            {verbs[action].label}
          </button>
        )
      }
    >
      {text}
      {traceId && code === 'internal' && (
        <CopyButton label={`Copy the code ${traceId}`} text={() => traceId} className="-my-2 align-middle" />
      )}
    </Strip>
  );
}
