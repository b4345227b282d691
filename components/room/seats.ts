import type { Room, RoomMember } from '@/lib/domain/room';
import { inEnglish } from '@/lib/language/text';

/** What one tab shows of itself in the channel. */
export type TabState = { state: 'here' | 'away'; since: string };

/** Everybody in the channel, the tabs of one student under their id. */
export type Shown = ReadonlyMap<string, readonly TabState[]>;

export type Seat = {
  userId: string;
  name: string;
  goal: string | null;
  isMe: boolean;
  isHost: boolean;
  /** `gone` has a seat and no open tab: a closed laptop, or a lost connection. */
  state: 'here' | 'away' | 'gone';
  awaySinceMs: number | null;
};

const isTab = (value: unknown): value is TabState => {
  if (typeof value !== 'object' || value === null) return false;
  const state = Reflect.get(value, 'state');
  return (state === 'here' || state === 'away') && typeof Reflect.get(value, 'since') === 'string';
};

/** The presence of a channel, as far as it makes sense: any member may put anything there. */
export const readShown = (state: Record<string, readonly unknown[]>): Shown =>
  new Map(Object.entries(state).map(([userId, tabs]) => [userId, tabs.filter(isTab)]));

/** Who is in one of their tabs is here; else away since the last tab was left. */
function stateOf(tabs: readonly TabState[] | undefined): Pick<Seat, 'state' | 'awaySinceMs'> {
  if (!tabs || tabs.length === 0) return { state: 'gone', awaySinceMs: null };
  if (tabs.some(({ state }) => state === 'here')) return { state: 'here', awaySinceMs: null };
  const since = Math.max(...tabs.map(({ since }) => Date.parse(since)).filter(Number.isFinite));
  return { state: 'away', awaySinceMs: Number.isFinite(since) ? since : null };
}

/** Taken seats, one's own first. One's own is here whatever the channel says. */
export function seatsOf(room: Room, shown: Shown): Seat[] {
  const seat = (member: RoomMember): Seat => {
    const isMe = member.userId === room.me;
    const presence = isMe ? { state: 'here' as const, awaySinceMs: null } : stateOf(shown.get(member.userId));
    return {
      userId: member.userId,
      name: member.name,
      goal: member.goal,
      isMe,
      isHost: member.userId === room.hostId,
      ...presence,
    };
  };
  const taken = room.members.filter(({ leftAt }) => leftAt === null).map(seat);
  return [...taken.filter(({ isMe }) => isMe), ...taken.filter(({ isMe }) => !isMe)];
}

/** How somebody is there, in words; nothing for who simply is. */
export function stateWords({ state, awaySinceMs }: Seat, nowMs: number, t = inEnglish): string | null {
  if (state === 'here') return null;
  if (state === 'gone') return t('not connected');
  const minutes = awaySinceMs === null ? 0 : Math.floor((nowMs - awaySinceMs) / 60_000);
  return minutes < 1 ? 'away' : t('away for {minutes} min', { minutes });
}
