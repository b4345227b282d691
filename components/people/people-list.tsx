'use client';

import Link from 'next/link';
import { type ReactNode, useId, useRef } from 'react';
import { useText } from '#use-text';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import type { Visibility } from '@/lib/domain/profile';
import { type Message, type Translate, text } from '@/lib/language/text';
import { told } from '@/lib/language/told';
import { paths } from '@/lib/links';
import type { MatchedPerson, PeopleView } from '@/lib/people/people-view';
import { freeWords, lastHere } from './ago';
import { MAYBE } from './best-times';
import { NobodyHere } from './nobody-here';
import { PersonRow } from './person-row';
import { hereWords } from './presence';

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="pb-1.5 font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Why somebody who is not here is worth writing to: when both are free, else when they were last here. */
function awayWords({ nextTime, lastSeen, said }: MatchedPerson, now: number, t: Translate): string | null {
  if (nextTime) return freeWords(told(nextTime.whenMine, said, t), nextTime.confidence, MAYBE, t);
  return lastHere(lastSeen, now, t);
}

type PeopleListProps = {
  people: PeopleView;
  /** The person who is open beside the list. */
  openId: string | null;
  now: number;
};

function HereNow({ here, openId, now }: Omit<PeopleListProps, 'people'> & Pick<PeopleView, 'here'>) {
  const t = useText();
  return (
    <Section title={t('Here now')}>
      <ul>
        {here.users.map(
          ({ displayName, currentActivity, freeUntil, reason, said, subjects, userId, score }) => (
            <li key={userId}>
              <PersonRow
                userId={userId}
                score={score}
                name={displayName}
                activity={currentActivity}
                words={hereWords(currentActivity, freeUntil, now, t)}
                reason={(reason && told(reason, said, t)) ?? (subjects.slice(0, 2).join(', ') || null)}
                current={openId === userId}
              />
            </li>
          ),
        )}
      </ul>
      {here.total > here.users.length && (
        <p className="mt-1 text-ink-3 text-xs">
          {t('{total} more are here who fit less.', { total: here.total - here.users.length })}
        </p>
      )}
    </Section>
  );
}

/** Arrows move from person to person, beginning at the open one. */
function useMoving() {
  const list = useRef<HTMLDivElement>(null);
  const move = (by: 1 | -1) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-person]') ?? [])];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const open = rows.findIndex((row) => row.getAttribute('aria-current') === 'true');
    const next = at === -1 ? (open === -1 ? (by === 1 ? 0 : rows.length - 1) : open) : at + by;
    rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
  };
  useHotkeys({ arrowdown: () => move(1), arrowup: () => move(-1) });
  return list;
}

const WHO_SEES_ME: Readonly<Record<Visibility, Message>> = {
  everyone: text('Every student here may see you.'),
  matches: text('Only students who fit you see you.'),
  private: text('Nobody sees you.'),
};

/** Who is here, and who fits but is not. Somebody is in one list only. Arrows move, Enter opens. */
export function PeopleList({ people: { me, here, matches }, openId, now }: PeopleListProps) {
  const t = useText();
  const list = useMoving();
  const hereIds = new Set(here.users.map(({ userId }) => userId));
  const away = matches.filter(({ userId }) => !hereIds.has(userId));
  return (
    <div ref={list} className="grid gap-7">
      {here.users.length === 0 ? (
        <NobodyHere me={me} matches={away.length} />
      ) : (
        <HereNow here={here} openId={openId} now={now} />
      )}
      {away.length > 0 && (
        <Section title={t('Good matches, not here')}>
          <ul>
            {away.map((person) => (
              <li key={person.userId}>
                <PersonRow
                  userId={person.userId}
                  name={person.displayName}
                  activity={null}
                  words={awayWords(person, now, t)}
                  reason={person.reason && told(person.reason, person.said, t)}
                  score={person.score}
                  current={openId === person.userId}
                />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <p className="text-ink-3 text-xs">
        {t.rich('{seen} Nobody sees your scores. <link>Who sees what</link>', {
          seen: t(WHO_SEES_ME[me.visibility]),
          link: (words) => (
            <Link prefetch={false} href={paths.whoSeesMe} className="link">
              {words}
            </Link>
          ),
        })}
      </p>
    </div>
  );
}
