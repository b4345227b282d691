/** How far the server's clock is ahead of ours, and how uncertain that is: half of the time the question took. */
export type ClockOffset = { offsetMs: number; uncertaintyMs: number; measuredAtMs: number };

/** A quartz drifts; after this long a less certain but newer measurement is worth more. */
const STALE_AFTER_MS = 10 * 60_000;

/** One measurement: the server named its time somewhere between our question and its answer. */
export function measureOffset(sample: {
  sentAtMs: number;
  receivedAtMs: number;
  serverNowMs: number;
}): ClockOffset {
  const { sentAtMs, receivedAtMs, serverNowMs } = sample;
  return {
    offsetMs: serverNowMs - (sentAtMs + receivedAtMs) / 2,
    uncertaintyMs: (receivedAtMs - sentAtMs) / 2,
    measuredAtMs: receivedAtMs,
  };
}

/** Keeps the more certain of two, unless our own clock was set in between or the older one is stale. */
export function betterOffset(known: ClockOffset | null, next: ClockOffset): ClockOffset {
  if (known === null) return next;
  const isStale = next.measuredAtMs - known.measuredAtMs > STALE_AFTER_MS;
  const wasSet = Math.abs(next.offsetMs - known.offsetMs) > next.uncertaintyMs + known.uncertaintyMs;
  return isStale || wasSet || next.uncertaintyMs <= known.uncertaintyMs ? next : known;
}
