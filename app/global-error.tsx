'use client';

import './globals.css';
import { useEffect } from 'react';
import { Fault, reportFault } from '@/components/shell/fault';

type GlobalErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** The root layout itself failed, so this page brings its own document. */
export default function GlobalError({ error, reset }: GlobalErrorProps) {
  useEffect(() => {
    reportFault(error);
  }, [error]);
  return (
    <html lang="en">
      <body>
        <title>Clerva</title>
        <main className="min-h-dvh">
          <Fault code={error.digest} onRetry={reset} />
        </main>
      </body>
    </html>
  );
}
