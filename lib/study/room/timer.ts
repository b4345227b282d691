import { z } from 'zod';

/** The bounds of a rhythm of one's own. */
export const DURATION_LIMITS = {
  focusMinutes: { min: 5, max: 120 },
  breakMinutes: { min: 1, max: 30 },
  rounds: { min: 1, max: 8 },
} as const;

const within = ({ min, max }: { min: number; max: number }) => z.int().min(min).max(max);

export const durationsSchema = z.object({
  focusMinutes: within(DURATION_LIMITS.focusMinutes),
  breakMinutes: within(DURATION_LIMITS.breakMinutes),
  rounds: within(DURATION_LIMITS.rounds),
});
export type Durations = z.infer<typeof durationsSchema>;

export const RHYTHMS: readonly Durations[] = [
  { focusMinutes: 25, breakMinutes: 5, rounds: 3 },
  { focusMinutes: 50, breakMinutes: 10, rounds: 2 },
];

export const PHASES = ['waiting', 'focus', 'break', 'done'] as const;
export type Phase = (typeof PHASES)[number];

const MINUTE_MS = 60_000;
const MOST_EXTRA_SECONDS = 2 * 60 * 60;

/**
 * Where the clock stands, written only when somebody does something to it: a phase with the moment it began. Everybody
 * computes the rest, the phases that follow included, from the server's time.
 */
export const timerSchema = z.object({
  phase: z.enum(PHASES),
  round: z.int().min(1).max(DURATION_LIMITS.rounds.max),
  /** Null while waiting and when all is done. Resuming moves it on by the pause. */
  startedAt: z.iso.datetime({ offset: true }).nullable(),
  pausedAt: z.iso.datetime({ offset: true }).nullable(),
  /** Added to this one phase. */
  extraSeconds: z.number().min(0).max(MOST_EXTRA_SECONDS),
  durations: durationsSchema,
});
export type Timer = z.infer<typeof timerSchema>;

export const newTimer = (
  durations: Durations = RHYTHMS[0] ?? { focusMinutes: 25, breakMinutes: 5, rounds: 3 },
): Timer => ({
  phase: 'waiting',
  round: 1,
  startedAt: null,
  pausedAt: null,
  extraSeconds: 0,
  durations,
});

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

export const timerActionSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('start') }),
  z.object({ action: z.literal('pause') }),
  z.object({ action: z.literal('resume') }),
  z.object({ action: z.literal('skip') }),
  z.object({ action: z.literal('extend'), minutes: z.int().min(1).max(30) }),
  z.object({ action: z.literal('rhythm'), durations: durationsSchema }),
]);
export type TimerAction = z.infer<typeof timerActionSchema>;

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
