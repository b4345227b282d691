'use client';

import { useEffect } from 'react';
import { Fault, reportFault } from '@/components/shell/fault';

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  useEffect(() => {
    reportFault(error);
  }, [error]);
  return <Fault code={error.digest} onRetry={reset} />;
}
