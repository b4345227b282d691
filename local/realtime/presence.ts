import type { Fields } from './protocol.ts';

/** One tracked connection: `phx_ref` names this version of it, `phx_ref_prev` the one it replaced. */
export type Meta = Fields & { phx_ref: string };
export type PresenceState = Record<string, { metas: Meta[] }>;
export type PresenceDiff = { joins: PresenceState; leaves: PresenceState };

export type PresenceBook = {
  /** Tracks, or replaces what the same member tracked before. */
  track: (member: object, key: string, payload: Fields) => void;
  untrack: (member: object) => void;
  state: () => PresenceState;
  /** What changed since the last call; `null` when nothing that anybody saw did. */
  takeDiff: () => PresenceDiff | null;
  readonly size: number;
};

type Entry = { key: string; meta: Meta };

/**
 * Who is tracked in one channel. Changes are gathered until somebody takes them: what came and went in between was
 * never told to anybody and is left out, and a member that changed twice is told once.
 */
export function createPresenceBook(nextRef: () => string): PresenceBook {
  const tracked = new Map<object, Entry>();
  /** By reference, in the order in which they happened. */
  let joins = new Map<string, Entry>();
  let leaves = new Map<string, Entry>();

  const leave = (entry: Entry) => {
    if (!joins.delete(entry.meta.phx_ref)) leaves.set(entry.meta.phx_ref, entry);
  };

  return {
    track: (member, key, payload) => {
      const earlier = tracked.get(member);
      const { phx_ref: _ref, phx_ref_prev: _previous, ...rest } = payload;
      const meta: Meta = { phx_ref: nextRef(), ...rest };
      if (earlier) {
        meta.phx_ref_prev = earlier.meta.phx_ref;
        leave(earlier);
      }
      const entry = { key, meta };
      tracked.set(member, entry);
      joins.set(meta.phx_ref, entry);
    },
    untrack: (member) => {
      const entry = tracked.get(member);
      if (!entry) return;
      tracked.delete(member);
      leave(entry);
    },
    state: () => group(tracked.values()),
    takeDiff: () => {
      if (joins.size === 0 && leaves.size === 0) return null;
      const diff = { joins: group(joins.values()), leaves: group(leaves.values()) };
      joins = new Map();
      leaves = new Map();
      return diff;
    },
    get size() {
      return tracked.size;
    },
  };
}

function group(entries: Iterable<Entry>): PresenceState {
  // Keys are chosen by clients; `__proto__` is one like any other.
  const state: PresenceState = Object.create(null);
  for (const { key, meta } of entries) {
    const metas = state[key]?.metas;
    if (metas) metas.push(meta);
    else state[key] = { metas: [meta] };
  }
  return state;
}
