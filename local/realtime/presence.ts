import type { Fields } from './protocol.ts';

/** One tracked connection: `phx_ref` names this version of it, `phx_ref_prev` the one it replaced. */
export type Meta = Fields & { phx_ref: string };
export type PresenceState = Record<string, { metas: Meta[] }>;
export type PresenceDiff = { joins: PresenceState; leaves: PresenceState };

type Entry = { key: string; meta: Meta };

/**
 * Who is tracked in one channel. Changes are gathered until somebody takes them: what came and went in between was
 * never told to anybody and is left out, and a member that changed twice is told once.
 */
export class PresenceBook {
  readonly #nextRef: () => string;
  readonly #tracked = new Map<object, Entry>();
  /** By reference, in the order in which they happened. */
  #joins = new Map<string, Entry>();
  #leaves = new Map<string, Entry>();

  constructor(nextRef: () => string) {
    this.#nextRef = nextRef;
  }

  get size() {
    return this.#tracked.size;
  }

  /** Tracks, or replaces what the same member tracked before. */
  track(member: object, key: string, payload: Fields) {
    const earlier = this.#tracked.get(member);
    const { phx_ref: _ref, phx_ref_prev: _previous, ...rest } = payload;
    const meta: Meta = { phx_ref: this.#nextRef(), ...rest };
    if (earlier) {
      meta.phx_ref_prev = earlier.meta.phx_ref;
      this.#leave(earlier);
    }
    const entry = { key, meta };
    this.#tracked.set(member, entry);
    this.#joins.set(meta.phx_ref, entry);
  }

  untrack(member: object) {
    const entry = this.#tracked.get(member);
    if (this.#tracked.delete(member) && entry) this.#leave(entry);
  }

  state(): PresenceState {
    return group(this.#tracked.values());
  }

  /** What changed since the last call; `null` when nothing that anybody saw did. */
  takeDiff(): PresenceDiff | null {
    if (this.#joins.size === 0 && this.#leaves.size === 0) return null;
    const diff = { joins: group(this.#joins.values()), leaves: group(this.#leaves.values()) };
    this.#joins = new Map();
    this.#leaves = new Map();
    return diff;
  }

  #leave(entry: Entry) {
    if (!this.#joins.delete(entry.meta.phx_ref)) this.#leaves.set(entry.meta.phx_ref, entry);
  }
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
