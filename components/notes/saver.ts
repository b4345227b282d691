import { ConnectionError, newRequestId, RequestError, sentenceOf } from '@/components/client/request';
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
  | { name: 'failed'; message: string }
  | { name: 'conflict'; theirs: Base };

type SaverDependencies = {
  base: Base;
  send: (save: NoteSave) => Promise<NoteSaved>;
  /** Keeps on this device what is not acknowledged yet; null when all of it is. */
  keep: (unsaved: { text: string; base: Base } | null) => void;
  /** The text has become another one than was written here. */
  onText: (text: string) => void;
};

export type NoteSaver = ReturnType<typeof createNoteSaver>;

/**
 * Saves one note while it is written: one request at a time, each text under its own id, and kept on the device until it is
 * acknowledged. What was saved elsewhere meanwhile is joined; where both changed the same lines, the student decides, and
 * either text stays among the versions.
 */
export function createNoteSaver({ base: first, send, keep, onText }: SaverDependencies) {
  const { get, set, subscribe } = createStore<SaverState>({ name: 'saved' });
  let base = first;
  let text = first.content;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt: (NoteSave & { tries: number }) | undefined;
  let running: Promise<void> | undefined;

  const wait = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), milliseconds);
  };
  const isUnsaved = () => text !== base.content;
  const write = (next: string) => {
    if (next === text) return;
    text = next;
    onText(next);
  };

  /** Somebody else saved: what they changed and what was changed here, in one text where that is possible. */
  function join(theirs: Base) {
    attempt = undefined;
    const both = merged(base.content, text, theirs.content);
    if (!both.isClean) {
      clearTimeout(timer);
      return set({ name: 'conflict', theirs });
    }
    base = theirs;
    write(both.text);
    settle(0);
  }

  function settle(pauseMs: number) {
    if (!isUnsaved()) {
      keep(null);
      return set({ name: 'saved' });
    }
    keep({ text, base });
    set({ name: 'waiting' });
    wait(pauseMs);
  }

  function fail(error: unknown, tries: number) {
    const isRefused = error instanceof RequestError && error.status < 500 && error.status !== 429;
    if (!isRefused) {
      set(
        error instanceof ConnectionError || error instanceof RequestError
          ? { name: 'offline' }
          : { name: 'failed', message: sentenceOf(error) },
      );
      return wait(Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** tries));
    }
    attempt = undefined;
    set(error.status === 404 ? { name: 'gone' } : { name: 'failed', message: error.message });
  }

  async function save(keepsVersion: boolean) {
    const sent = text;
    if (attempt?.content !== sent || attempt.base !== base.revision) {
      attempt = { content: sent, base: base.revision, requestId: newRequestId(), keepsVersion, tries: 0 };
    }
    const current = attempt;
    const { tries, ...asked } = current;
    set({ name: 'saving' });
    try {
      const saved = await send(asked);
      if (!saved.isSaved) return join(saved);
      attempt = undefined;
      base = { revision: saved.revision, content: sent };
      settle(CALM_MS);
    } catch (error) {
      current.tries = tries + 1;
      fail(error, tries);
    }
  }

  /** Saves now what is not saved, after the save that is under way. */
  async function flush(keepsVersion = false): Promise<void> {
    clearTimeout(timer);
    await running;
    if (!isUnsaved() || get().name === 'conflict') return;
    running = save(keepsVersion).finally(() => {
      running = undefined;
    });
    await running;
  }

  return {
    subscribe,
    state: get,
    text: () => text,
    revision: () => base.revision,
    /** The student wrote. */
    change(next: string) {
      if (next === text) return;
      text = next;
      keep({ text, base });
      if (get().name === 'conflict') return;
      set({ name: 'waiting' });
      if (!running) wait(CALM_MS);
    },
    flush,
    /** What the note says elsewhere, whoever asked. */
    async learn(theirs: Base) {
      await running;
      if (theirs.revision > base.revision && get().name !== 'conflict') join(theirs);
    },
    /** Ends a conflict. The text that is not taken is the one before among the versions. */
    async resolve(choice: 'both' | 'mine' | 'theirs') {
      const state = get();
      if (state.name !== 'conflict') return;
      const { theirs } = state;
      const both = merged(base.content, text, theirs.content).text;
      base = theirs;
      set({ name: 'waiting' });
      if (choice === 'both') write(both);
      await flush(true);
      if (choice !== 'theirs' || isUnsaved()) return;
      write(theirs.content);
      await flush(true);
    },
    stop: () => clearTimeout(timer),
  };
}
