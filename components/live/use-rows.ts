'use client';

import { useEffect, useId, useRef } from 'react';
import { useLive } from './live-provider';

/** Rows often change several at a time; one look is enough for all of them. */
const GATHER_MILLISECONDS = 120;

type Watched = { table: 'doc_source' | 'agent_task' | 'nudge' | 'presence'; filter?: string };

/**
 * Calls back when rows of a table change that the student may see, and once whenever the connection is there again: what
 * changed while it was gone is never told later. Give a table only while its rows matter.
 */
export function useRows(watched: Watched | undefined, onChange: () => void): void {
  const { client } = useLive();
  const id = useId();
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });

  const table = watched?.table;
  const filter = watched?.filter;
  useEffect(() => {
    if (!client || table === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        latest.current();
      }, GATHER_MILLISECONDS);
    };
    const channel = client
      .channel(`rows:${table}:${id}`)
      .on(
        'postgres_changes',
        { event: '*', schema: 'public', table, ...(filter === undefined ? {} : { filter }) },
        look,
      )
      // Said at every join, also of a socket that came back.
      .subscribe((state) => {
        if (state === 'SUBSCRIBED') look();
      });
    return () => {
      clearTimeout(timer);
      void client.removeChannel(channel);
    };
  }, [client, table, filter, id]);
}
