import {
  ConnectionError,
  type Fault,
  faultOf,
  newRequestId,
  RequestError,
} from '@/components/client/request';
import { createStore } from '@/components/client/store';
import type { NoteSaved } from '@/lib/domain/note';
import type { NoteSave } from './drafts';
import { merged } from './merge';

/** So long nobody writes before it is saved. */
const CALM_MS = 900;
const RETRY_MS = { first: 2_000, most: 30_000 } as const;

type Base = { revision: number; content: string };
export type SaverState =
  | { name: 'saved' | 'waiting' | 'saving' | 'offline' | 'gone' }
  | ({ name: 'failed' } & Fault)
  | { name: 'conflict'; theirs: Base };

type SaverDependencies = {
  base: Base;
  send: (save: NoteSave) => Promise<NoteSaved>;
  /** Keeps on this device what is not acknowledged yet; null when all of it is. */
  keep: (unsaved: { text: string; base: Base } | null) => void;
  /** The text has become another one than was written here. */
  onText: (text: string) => void;
};

/**
 * Saves one note while it is written: one request at a time, each text under its own id, and kept on the device until it is
 * acknowledged. What was saved elsewhere meanwhile is joined; where both changed the same lines, the student decides, and
 * either text stays among the versions.
 */
export class NoteSaver {
  readonly #given: SaverDependencies;
  readonly #store = createStore<SaverState>({ name: 'saved' });
  #base: Base;
  #text: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt: (NoteSave & { tries: number }) | undefined;
  #running: Promise<void> | undefined;
  #composed: { done: Promise<void>; end: () => void } | undefined;

  constructor(given: SaverDependencies) {
    this.#given = given;
    this.#base = given.base;
    this.#text = given.base.content;
  }

  readonly subscribe = this.#store.subscribe;
  readonly state = this.#store.get;

  get revision(): number {
    return this.#base.revision;
  }

  /** The student wrote. */
  change(next: string): void {
    if (next === this.#text) return;
    this.#text = next;
    this.#given.keep({ text: next, base: this.#base });
    if (this.state().name === 'conflict') return;
    this.#store.set({ name: 'waiting' });
    if (!this.#running) this.#wait(CALM_MS);
  }

  /** The signs of a word are being chosen: what comes from elsewhere would cut it short, and waits until it stands. */
  compose(isOn: boolean): void {
    if (!isOn) {
      this.#composed?.end();
      this.#composed = undefined;
    } else if (!this.#composed) {
      const { promise: done, resolve: end } = Promise.withResolvers<void>();
      this.#composed = { done, end };
    }
  }

  /** Saves now what is not saved, after the save that is under way. */
  async flush(keepsVersion = false): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#running) await this.#running;
    if (!this.#isUnsaved() || this.state().name === 'conflict') return;
    this.#running = this.#save(keepsVersion).finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  /** What the note says elsewhere, whoever asked. */
  async learn(theirs: Base): Promise<void> {
    while (this.#running) await this.#running;
    await this.#composed?.done;
    if (theirs.revision > this.#base.revision && this.state().name !== 'conflict') await this.#join(theirs);
  }

  /** Ends a conflict. The text that is not taken is the one before among the versions. */
  async resolve(choice: 'both' | 'mine' | 'theirs'): Promise<void> {
    const state = this.state();
    if (state.name !== 'conflict') return;
    const { theirs } = state;
    const both = merged(this.#base.content, this.#text, theirs.content).text;
    this.#base = theirs;
    this.#store.set({ name: 'waiting' });
    if (choice === 'both') this.#write(both);
    await this.flush(true);
    if (choice !== 'theirs' || this.#isUnsaved()) return;
    this.#write(theirs.content);
    await this.flush(true);
  }

  #isUnsaved = () => this.#text !== this.#base.content;

  #wait(milliseconds: number) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), milliseconds);
  }

  #write(next: string) {
    if (next === this.#text) return;
    this.#text = next;
    this.#given.onText(next);
  }

  /** Somebody else saved: what they changed and what was changed here, in one text where that is possible. */
  async #join(theirs: Base) {
    this.#attempt = undefined;
    await this.#composed?.done;
    const both = merged(this.#base.content, this.#text, theirs.content);
    if (!both.isClean) {
      clearTimeout(this.#timer);
      return this.#store.set({ name: 'conflict', theirs });
    }
    this.#base = theirs;
    this.#write(both.text);
    this.#settle(0);
  }

  #settle(pauseMs: number) {
    if (!this.#isUnsaved()) {
      this.#given.keep(null);
      return this.#store.set({ name: 'saved' });
    }
    this.#given.keep({ text: this.#text, base: this.#base });
    this.#store.set({ name: 'waiting' });
    this.#wait(pauseMs);
  }

  #fail(error: unknown, tries: number) {
    const isRefused = error instanceof RequestError && error.status < 500 && error.status !== 429;
    if (!isRefused) {
      const isAway = error instanceof ConnectionError || error instanceof RequestError;
      this.#store.set(isAway ? { name: 'offline' } : { name: 'failed', ...faultOf(error) });
      return this.#wait(Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** tries));
    }
    this.#attempt = undefined;
    this.#store.set(error.status === 404 ? { name: 'gone' } : { name: 'failed', ...faultOf(error) });
  }

  async #save(keepsVersion: boolean) {
    const sent = this.#text;
    const { revision } = this.#base;
    if (this.#attempt?.content !== sent || this.#attempt.base !== revision) {
      this.#attempt = { content: sent, base: revision, requestId: newRequestId(), keepsVersion, tries: 0 };
    }
    const current = this.#attempt;
    const { tries, ...asked } = current;
    this.#store.set({ name: 'saving' });
    try {
      const saved = await this.#given.send(asked);
      if (!saved.isSaved) return await this.#join(saved);
      this.#attempt = undefined;
      this.#base = { revision: saved.revision, content: sent };
      this.#settle(CALM_MS);
    } catch (error) {
      current.tries = tries + 1;
      this.#fail(error, tries);
    }
  }
}
