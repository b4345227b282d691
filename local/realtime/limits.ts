export type Limits = {
  /** Sockets that have joined something. */
  connections: number;
  channelsPerConnection: number;
  joinsPerSecond: number;
  /** Messages that clients send, of all channels together. */
  eventsPerSecond: number;
  presenceEventsPerSecond: number;
  /** `track` and `untrack` of one channel of one client within the window. */
  presenceCallsPerWindow: number;
  presenceWindowMs: number;
  payloadBytes: number;
  /** A larger WebSocket frame closes its connection. */
  frameBytes: number;
  /** A changed row above it is delivered without its long values. */
  changeBytes: number;
  /** Silence after which a connection counts as gone; clients send a heartbeat every 25 s. */
  idleMs: number;
  /** What may wait unsent for a client that does not read before it is let go. */
  backlogBytes: number;
};

/** Those of a hosted project on its largest regular plan: what works here works there. */
export const DEFAULT_LIMITS: Limits = {
  connections: 10_000,
  channelsPerConnection: 100,
  joinsPerSecond: 2_500,
  eventsPerSecond: 2_500,
  presenceEventsPerSecond: 1_000,
  presenceCallsPerWindow: 5,
  presenceWindowMs: 30_000,
  payloadBytes: 3_000_000,
  frameBytes: 5_000_000,
  changeBytes: 1_048_576,
  idleMs: 60_000,
  backlogBytes: 16_000_000,
};

/** Whether `count` more may pass now. */
export type RateLimit = (now: number, count?: number) => boolean;

/** A bucket that holds two seconds' worth and fills steadily: a burst passes, a flood does not. */
export function createRateLimit(perSecond: number): RateLimit {
  const capacity = perSecond * 2;
  let level = capacity;
  let filledAt = 0;
  return (now, count = 1) => {
    level = Math.min(capacity, level + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (level < count) return false;
    level -= count;
    return true;
  };
}

/** At most `calls` within a window that opens with the first of them. */
export function createWindowLimit(calls: number, windowMs: number): RateLimit {
  let used = 0;
  let endsAt = Number.NEGATIVE_INFINITY;
  return (now, count = 1) => {
    if (now > endsAt) {
      used = 0;
      endsAt = now + windowMs;
    }
    if (used + count > calls) return false;
    used += count;
    return true;
  };
}
