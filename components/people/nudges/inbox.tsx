'use client';

import { useId, useRef } from 'react';
import { useText } from '#use-text';
import { useSettledRows } from '@/components/client/use-first-press';
import { Strip } from '@/components/ui/strip';
import type { NudgeInbox } from '@/lib/db/queries/nudge';
import type { Nudge } from '@/lib/domain/nudge';
import { NudgeRow } from './nudge-row';
import { useAnswering } from './use-answering';
import { useNudges, usePutOff } from './use-nudges';
import { isFreshAnswer, isOpen } from './words';

/** Messages: what waits for an answer first, what was said before folded away. Nothing at all while there is none. */
export function Inbox() {
  const t = useText();
  const { inbox, error, refresh } = useNudges();
  if (inbox) return inbox.nudges.length > 0 ? <Messages inbox={inbox} /> : null;
  if (!error) return null;
  return (
    <Strip tone="bad" onRetry={refresh}>
      {t('Your messages did not arrive.')}
    </Strip>
  );
}

function Messages({ inbox }: { inbox: NudgeInbox }) {
  const t = useText();
  const title = useId();
  const { give, problem } = useAnswering();
  const { snoozed, now } = usePutOff();
  const open = inbox.nudges.filter(isOpen);
  const answers = inbox.nudges.filter((nudge) => isFreshAnswer(nudge, now));
  const section = useRef<HTMLElement>(null);
  useSettledRows(section, open.length);
  const earlier = inbox.nudges.filter((nudge) => !isOpen(nudge) && !answers.includes(nudge));

  const row = (nudge: Nudge) => (
    <NudgeRow
      key={nudge.id}
      nudge={nudge}
      now={now}
      snoozedUntil={snoozed[nudge.id]}
      onAnswer={(given) => void give(given, nudge)}
    />
  );

  return (
    <section ref={section} aria-labelledby={title}>
      <h2 id={title} className="font-semibold">
        {t('Messages')}
        {inbox.unread > 0 && (
          <span className="ml-2 font-normal text-ink-3 text-xs">
            {t('{unread} new', { unread: inbox.unread })}
          </span>
        )}
      </h2>
      <Strip tone="bad" className="mt-2">
        {problem?.text}
      </Strip>
      {open.length + answers.length > 0 && <ul>{[...open, ...answers].map(row)}</ul>}
      {earlier.length > 0 && (
        <details className="mt-1">
          <summary className="inline-flex min-h-8 cursor-pointer items-center text-ink-3 text-xs">
            {t('Earlier and sent, {count}', { count: earlier.length })}
          </summary>
          <ul>{earlier.map(row)}</ul>
        </details>
      )}
    </section>
  );
}
