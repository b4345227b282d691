'use client';

import { useEffect, useState } from 'react';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { useZone } from '@/components/client/use-browser-fact';
import { Button, buttonClass } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { ProgressBar } from '@/components/ui/progress-bar';
import { momentInWords } from '@/lib/calendar/words';
import type { AccountExport } from '@/lib/domain/account-export';
import { type Message, text } from '@/lib/language/text';
import { api } from '@/lib/links';

const LOOK_AGAIN_MS = 2_000;
const WORDS: Partial<Record<AccountExport['status'], Message>> = {
  error: text('The file could not be made. Try again.'),
  expired: text('The last file is gone: it is kept for a day.'),
};

/** One file with everything, made in the background. */
export function TakeData({ initial }: { initial: AccountExport }) {
  const t = useText();
  const zone = useZone();
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
  const words = WORDS[found.status];
  return (
    <div className="grid gap-3">
      <p className="text-ink-2">
        {t(
          'One file with your documents, conversations, cards, quizzes, plans and everything else that is kept of you.',
        )}
      </p>
      <div role="status" className="grid gap-2">
        {isWorking && (
          <>
            <p className="text-ink-2">{t('Making your file. You may leave this page.')}</p>
            <ProgressBar label={t('Your file')} percent={found.progress} />
          </>
        )}
        {words && <p className="text-ink-2">{t(words)}</p>}
        {found.url && found.expiresAt && (
          <p className="flex flex-wrap items-center gap-3">
            <a href={found.url} download className={buttonClass({ variant: 'primary' })}>
              {t('Download my data')}
            </a>
            <span className="text-ink-2 text-xs">
              {t('Until {time}', {
                time: momentInWords(found.expiresAt, 'dayOfYear', zone, t.language),
              })}
            </span>
          </p>
        )}
      </div>
      <ProblemText problem={ask.problem} />
      {!isWorking && (
        <p>
          <Button onClick={() => ask.run()} busy={ask.pending}>
            {found.url ? t('Make it anew') : t('Take my data')}
          </Button>
        </p>
      )}
    </div>
  );
}
