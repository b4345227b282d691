'use client';

import { type ReactNode, useEffect } from 'react';
import useSWR, { SWRConfig } from 'swr';

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

/** What a page was made with, asked for only once it may have changed. Of what was read before it the page knows better. */
export function useMade<Answer>(url: string, ask: (url: string) => Promise<Answer>, made: Answer) {
  const { data = made, mutate } = useSWR<Answer, Error>(url, ask, {
    fallbackData: made,
    revalidateOnMount: false,
  });
  useEffect(() => void mutate(made, { revalidate: false }), [made, mutate]);
  return { data, mutate };
}

/** For what is asked for at such an address. */
export const AS_MADE = { revalidateIfStale: false, revalidateOnFocus: false } as const;
