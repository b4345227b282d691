import type { Window } from '../domain/availability.ts';
import { DAY_MINUTES } from '../domain/bounds.ts';

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
