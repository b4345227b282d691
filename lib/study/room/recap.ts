import { MINUTE_MS } from '../../calendar/dates.ts';
import type { Room, RoomMember } from '../../domain/room.ts';
import { focusBetween } from './timer.ts';

type Stay = { fromMs: number; toMs: number };

/** When somebody sat there, the present stay until `endMs`. */
const staysOf = (member: RoomMember, endMs: number): Stay[] =>
  [...member.earlierStays, { from: member.joinedAt, to: member.leftAt ?? new Date(endMs).toISOString() }]
    .map(({ from, to }) => ({ fromMs: Date.parse(from), toMs: Math.min(Date.parse(to), endMs) }))
    .filter(({ fromMs, toMs }) => toMs > fromMs);

export type RecapPerson = {
  userId: string;
  name: string;
  isMe: boolean;
  goal: string | null;
  minutes: number;
};
export type Recap = {
  /** What the student themselves was there for. */
  minutes: number;
  focusMinutes: number;
  rounds: number;
  people: RecapPerson[];
};

/** A stay of a few seconds is a minute: nobody was there for nothing. */
const toMinutes = (ms: number) => (ms <= 0 ? 0 : Math.max(1, Math.round(ms / MINUTE_MS)));

/** What a session was, for the student who reads it. */
export function recapOf(room: Room): Recap {
  const own = room.members.find(({ userId }) => userId === room.me);
  const endMs = Date.parse(own?.leftAt ?? room.now);
  const clock = { history: room.timerHistory, timer: room.timer, createdAtMs: Date.parse(room.createdAt) };
  const stays = own ? staysOf(own, endMs) : [];
  let focusMs = 0;
  let rounds = 0;
  for (const { fromMs, toMs } of stays) {
    const studied = focusBetween(clock, fromMs, toMs);
    focusMs += studied.focusMs;
    rounds += studied.rounds;
  }
  const people = room.members.map((member) => ({
    userId: member.userId,
    name: member.name,
    isMe: member.userId === room.me,
    goal: member.goal,
    minutes: toMinutes(staysOf(member, endMs).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)),
  }));
  return {
    minutes: people.find(({ isMe }) => isMe)?.minutes ?? 0,
    focusMinutes: Math.floor(focusMs / MINUTE_MS),
    rounds,
    people: people.filter(({ minutes, isMe }) => isMe || minutes > 0),
  };
}

/** What was said, a line each, with what everybody wanted to do before it. */
export function roomTranscript(room: Room): string {
  const names = new Map(room.members.map(({ userId, name }) => [userId, name]));
  const goals = room.members.flatMap(({ name, goal }) => (goal ? [`${name} wanted to do: ${goal}`] : []));
  const said = room.messages.map(({ userId, body }) => `${names.get(userId) ?? 'A student'}: ${body}`);
  return [...goals, ...said].join('\n');
}
