'use client';

import { ArrowUp, Check } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import { useSWRConfig } from 'swr';
import { useText } from '#use-text';
import { arrivesWords, clockTime } from '@/components/client/arrival-words';
import { useAction } from '@/components/client/use-action';
import { StartTogether } from '@/components/room/start-together';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import type { SentNudge } from '@/lib/db/queries/nudge';
import { MAX_NUDGE_CHARACTERS, MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import type { Translate } from '@/lib/language/text';
import { api, paths } from '@/lib/links';
import type { Insight } from '@/lib/matching/insight';
import { NOW, timesOf } from './draft';
import { sendMessage } from './requests';

const SAY_FROM = 400;
const MEETING_MINUTES = 25;

type AskFormProps = {
  insight: Insight;
  text: string;
  chosen: string | null;
  /** How the sender is called; null when they gave no name. */
  ownName: string | null;
  onType: (text: string) => void;
};

/** The same in words, as the other reads them beside the message. */
function detailWords(insight: Insight, chosen: string | null, t: Translate): string {
  const { topic, minutes } = detailsOf(insight, chosen);
  const time = timesOf(insight, t).find(({ whenISO }) => whenISO === chosen);
  return [topic, t('{minutes} min', { minutes }), time?.whenMine].filter(Boolean).join(' · ');
}

function detailsOf({ complementarySkills, commonSubjects }: Insight, chosen: string | null) {
  const topic = complementarySkills[0]?.topic ?? commonSubjects[0];
  return {
    minutes: MEETING_MINUTES,
    ...(topic === undefined ? {} : { topic: topic.slice(0, MAX_TITLE_CHARACTERS) }),
    ...(chosen === null || chosen === NOW ? {} : { whenISO: chosen }),
  };
}

/** The message as it will arrive. Nothing leaves before Send is pressed, and two presses are one message. */
export function AskForm({ insight, text, chosen, ownName, onType }: AskFormProps) {
  const t = useText();
  const id = useId();
  const { mutate } = useSWRConfig();
  const [sent, setSent] = useState<SentNudge & { text: string }>();
  const { displayName, userId } = insight;
  const message = text.trim();
  const { run, pending, problem } = useAction(async () => {
    if (message === '') throw new Error(t('Write a few words first.'));
    const answer = await sendMessage(userId, message, detailsOf(insight, chosen));
    setSent({ ...answer, text: message });
    void mutate(api.shell);
  });

  if (sent)
    return (
      <Sent sent={sent} name={displayName} isForNow={chosen === NOW} onAgain={() => setSent(undefined)} />
    );
  return (
    <Form onSend={() => void run()}>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <label htmlFor={id} className="font-semibold wrap-anywhere">
          {t('Ask {displayName}', { displayName })}
        </label>
        <span className="text-ink-3 text-xs">{t('Nothing is sent until you press Send')}</span>
      </p>
      <textarea
        id={id}
        dir="auto"
        value={text}
        rows={3}
        maxLength={MAX_NUDGE_CHARACTERS}
        onChange={(event) => onType(event.target.value)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-seen${problem ? ` ${id}-problem` : ''}`}
        className="mt-2 block w-full resize-y rounded-3 border border-edge bg-page px-3.5 py-2.5 text-md [field-sizing:content] max-h-48 min-h-18"
      />
      {text.length >= SAY_FROM && (
        <p className="mt-1 text-right text-ink-3 text-xs tabular">
          {t('{value} characters left', { value: MAX_NUDGE_CHARACTERS - text.length })}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} role="alert" className="mt-1.5 text-brick text-xs">
          {problem}
        </p>
      )}
      <div className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-2">
        <p id={`${id}-seen`} className="min-w-0 flex-1 basis-40 text-ink-3 text-xs wrap-anywhere">
          <WhatIsSeen insight={insight} chosen={chosen} ownName={ownName} />
        </p>
        <Button type="submit" variant="primary" busy={pending}>
          {pending ? t('Sending') : t('Send')}
          {!pending && <ArrowUp aria-hidden="true" className="size-4" />}
        </Button>
      </div>
    </Form>
  );
}

function WhatIsSeen({ insight, chosen, ownName }: Pick<AskFormProps, 'insight' | 'chosen' | 'ownName'>) {
  const t = useText();
  return (
    <>
      {t('{displayName} sees {ownName}, this text, and {detail}.', {
        displayName: insight.displayName,
        ownName: ownName === null ? t('“A student”') : t('your name, {ownName}', { ownName }),
        detail: detailWords(insight, chosen, t),
      })}{' '}
      {ownName === null && (
        <Link href={paths.you} className="link">
          {t('Add your name')}
        </Link>
      )}
    </>
  );
}

type SentProps = {
  sent: SentNudge & { text: string };
  name: string;
  isForNow: boolean;
  onAgain: () => void;
};

/** What went out, word for word, and when it arrives. */
function Sent({ sent, name, isForNow, onAgain }: SentProps) {
  const t = useText();
  const { nudgeId, sentAt, deliverAt, duplicate, text } = sent;
  return (
    <div role="status">
      <p className="flex items-start gap-2 font-semibold">
        <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-moss" />
        <span className="wrap-anywhere">
          {duplicate
            ? t('Sent to {name} before, at {time}', { name, time: clockTime(sentAt, t) })
            : t('Sent to {name}', { name })}
        </span>
      </p>
      <p className="mt-1 max-h-24 overflow-y-auto whitespace-pre-wrap text-md wrap-anywhere">“{text}”</p>
      <p className="mt-1 text-ink-3 text-xs wrap-anywhere">
        {deliverAt
          ? t('{name} has quiet hours. It {arrivesWords}.', {
              name,
              arrivesWords: arrivesWords(deliverAt, undefined, t),
            })
          : duplicate
            ? t('The same text went out minutes ago. Nothing was sent again.')
            : t('The answer appears under Messages.')}
      </p>
      <div className="mt-1.5 flex flex-wrap items-center gap-2">
        {isForNow && !deliverAt && (
          <StartTogether nudgeId={nudgeId} size="sm" label={t('Wait for {name} in the room', { name })} />
        )}
        <Button variant="quiet" size="sm" onClick={onAgain}>
          {t('Write again')}
        </Button>
      </div>
    </div>
  );
}
