'use client';

import type { ReactNode } from 'react';
import { SWRConfig } from 'swr';

/** What the server knew when it made the page, by the addresses it would be asked for at: it is not asked for again. */
export const KnownAnswers = ({
  answers,
  children,
}: {
  answers: Record<string, unknown>;
  children: ReactNode;
}) => (
  <SWRConfig value={(before) => ({ ...before, fallback: { ...before?.fallback, ...answers } })}>
    {children}
  </SWRConfig>
);

/** For what is asked for at such an address. */
export const AS_MADE = { revalidateIfStale: false, revalidateOnFocus: false } as const;
