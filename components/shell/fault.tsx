'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { buttonClass } from '@/components/ui/button-look';

/** Heard by `instrumentation-client.ts` where failures of pages are reported at all: what reports them is not loaded otherwise. */
export const reportFault = (error: Error) =>
  void window.dispatchEvent(new CustomEvent('clerva-fault', { detail: error }));

type FaultProps = { code?: string | undefined; onRetry: () => void };

/** A failure on our side: what is kept, one way out, and the code to send. It comes with every page, so it is light. */
export function Fault({ code, onRetry }: FaultProps) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!code) return;
    await navigator.clipboard?.writeText(code);
    setCopied(true);
  };
  return (
    <div className="grid min-h-full place-items-center px-5 py-16">
      <div role="alert" className="max-w-measure">
        <h1 className="font-semibold text-xl">{t('That did not work, and it is our fault')}</h1>
        <p className="mt-2 mb-6 text-ink-2 text-md">
          {t('Nothing of yours is lost. If it happens again, send us the code.')}
        </p>
        <div className="flex flex-wrap gap-2">
          <button type="button" className={buttonClass({ variant: 'primary' })} onClick={onRetry}>
            {t('Try again')}
          </button>
          {code && (
            <button
              type="button"
              className={buttonClass({ variant: 'quiet' })}
              onClick={copy}
              aria-label={t('Copy the code {code}', { code })}
            >
              {copied ? t('Copied') : code}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
