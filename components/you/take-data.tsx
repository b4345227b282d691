'use client';

import { useEffect, useState } from 'react';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Button, buttonClass } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { ProgressBar } from '@/components/ui/progress-bar';
import { momentInWords } from '@/lib/calendar/words';
import type { AccountExport } from '@/lib/domain/account-export';
import { api } from '@/lib/links';

const LOOK_AGAIN_MS = 2_000;
const WORDS: Partial<Record<AccountExport['status'], string>> = {
  error: 'The file could not be made. Try again.',
  expired: 'The last file is gone: it is kept for a day.',
};

/** One file with everything, made in the background. */
export function TakeData({ initial }: { initial: AccountExport }) {
  const [found, setFound] = useState(initial);
  const ask = useAction(async () =>
    setFound(await requestJson<AccountExport>(api.accountExport, { method: 'POST' })),
  );
  const isWorking = found.status === 'queued' || found.status === 'running';
  useEffect(() => {
    if (!isWorking) return;
    const timer = setInterval(() => {
      // Without an answer it looks again a moment later.
      requestJson<AccountExport>(api.accountExport).then(setFound, () => undefined);
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isWorking]);
  return (
    <div className="grid gap-3">
      <p className="text-ink-2">
        One file with your documents, conversations, cards, quizzes, plans and everything else that is kept of
        you.
      </p>
      <div role="status" className="grid gap-2">
        {isWorking && (
          <>
            <p className="text-ink-2">Making your file. You may leave this page.</p>
            <ProgressBar label="Your file" percent={found.progress} />
          </>
        )}
        {WORDS[found.status] && <p className="text-ink-2">{WORDS[found.status]}</p>}
        {found.url && found.expiresAt && (
          <p className="flex flex-wrap items-center gap-3">
            <a href={found.url} download className={buttonClass({ variant: 'primary' })}>
              Download my data
            </a>
            <span className="text-ink-2 text-xs" suppressHydrationWarning>
              Until {momentInWords(found.expiresAt, 'dayOfYear')}
            </span>
          </p>
        )}
      </div>
      <ProblemText problem={ask.problem} />
      {!isWorking && (
        <p>
          <Button onClick={() => ask.run()} busy={ask.pending}>
            {found.url ? 'Make it anew' : 'Take my data'}
          </Button>
        </p>
      )}
    </div>
  );
}
