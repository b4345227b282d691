'use client';

import { WifiOff } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useText } from '#use-text';
import { type Fault, RequestError } from '@/components/client/request';
import { TextButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Strip } from '@/components/ui/strip';
import { isWorthAgain } from '@/lib/errors';
import { sentence, text } from '@/lib/language/text';
import { paths, withNext } from '@/lib/links';

/** What the strip above the box says, and the one thing to do about it. */
export type Problem = {
  text: string;
  said?: Fault['said'];
  code: string;
  action: 'retry' | 'follow' | 'continue' | 'go-on' | 'sign-in' | 'none';
  traceId?: string;
};

const NO_CONNECTION: Problem = {
  text: sentence('The connection did not hold. Your question is kept in the box.'),
  code: 'offline',
  action: 'retry',
};

const APPROVAL_LOST: Problem = {
  text: sentence('The connection did not hold, and your answer may not have arrived. Give it again.'),
  code: 'offline',
  action: 'none',
};

export const BROKEN_OFF: Problem = {
  text: sentence('The answer broke off. What arrived is kept.'),
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
  const { message, said, code, traceId } = error;
  return {
    text: message,
    said,
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

const LABELS = {
  retry: text('Try again'),
  follow: text('Show it'),
  continue: text('Continue'),
  'go-on': text('Go on in a new one'),
};
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
export function ProblemStrip({ problem: { action, code, text, said, traceId }, verbs }: ProblemStripProps) {
  const t = useText();
  const pathname = usePathname();
  return (
    <Strip
      tone={CALM.has(code) ? 'calm' : 'bad'}
      {...(code === 'offline' ? { icon: WifiOff } : {})}
      className="mb-3"
      action={
        action === 'sign-in' ? (
          <Link href={withNext(paths.signIn, pathname)} className="link">
            {t('Sign in')}
          </Link>
        ) : action === 'none' ? undefined : (
          <TextButton className="min-h-6 font-semibold" onClick={() => verbs[action]()}>
            {t(LABELS[action])}
          </TextButton>
        )
      }
    >
      {t.fault({ code, message: text, said })}
      {traceId && code === 'internal' && (
        <CopyButton
          label={t('Copy the code {traceId}', { traceId })}
          text={() => traceId}
          className="-my-2 align-middle"
        />
      )}
    </Strip>
  );
}
