'use client';

import { captureException } from '@sentry/nextjs';
import { useEffect } from 'react';
import { Fault } from '@/components/shell/fault';
import { Page } from '@/components/shell/page';

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  useEffect(() => {
    captureException(error);
  }, [error]);
  return (
    <Page>
      <Fault code={error.digest} onRetry={reset} />
    </Page>
  );
}
