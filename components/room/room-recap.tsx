'use client';

import { ArrowLeft } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useText } from '#use-text';
import { SummarizeSessionCard } from '@/components/chat/tools/summarize-session';
import { useAction } from '@/components/client/use-action';
import { Avatar } from '@/components/ui/avatar';
import { Button, ButtonLink } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import type { Room } from '@/lib/domain/room';
import { paths } from '@/lib/links';
import { type RecapPerson, recapOf } from '@/lib/study/room/recap';
import type { SummarizeSessionOutput } from '@/lib/tools/summarize-session';
import { joinRoom, makeNotes } from './requests';

function Person({ person: { name, isMe, goal, minutes } }: { person: RecapPerson }) {
  const t = useText();
  return (
    <li className="grid grid-cols-[36px_minmax(0,1fr)_auto] items-center gap-3 border-rule border-t py-2.5 first:border-t-0">
      <Avatar name={name} className="size-9 rounded-[11px]" />
      <span className="min-w-0">
        <b className="block truncate font-semibold">{isMe ? t('You') : name}</b>
        <span className="block text-ink-3 text-xs wrap-anywhere">{goal ?? t('No goal written')}</span>
      </span>
      <span className="text-ink-2 tabular">{t('{minutes} min', { minutes })}</span>
    </li>
  );
}

function Transcript({ room }: { room: Room }) {
  const t = useText();
  const names = new Map(room.members.map(({ userId, name }) => [userId, name]));
  return (
    <details className="border-rule border-t pt-3">
      <summary className="min-h-6 cursor-pointer font-semibold">
        {t('What was said, {count, plural, one {# message} other {# messages}}', {
          count: room.messages.length,
        })}
      </summary>
      <p className="mt-1 text-ink-3 text-xs">
        {t('Kept for those who were there, until 30 days after the room is closed.')}
      </p>
      <ol className="mt-3 grid gap-3">
        {room.messages.map(({ seq, userId, body }) => (
          <li key={seq}>
            <span className="block text-ink-3 text-xs">
              {userId === room.me ? t('You') : (names.get(userId) ?? t('A student'))}
            </span>
            <p dir="auto" className="whitespace-pre-wrap text-md wrap-anywhere">
              {body}
            </p>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** What can be made of what was said, and the way back in while there is one. */
function RecapActions({ room, hasTalk }: { room: Room; hasTalk: boolean }) {
  const t = useText();
  const router = useRouter();
  const [summary, setSummary] = useState<SummarizeSessionOutput>();
  const notes = useAction(async () => setSummary(await makeNotes(room.id)));
  const back = useAction(
    async () => {
      await joinRoom(room.code);
      router.refresh();
    },
    { leaves: true },
  );
  const problem = notes.problem ?? back.problem;
  const isBusy = notes.pending || back.pending;
  return (
    <>
      <Strip tone="bad" className="mt-5">
        {problem}
      </Strip>
      {summary && (
        <SummarizeSessionCard
          part={{
            toolCallId: `room-${room.id}-${room.messages.length}`,
            input: {},
            output: summary,
          }}
          threadId={undefined}
        />
      )}
      <div className="mt-6 flex flex-wrap gap-2">
        {hasTalk && !summary && (
          <Button variant="primary" busy={notes.pending} onClick={() => !isBusy && void notes.run()}>
            {t('Make notes and cards from it')}
          </Button>
        )}
        {room.status === 'open' && (
          <Button
            variant={hasTalk ? 'line' : 'primary'}
            busy={back.pending}
            onClick={() => !isBusy && void back.run()}
          >
            {t('Go back in')}
          </Button>
        )}
      </div>
      <p role="status" className="sr-only">
        {notes.pending ? t('Making notes') : summary ? t('The notes are ready') : ''}
      </p>
    </>
  );
}

/** What the session was: minutes, rounds, who was there, and what was said, which can become notes and cards. */
export function RoomRecap({ room }: { room: Room }) {
  const t = useText();
  const { minutes, focusMinutes, rounds, people } = recapOf(room);
  const hasTalk = room.messages.length > 0;
  return (
    <div className="mx-auto max-w-measure px-5 py-8 md:py-14">
      <ButtonLink variant="quiet" size="sm" className="-ml-3" href={paths.people}>
        <ArrowLeft aria-hidden="true" className="size-4" />
        {t('People')}
      </ButtonLink>
      <h1 className="mt-4 font-semibold text-xl wrap-anywhere">{room.title ?? t('Study room')}</h1>
      <p className="mt-1.5 text-ink-2 text-md">
        {focusMinutes === 0
          ? t('You were here for {minutes} min, and the clock hardly ran.', { minutes })
          : t(
              'You were here for {minutes} min: {rounds, plural, one {# round} other {# rounds}} to the end and {focusMinutes} min of focus.',
              { minutes, rounds, focusMinutes },
            )}{' '}
        {room.status === 'open' ? t('The room is still open.') : t('The room is closed.')}
      </p>
      <section aria-labelledby="who-was-there" className="mt-7">
        <h2 id="who-was-there" className="pb-1 font-semibold">
          {t('Who was there')}
        </h2>
        <ul>
          {people.map((person) => (
            <Person key={person.userId} person={person} />
          ))}
        </ul>
      </section>
      {hasTalk ? (
        <Transcript room={room} />
      ) : (
        <p className="border-rule border-t pt-3 text-ink-2">
          {t('Nothing was said, so there is nothing to make notes from.')}
        </p>
      )}
      <RecapActions room={room} hasTalk={hasTalk} />
    </div>
  );
}
