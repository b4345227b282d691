import { Temporal } from 'temporal-polyfill';
import { DAY_MINUTES, type Window } from '../domain/availability.ts';

const known = new Map<string, boolean>();

/** Whether a name is a time zone that clocks can be set by. */
export function isTimeZone(name: string): boolean {
  const answer = known.get(name);
  if (answer !== undefined) return answer;
  let valid = true;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
  } catch (error) {
    // A name from outside that means nothing is the expected case; anything else is a fault of ours.
    if (!(error instanceof RangeError)) throw error;
    valid = false;
  }
  if (known.size >= 2_000) known.clear();
  known.set(name, valid);
  return valid;
}

/** A window that ends before it starts runs over midnight and becomes two, one on each day. */
function split(window: Window): Window[] {
  const { dow, startMin, endMin, timezone } = window;
  if (startMin < endMin) return [window];
  if (startMin === endMin) return [];
  const tonight = { dow, startMin, endMin: DAY_MINUTES, timezone };
  return endMin === 0 ? [tonight] : [tonight, { dow: (dow + 1) % 7, startMin: 0, endMin, timezone }];
}

const inOrder = (a: Window, b: Window) =>
  a.timezone.localeCompare(b.timezone) || a.dow - b.dow || a.startMin - b.startMin || a.endMin - b.endMin;

/** The windows of a week as they are stored: none over midnight, none that overlap or touch another of its day. */
export function normaliseWindows(windows: readonly Window[]): Window[] {
  const merged: Window[] = [];
  for (const window of windows.flatMap(split).sort(inOrder)) {
    const last = merged.at(-1);
    const touches =
      last?.timezone === window.timezone && last.dow === window.dow && window.startMin <= last.endMin;
    if (last && touches)
      merged[merged.length - 1] = { ...last, endMin: Math.max(last.endMin, window.endMin) };
    else merged.push(window);
  }
  return merged.sort((a, b) => a.dow - b.dow || a.startMin - b.startMin || inOrder(a, b));
}
