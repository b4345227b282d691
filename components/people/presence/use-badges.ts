'use client';

import { useText } from '#use-text';
import { useShell } from '@/components/live/use-shell';
import { inEnglish } from '@/lib/language/text';
import { paths } from '@/lib/links';

/** What stands beside the destinations, by their address; nothing where there is nothing to say. */
export function useBadges(): Readonly<Partial<Record<string, string>>> {
  const t = useText();
  const { data } = useShell();
  const people = peopleBadge({ unread: data?.inbox.unread ?? 0, here: data?.here ?? 0 }, t);
  return {
    ...(data?.due ? { [paths.practice]: String(data.due) } : {}),
    ...(people === undefined ? {} : { [paths.people]: people }),
  };
}

/** What stands beside People: what waits for an answer, then who is here; nothing when neither is the case. */
export function peopleBadge(
  { unread, here }: { unread: number; here: number },
  t = inEnglish,
): string | undefined {
  const parts = [unread > 0 && t('{unread} new', { unread }), here > 0 && t('{here} here', { here })].filter(
    Boolean,
  );
  return parts.length > 0 ? parts.join(' · ') : undefined;
}

/** The same to be read out, as the end of the name it stands beside: a dot in the middle would be spoken. */
export const spokenBadge = (badge: string) => `, ${badge.replaceAll(' · ', ', ')}`;
