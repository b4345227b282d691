'use client';

import { captureException } from '@sentry/nextjs';
import { useEffect } from 'react';
import { Fault } from '@/components/shell/fault';

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  useEffect(() => {
    captureException(error);
  }, [error]);
  return <Fault code={error.digest} onRetry={reset} />;
}
