import { describe, expect, test } from 'vitest';
import { newTimer, type Timer, type TimerAction } from '../../domain/room.ts';
import { actOnTimer, clockFace, focusBetween, momentOf } from './timer.ts';

const MINUTE = 60_000;
const T0 = Date.parse('2026-11-21T10:00:00Z');
const at = (minutes: number, seconds = 0) => T0 + minutes * MINUTE + seconds * 1000;

function act(timer: Timer, action: TimerAction, nowMs: number): Timer {
  const next = actOnTimer(timer, action, nowMs);
  if (!next) throw new Error(`${action.action} meant nothing`);
  return next;
}
const started = () => act(newTimer(), { action: 'start' }, T0);
const shown = (timer: Timer, nowMs: number) => {
  const { phase, round, isPaused, remainingMs } = momentOf(timer, nowMs);
  return [phase, round, isPaused, remainingMs / MINUTE];
};

describe('an anchor', () => {
  test('waits until it is started', () => {
    expect(shown(newTimer(), at(500))).toEqual(['waiting', 1, false, 25]);
  });

  test('gives every phase from one moment, without another write', () => {
    const timer = started();
    expect(shown(timer, T0)).toEqual(['focus', 1, false, 25]);
    expect(shown(timer, at(24, 59))).toEqual(['focus', 1, false, 1 / 60]);
    expect(shown(timer, at(25))).toEqual(['break', 1, false, 5]);
    expect(shown(timer, at(30))).toEqual(['focus', 2, false, 25]);
    expect(shown(timer, at(59, 30))).toEqual(['break', 2, false, 0.5]);
    expect(shown(timer, at(60))).toEqual(['focus', 3, false, 25]);
    expect(shown(timer, at(85))).toEqual(['done', 3, false, 0]);
    expect(shown(timer, at(10_000))).toEqual(['done', 3, false, 0]);
  });

  test('shows no more than the phase is long to a clock that is behind', () => {
    expect(shown(started(), at(-3))).toEqual(['focus', 1, false, 25]);
  });

  test('stands still while paused and goes on from there', () => {
    const paused = act(started(), { action: 'pause' }, at(35));
    expect(shown(paused, at(35))).toEqual(['focus', 2, true, 20]);
    expect(shown(paused, at(300))).toEqual(['focus', 2, true, 20]);
    const resumed = act(paused, { action: 'resume' }, at(300));
    expect(shown(resumed, at(300))).toEqual(['focus', 2, false, 20]);
    expect(shown(resumed, at(320))).toEqual(['break', 2, false, 5]);
  });

  test('is moved on by skipping, into the break, the next round and the end', () => {
    let timer = act(started(), { action: 'skip' }, at(3));
    expect(shown(timer, at(3))).toEqual(['break', 1, false, 5]);
    timer = act(timer, { action: 'skip' }, at(4));
    expect(shown(timer, at(4))).toEqual(['focus', 2, false, 25]);
    timer = act(act(timer, { action: 'skip' }, at(5)), { action: 'skip' }, at(6));
    expect(shown(act(timer, { action: 'skip' }, at(7)), at(7))).toEqual(['done', 3, false, 0]);
  });

  test('is made longer for the present phase alone', () => {
    const timer = act(started(), { action: 'extend', minutes: 5 }, at(24));
    expect(shown(timer, at(24))).toEqual(['focus', 1, false, 6]);
    expect(shown(timer, at(30))).toEqual(['break', 1, false, 5]);
    expect(shown(timer, at(35))).toEqual(['focus', 2, false, 25]);
    // Pausing in a later phase does not carry the extra minutes there.
    expect(shown(act(timer, { action: 'pause' }, at(40)), at(40))).toEqual(['focus', 2, true, 20]);
  });

  test('can be extended while paused, and skipped out of the pause', () => {
    const paused = act(started(), { action: 'pause' }, at(10));
    expect(shown(act(paused, { action: 'extend', minutes: 5 }, at(50)), at(60))).toEqual([
      'focus',
      1,
      true,
      20,
    ]);
    expect(shown(act(paused, { action: 'skip' }, at(50)), at(50))).toEqual(['break', 1, false, 5]);
  });

  test('ignores what means nothing', () => {
    const timer = started();
    expect(actOnTimer(newTimer(), { action: 'pause' }, T0)).toBeNull();
    expect(actOnTimer(newTimer(), { action: 'skip' }, T0)).toBeNull();
    expect(actOnTimer(timer, { action: 'start' }, at(1))).toBeNull();
    expect(actOnTimer(timer, { action: 'rhythm', durations: newTimer().durations }, at(1))).toBeNull();
    expect(actOnTimer(timer, { action: 'resume' }, at(1))).toBeNull();
    expect(actOnTimer(timer, { action: 'extend', minutes: 5 }, at(90))).toBeNull();
    const paused = act(timer, { action: 'pause' }, at(1));
    expect(actOnTimer(paused, { action: 'pause' }, at(2))).toBeNull();
  });

  test('cannot be extended without end', () => {
    let timer: Timer | null = started();
    let times = 0;
    while (timer && times < 100) {
      timer = actOnTimer(timer, { action: 'extend', minutes: 30 }, at(1));
      times += 1;
    }
    expect(times).toBe(5);
  });

  test('starts again after the last round, in the same rhythm', () => {
    const rhythm = { focusMinutes: 50, breakMinutes: 10, rounds: 1 };
    const timer = act(act(newTimer(), { action: 'rhythm', durations: rhythm }, T0), { action: 'start' }, T0);
    expect(shown(timer, at(50))).toEqual(['done', 1, false, 0]);
    expect(shown(act(timer, { action: 'start' }, at(60)), at(61))).toEqual(['focus', 1, false, 49]);
  });
});

describe('what was studied', () => {
  test('counts focus alone, over pauses and skips, within the stay', () => {
    const timer = started();
    const paused = act(timer, { action: 'pause' }, at(35));
    const resumed = act(paused, { action: 'resume' }, at(60));
    const history = [
      { anchor: newTimer(), until: new Date(T0).toISOString() },
      { anchor: timer, until: new Date(at(35)).toISOString() },
      { anchor: paused, until: new Date(at(60)).toISOString() },
    ];
    const clock = { history, timer: resumed, createdAtMs: at(-10) };
    // 25 of the first round, 5 before and 20 after the pause.
    expect(focusBetween(clock, at(-10), at(80))).toEqual({ focusMs: 50 * MINUTE, rounds: 2 });
    expect(focusBetween(clock, at(20), at(32))).toEqual({ focusMs: 7 * MINUTE, rounds: 1 });
    expect(focusBetween(clock, at(36), at(59))).toEqual({ focusMs: 0, rounds: 0 });
  });

  test('counts nothing of a clock that was never started', () => {
    expect(focusBetween({ history: [], timer: newTimer(), createdAtMs: T0 }, T0, at(90))).toEqual({
      focusMs: 0,
      rounds: 0,
    });
    expect(focusBetween({ history: [], timer: null, createdAtMs: T0 }, T0, at(90))).toEqual({
      focusMs: 0,
      rounds: 0,
    });
  });
});

test('the face counts down to 00:00 and never shows a second that is over', () => {
  expect(clockFace(25 * MINUTE)).toEqual({ minutes: '25', seconds: '00' });
  expect(clockFace(59_001)).toEqual({ minutes: '01', seconds: '00' });
  expect(clockFace(1)).toEqual({ minutes: '00', seconds: '01' });
  expect(clockFace(-5)).toEqual({ minutes: '00', seconds: '00' });
  expect(clockFace(120 * MINUTE)).toEqual({ minutes: '120', seconds: '00' });
});
