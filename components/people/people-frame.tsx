'use client';

import { clsx } from 'clsx';
import { useRouter, useSelectedLayoutSegment } from 'next/navigation';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useText } from '#use-text';
import { useNow } from '@/components/client/use-now';
import type { PresenceChannel } from '@/components/live/use-presence-of';
import { RoomEntry } from '@/components/room/room-entry';
import { LoadingLines } from '@/components/ui/loading-lines';
import { Strip } from '@/components/ui/strip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { paths } from '@/lib/links';
import type { PeopleView } from '@/lib/people/people-view';
import { OwnState } from './own-state';
import { PeopleList } from './people-list';
import { SeenByOthers } from './seen-by-others';
import { usePeople } from './use-people';
import { VisibilityChoice } from './visibility-choice';

type PeopleFrameProps = {
  initial: PeopleView;
  /** Where those in it are shown. */
  channels: readonly PresenceChannel[];
  /** Milliseconds, by the server's clock. */
  now: number;
  /** Messages, above the list. */
  inbox: ReactNode;
  /** The open person, or nothing. */
  children: ReactNode;
};

/** Matches are worked out within seconds after somebody lets themselves be found, and no row that is followed says when. */
const LOOK_AGAIN_MILLISECONDS = [2_000, 5_000, 10_000];

function useLookAgain(refresh: () => Promise<unknown>): () => Promise<unknown> {
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);
  useEffect(() => () => timers.current.forEach(clearTimeout), []);
  return () => {
    timers.current.forEach(clearTimeout);
    timers.current = LOOK_AGAIN_MILLISECONDS.map((wait) => setTimeout(() => void refresh(), wait));
    return refresh();
  };
}

/** Whoever closes a person goes on in the list where they were. */
function useWayBack(openId: string | null): void {
  const lastOpen = useRef(openId);
  useEffect(() => {
    const closed = openId === null ? lastOpen.current : null;
    lastOpen.current = openId;
    if (closed === null || (document.activeElement && document.activeElement !== document.body)) return;
    document.querySelector<HTMLElement>(`[data-person][href="${paths.person(CSS.escape(closed))}"]`)?.focus();
  }, [openId]);
}

/** What being found means, before anybody is: said once, in one place, with the switch under it. */
function HiddenNotice({ onChanged }: { onChanged: () => unknown }) {
  const t = useText();
  const title = useId();
  return (
    <section aria-labelledby={title} className="rounded-3 border border-rule bg-page px-5 py-5">
      <h2 id={title} className="font-semibold text-lg leading-6">
        {t('You are hidden')}
      </h2>
      <p className="mt-1 mb-4 text-ink-2 text-md">
        {t(
          'Nobody can find you, and you see only students who show themselves to everyone. To be matched, say who may find you. You can hide again at any time; it takes effect at once.',
        )}
      </p>
      <VisibilityChoice value="private" onChanged={onChanged} />
      <div className="mt-3 border-rule border-t pt-4">
        <SeenByOthers />
      </div>
    </section>
  );
}

/** The list on the left and the open person on the right; where there is room for one page, each has it alone. */
export function PeopleFrame({ initial, channels, now: serverNow, inbox, children }: PeopleFrameProps) {
  const t = useText();
  const router = useRouter();
  const openId = useSelectedLayoutSegment();
  useHotkeys({ escape: () => router.push(paths.people) }, { enabled: openId !== null });
  useWayBack(openId);
  const { people = initial, error, refresh } = usePeople(initial, channels);
  const now = useNow(serverNow, people);
  const lookAgain = useLookAgain(refresh);
  return (
    <div
      className={clsx(
        'h-full min-h-0 gap-2',
        openId !== null && 'xl:grid xl:grid-cols-[minmax(0,1fr)_minmax(26rem,32rem)]',
      )}
    >
      {openId !== null && <h1 className="sr-only xl:hidden">{t('People')}</h1>}
      <div
        className={clsx(
          'h-full min-h-0 overflow-y-auto overscroll-contain [--ground:var(--desk)] md:rounded-4 md:border md:border-rule md:bg-page md:[--ground:var(--page)]',
          openId !== null && 'max-xl:hidden',
        )}
      >
        <div className="mx-auto max-w-[42.5rem] px-5 pt-1 pb-10 md:px-10 md:py-10">
          <div className="mb-7 flex flex-wrap items-center gap-x-3 gap-y-3 max-md:mb-5">
            <h1 className="mr-auto font-semibold text-xl max-md:sr-only">{t('People')}</h1>
            <div className="max-md:w-full">
              <OwnState onChanged={lookAgain} />
            </div>
          </div>
          {error && (
            <Strip tone="bad" className="mb-5" onRetry={refresh}>
              {t('I cannot see who is here right now. The list may be old.')}
            </Strip>
          )}
          <div className="grid gap-7">
            {people.me.visibility === 'private' && <HiddenNotice onChanged={lookAgain} />}
            {inbox}
            <PeopleList people={people} openId={openId} now={now} />
            <RoomEntry />
          </div>
        </div>
      </div>
      {openId !== null && (
        <div className="h-full min-h-0 overflow-hidden [--ground:var(--desk)] md:rounded-4 md:border md:border-rule md:bg-page md:[--ground:var(--page)]">
          {children}
        </div>
      )}
    </div>
  );
}

/** While a person opens. */
export const OpeningPerson = () => {
  const t = useText();
  return <LoadingLines label={t('Opening')} className="px-5 py-4 md:px-7" />;
};
