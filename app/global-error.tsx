'use client';

import './globals.css';
import { useEffect, useState } from 'react';
import { Fault, reportFault } from '@/components/shell/fault';
import { documentLanguage, FAULT_WORDS } from '@/components/shell/fault-words';
import { TextProvider } from '@/lib/language/use-text';

type GlobalErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** The root layout itself failed, so this page brings its own document and its own words. It is only drawn in the browser. */
export default function GlobalError({ error, reset }: GlobalErrorProps) {
  const [language] = useState(documentLanguage);
  useEffect(() => {
    reportFault(error);
  }, [error]);
  return (
    <html lang={language}>
      <body>
        <title>Clerva</title>
        <main className="min-h-dvh">
          <TextProvider language={language} messages={FAULT_WORDS[language]}>
            <Fault code={error.digest} onRetry={reset} />
          </TextProvider>
        </main>
      </body>
    </html>
  );
}
