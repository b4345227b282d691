'use client';

import { Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

/** Heard by `instrumentation-client.ts` where failures of pages are reported at all: what reports them is not loaded otherwise. */
export const reportFault = (error: Error) =>
  void window.dispatchEvent(new CustomEvent('clerva-fault', { detail: error }));

type FaultProps = { code?: string | undefined; onRetry: () => void };

/** A failure on our side: what is kept, one way out, and the code to send. */
export function Fault({ code, onRetry }: FaultProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!code) return;
    await navigator.clipboard?.writeText(code);
    setCopied(true);
  };
  return (
    <div className="grid min-h-full place-items-center px-5 py-16">
      <div role="alert" className="max-w-measure">
        <h1 className="font-semibold text-xl">That did not work, and it is our fault</h1>
        <p className="mt-2 mb-6 text-ink-2 text-md">
          Nothing of yours is lost. If it happens again, send us the code.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" onClick={onRetry}>
            Try again
          </Button>
          {code && (
            <Button variant="quiet" onClick={copy} aria-label={`Copy the code ${code}`}>
              <Copy aria-hidden="true" className="size-4" />
              {copied ? 'Copied' : code}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
