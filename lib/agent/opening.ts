import { setTimeout } from 'node:timers/promises';
import { AppError } from '../errors.ts';

/** Turns that the database opens at a time. More would only wait there, where nobody can be told so any more. */
const OPENING_AT_ONCE = 16;
/** How long a turn waits for one of these places. */
const WAIT_MS = 3_000;
/** How long a student waits for the database to open their turn. */
const OPEN_MS = 10_000;
const RETRY_AFTER_SECONDS = 5;
const LATE = Symbol('late');

type OpeningOptions = {
  /** Turns of this process, from the first wait to the last save. */
  atOnce: number;
  running: () => number;
  openingAtOnce?: number;
  waitMs?: number;
  openMs?: number;
};

/**
 * Lets new turns in as fast as the database opens them. Who finds no place within a moment is refused before anything is
 * stored: a database that is seconds behind would store the question and tell its student that it did not answer.
 */
export class TurnOpening {
  readonly #options: Required<OpeningOptions>;
  #opening = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(options: OpeningOptions) {
    this.#options = { openingAtOnce: OPENING_AT_ONCE, waitMs: WAIT_MS, openMs: OPEN_MS, ...options };
  }

  /** Opens a turn. What the database gives after its student was told to try again goes to `onLate`. */
  async open<Opened>(begin: () => Promise<Opened>, onLate: (opened: Opened) => void): Promise<Opened> {
    await this.#enter();
    const work = begin().finally(() => this.#leave());
    const answered = new AbortController();
    const late = setTimeout(this.#options.openMs, LATE, { signal: answered.signal }).catch(() => LATE);
    const opened = await Promise.race([work, late]).finally(() => answered.abort());
    if (opened !== LATE) return opened as Opened;
    work.then(onLate, () => undefined);
    throw new AppError('database_unavailable', { retryAfterSeconds: 1 });
  }

  async #enter(): Promise<void> {
    const { atOnce, running, openingAtOnce, waitMs } = this.#options;
    if (running() + this.#opening + this.#waiting.length >= atOnce) throw overloaded();
    if (this.#opening < openingAtOnce) {
      this.#opening += 1;
      return;
    }
    const place = Promise.withResolvers<void>();
    this.#waiting.push(place.resolve);
    const isIn = await Promise.race([place.promise.then(() => true), setTimeout(waitMs, false)]);
    if (isIn) return;
    const index = this.#waiting.indexOf(place.resolve);
    // A place that came free in the same moment is this one's already.
    if (index === -1) return;
    this.#waiting.splice(index, 1);
    throw overloaded();
  }

  /** The place goes to whoever waits longest. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#opening -= 1;
  }
}

const overloaded = () => new AppError('overloaded', { retryAfterSeconds: RETRY_AFTER_SECONDS });
