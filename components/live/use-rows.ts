'use client';

import { useEffect, useEffectEvent, useId } from 'react';
import { keepJoined } from './keep-joined';
import { useLive } from './live-provider';

/** Rows often change several at a time; one look is enough for all of them. */
const GATHER_MILLISECONDS = 120;
/** Where the database could not be followed, it is asked again after that. */
const AGAIN_MILLISECONDS = 5_000;

type Watched = { table: 'doc_source' | 'agent_task' | 'nudge' | 'presence'; filter?: string };

/** Signs of life change `presence` all the time; its notices change only when there is something to see. */
const FOLLOWED = {
  doc_source: 'doc_source',
  agent_task: 'agent_task',
  nudge: 'nudge',
  presence: 'presence_notice',
};

/**
 * Calls back when rows of a table change that the student may see, and once whenever the connection is there again
 * (`hasJoined`): what changed while it was gone is never told later. Give a table only while its rows matter.
 */
export function useRows(watched: Watched | undefined, onChange: (hasJoined: boolean) => void): void {
  const { client } = useLive();
  const id = useId();
  const tell = useEffectEvent(onChange);

  const table = watched && FOLLOWED[watched.table];
  const filter = watched?.filter;
  useEffect(() => {
    if (!client || table === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    const look = (hasJoined: boolean) => {
      timer ??= setTimeout(() => {
        timer = undefined;
        tell(hasJoined);
      }, GATHER_MILLISECONDS);
    };
    const { leave } = keepJoined(client, {
      topic: `rows:${table}:${id}`,
      listen: (channel) =>
        channel
          .on(
            'postgres_changes',
            { event: '*', schema: 'public', table, ...(filter === undefined ? {} : { filter }) },
            () => look(false),
          )
          // The join is answered before the database is followed, so what changed until then is looked up now.
          .on('system', {}, ({ extension, status }: { extension?: string; status?: string }) => {
            if (extension !== 'postgres_changes') return;
            look(true);
            // A channel that was closed is joined anew.
            if (status === 'error')
              again = setTimeout(() => void client.removeChannel(channel), AGAIN_MILLISECONDS);
          }),
    });
    return () => {
      clearTimeout(timer);
      clearTimeout(again);
      leave();
    };
  }, [client, table, filter, id]);
}
