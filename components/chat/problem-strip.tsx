'use client';

import { WifiOff } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { RequestError } from '@/components/client/request';
import { TextButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Strip } from '@/components/ui/strip';
import { isWorthAgain } from '@/lib/errors';
import { paths, withNext } from '@/lib/links';

/** What the strip above the box says, and the one thing to do about it. */
export type Problem = {
  text: string;
  code: string;
  action: 'retry' | 'follow' | 'continue' | 'go-on' | 'sign-in' | 'none';
  traceId?: string;
};

const NO_CONNECTION: Problem = {
  text: 'The connection did not hold. Your question is kept in the box.',
  code: 'offline',
  action: 'retry',
};

const APPROVAL_LOST: Problem = {
  text: 'The connection did not hold, and your answer may not have arrived. Give it again.',
  code: 'offline',
  action: 'none',
};

export const BROKEN_OFF: Problem = {
  text: 'The answer broke off. What arrived is kept.',
  code: 'broken_off',
  action: 'continue',
};

const ACTIONS: Partial<Record<string, Problem['action']>> = {
  turn_in_progress: 'follow',
  conflict: 'follow',
  unauthenticated: 'sign-in',
  thread_full: 'go-on',
};

/** The sentence for an answer that never began. Only sentences written for students are shown, never raw errors. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof RequestError)) return NO_CONNECTION;
  const { message, code, traceId } = error;
  return {
    text: message,
    code,
    action: ACTIONS[code] ?? (isWorthAgain(code) ? 'retry' : 'none'),
    ...(traceId === undefined ? {} : { traceId }),
  };
}

/** The same for a yes or no: its card stands there again, so that there is nothing else to press. */
export function problemOfApproval(error: unknown): Problem {
  const problem = problemOf(error);
  if (problem === NO_CONNECTION) return APPROVAL_LOST;
  return problem.action === 'retry' ? { ...problem, action: 'none' } : problem;
}

const LABELS = { retry: 'Try again', follow: 'Show it', continue: 'Continue', 'go-on': 'Go on in a new one' };
const CALM = new Set([
  'quota_exceeded',
  'limit_reached',
  'thread_full',
  'rate_limited',
  'turn_in_progress',
  'overloaded',
  'chat_disabled',
  'message_declined',
  'offline',
  'trying',
]);

type ProblemStripProps = { problem: Problem; verbs: Record<keyof typeof LABELS, () => unknown> };

/** What happened, what is kept, one verb. */
export function ProblemStrip({ problem: { action, code, text, traceId }, verbs }: ProblemStripProps) {
  const pathname = usePathname();
  return (
    <Strip
      tone={CALM.has(code) ? 'calm' : 'bad'}
      {...(code === 'offline' ? { icon: WifiOff } : {})}
      className="mb-3"
      action={
        action === 'sign-in' ? (
          <Link href={withNext(paths.signIn, pathname)} className="link">
            Sign in
          </Link>
        ) : action === 'none' ? undefined : (
          <TextButton className="min-h-6 font-semibold" onClick={() => verbs[action]()}>
            {LABELS[action]}
          </TextButton>
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
