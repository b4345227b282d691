import { MINUTE_MS } from '../../calendar/dates.ts';
import { MOST_EXTRA_SECONDS, newTimer, type Phase, type Timer, type TimerAction } from '../../domain/room.ts';

/** A stretch of focus or break as it runs, without interruption. */
type Stretch = { phase: 'focus' | 'break'; round: number; startMs: number; endMs: number };

/** The stretches from the anchor on, as if nobody touched the clock again. */
function* stretches(timer: Timer): Generator<Stretch> {
  if (timer.startedAt === null || (timer.phase !== 'focus' && timer.phase !== 'break')) return;
  const { focusMinutes, breakMinutes, rounds } = timer.durations;
  let { phase, round }: { phase: 'focus' | 'break'; round: number } = {
    phase: timer.phase,
    round: timer.round,
  };
  let startMs = Date.parse(timer.startedAt);
  let extraMs = timer.extraSeconds * 1000;
  for (;;) {
    const endMs = startMs + (phase === 'focus' ? focusMinutes : breakMinutes) * MINUTE_MS + extraMs;
    yield { phase, round, startMs, endMs };
    if (phase === 'focus' && round >= rounds) return;
    if (phase === 'break') round += 1;
    phase = phase === 'focus' ? 'break' : 'focus';
    startMs = endMs;
    extraMs = 0;
  }
}

export type Moment = {
  phase: Phase;
  round: number;
  rounds: number;
  isPaused: boolean;
  /** Of the present phase; before the start the whole of the first. */
  remainingMs: number;
  lengthMs: number;
};

/** What the clock shows at a moment of the server's time. */
export function momentOf(timer: Timer, nowMs: number): Moment {
  const { rounds, focusMinutes } = timer.durations;
  const still = { rounds, isPaused: false };
  const atMs = timer.pausedAt === null ? nowMs : Date.parse(timer.pausedAt);
  for (const { phase, round, startMs, endMs } of stretches(timer)) {
    if (atMs >= endMs) continue;
    const lengthMs = endMs - startMs;
    // A clock that is a little behind the server's must not show more than there is.
    const remainingMs = Math.min(lengthMs, endMs - atMs);
    return { phase, round, rounds, isPaused: timer.pausedAt !== null, remainingMs, lengthMs };
  }
  if (timer.phase === 'waiting') {
    const lengthMs = focusMinutes * MINUTE_MS;
    return { ...still, phase: 'waiting', round: 1, remainingMs: lengthMs, lengthMs };
  }
  return { ...still, phase: 'done', round: rounds, remainingMs: 0, lengthMs: 0 };
}

const iso = (ms: number) => new Date(ms).toISOString();

/** The present stretch as an anchor of its own; null when the clock does not run. */
function anchoredAt(timer: Timer, nowMs: number): (Timer & { startedAt: string }) | null {
  const atMs = timer.pausedAt === null ? nowMs : Date.parse(timer.pausedAt);
  let isFirst = true;
  for (const { phase, round, startMs, endMs } of stretches(timer)) {
    if (atMs < endMs) {
      return {
        ...timer,
        phase,
        round,
        startedAt: iso(startMs),
        extraSeconds: isFirst ? timer.extraSeconds : 0,
      };
    }
    isFirst = false;
  }
  return null;
}

/** The clock after an action, or null where the action means nothing, such as pausing what does not run. */
export function actOnTimer(timer: Timer, act: TimerAction, nowMs: number): Timer | null {
  if (act.action === 'start' || act.action === 'rhythm') {
    const { phase } = momentOf(timer, nowMs);
    // A running clock is not taken from those who work by it.
    if (phase !== 'waiting' && phase !== 'done') return null;
    if (act.action === 'rhythm') return newTimer(act.durations);
    return { ...newTimer(timer.durations), phase: 'focus', startedAt: iso(nowMs) };
  }
  const present = anchoredAt(timer, nowMs);
  if (!present) return null;
  if (act.action === 'pause') return present.pausedAt === null ? { ...present, pausedAt: iso(nowMs) } : null;
  if (act.action === 'resume') {
    if (present.pausedAt === null) return null;
    const pausedMs = Math.max(0, nowMs - Date.parse(present.pausedAt));
    return { ...present, pausedAt: null, startedAt: iso(Date.parse(present.startedAt) + pausedMs) };
  }
  if (act.action === 'extend') {
    const extraSeconds = present.extraSeconds + act.minutes * 60;
    return extraSeconds > MOST_EXTRA_SECONDS ? null : { ...present, extraSeconds };
  }
  const next = { ...newTimer(timer.durations), startedAt: iso(nowMs) };
  if (present.phase === 'break') return { ...next, phase: 'focus', round: present.round + 1 };
  if (present.round < timer.durations.rounds) return { ...next, phase: 'break', round: present.round };
  return { ...next, phase: 'done', round: present.round, startedAt: null };
}

export type TimerHistory = readonly { anchor: Timer; until: string }[];

/** What was studied between two moments, from every anchor the clock had: minutes of focus, and rounds that ran to their end. */
export function focusBetween(
  clock: { history: TimerHistory; timer: Timer | null; createdAtMs: number },
  fromMs: number,
  toMs: number,
): { focusMs: number; rounds: number } {
  let focusMs = 0;
  let rounds = 0;
  let heldFromMs = clock.createdAtMs;
  const anchors = clock.history.map(({ anchor, until }) => ({ anchor, untilMs: Date.parse(until) }));
  if (clock.timer) anchors.push({ anchor: clock.timer, untilMs: Number.POSITIVE_INFINITY });
  for (const { anchor, untilMs } of anchors) {
    const pausedMs = anchor.pausedAt === null ? Number.POSITIVE_INFINITY : Date.parse(anchor.pausedAt);
    const startMs = Math.max(fromMs, heldFromMs);
    const endMs = Math.min(toMs, untilMs, pausedMs);
    for (const stretch of stretches(anchor)) {
      if (stretch.startMs >= endMs) break;
      if (stretch.phase !== 'focus') continue;
      focusMs += Math.max(0, Math.min(endMs, stretch.endMs) - Math.max(startMs, stretch.startMs));
      if (stretch.endMs > startMs && stretch.endMs <= endMs) rounds += 1;
    }
    heldFromMs = untilMs;
  }
  return { focusMs, rounds };
}

/** Minutes and seconds, counted so that the last second shown is 00:01 and nothing stands still at 25:00. */
export function clockFace(remainingMs: number): { minutes: string; seconds: string } {
  const seconds = Math.max(0, Math.ceil(remainingMs / 1000));
  return {
    minutes: String(Math.floor(seconds / 60)).padStart(2, '0'),
    seconds: String(seconds % 60).padStart(2, '0'),
  };
}
