'use client';

import { Check } from 'lucide-react';
import Link from 'next/link';
import { arrivesWords } from '@/components/client/arrival-words';
import { buttonClass } from '@/components/ui/button';
import { paths } from '@/lib/links';
import type { ToolCardProps, ToolView } from './tool-view';

/** What was sent, word for word, and to whom. */
export function SendNudgeCard({ part }: ToolCardProps<'sendNudge'>) {
  const { displayName, message, deliverAt, duplicate } = part.output;
  return (
    <section
      aria-label={`Message to ${displayName}`}
      className="my-4 rounded-3 border border-rule bg-page px-4.5 py-4"
    >
      <h3 className="flex items-start gap-2 font-semibold text-md">
        <Check aria-hidden="true" className="mt-1 size-4 shrink-0 text-moss" />
        <span className="wrap-anywhere">
          {duplicate ? `Sent to ${displayName} before` : `Sent to ${displayName}`}
        </span>
      </h3>
      <p className="mt-1.5 whitespace-pre-wrap text-md wrap-anywhere">“{message}”</p>
      {deliverAt && (
        <p className="mt-1.5 text-ink-3 text-xs wrap-anywhere">
          {displayName} has quiet hours. It {arrivesWords(deliverAt)}.
        </p>
      )}
      {duplicate && (
        <p className="mt-1.5 text-ink-3 text-xs">
          The same text went out minutes ago. Nothing was sent again.
        </p>
      )}
      <div className="mt-3.5">
        <Link href={paths.people} className={buttonClass()}>
          Open People
        </Link>
      </div>
    </section>
  );
}

export const sendNudge: ToolView<'sendNudge'> = {
  verbs: { running: 'Sending the message', done: 'Sent the message', failed: 'Did not send the message' },
  Card: SendNudgeCard,
  confirmation: { title: 'Send this message?', yes: 'Send', no: 'Do not send' },
};
