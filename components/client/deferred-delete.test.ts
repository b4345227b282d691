import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDeferredDelete, UNDO_MILLISECONDS } from './deferred-delete';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(remove = vi.fn(async () => undefined)) {
  const deleted: string[] = [];
  const store = createDeferredDelete({ remove, onDeleted: (id) => deleted.push(id) });
  return { store, remove, deleted };
}

describe('a deletion', () => {
  it('hides at once and is made only when Undo is over', async () => {
    const { store, remove, deleted } = setUp();
    store.schedule('a');
    expect([...store.deletions().pending]).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS - 1);
    expect(remove).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(remove).toHaveBeenCalledExactlyOnceWith('a', { keepalive: false });
    expect(deleted).toEqual(['a']);
    // Still hidden: the list that shows it is older than the deletion.
    expect([...store.deletions().pending]).toEqual(['a']);
  });

  it('never happens after Undo', async () => {
    const { store, remove } = setUp();
    store.schedule('a');
    store.undo('a');
    expect(store.deletions().pending.size).toBe(0);
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS * 2);
    store.flush();
    expect(remove).not.toHaveBeenCalled();
  });

  it('is made at once when the page is left, with a request that outlives it', async () => {
    const { store, remove } = setUp();
    store.schedule('a');
    store.schedule('b');
    store.flush();
    expect(remove.mock.calls).toEqual([
      ['a', { keepalive: true }],
      ['b', { keepalive: true }],
    ]);
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS * 2);
    expect(remove).toHaveBeenCalledTimes(2);
  });

  it('is asked for once when it is pressed twice', async () => {
    const { store, remove } = setUp();
    store.schedule('a');
    store.schedule('a');
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS * 2);
    expect(remove).toHaveBeenCalledTimes(1);
  });

  it('brings the document back with a sentence when the server refuses', async () => {
    const { store, deleted } = setUp(vi.fn(async () => Promise.reject(new Error('no'))));
    store.schedule('a');
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS);
    expect(store.deletions().pending.size).toBe(0);
    expect([...store.deletions().failed]).toEqual(['a']);
    expect(deleted).toEqual([]);
    store.schedule('a');
    expect(store.deletions().failed.size).toBe(0);
  });
});

describe('what the server can take back', () => {
  const take = (remove = vi.fn(async () => undefined), restore = vi.fn(async () => undefined)) => {
    const store = createDeferredDelete({
      remove,
      restore,
      undoMilliseconds: 10_000,
      onDeleted: () => undefined,
    });
    return { store, remove, restore };
  };

  it('is deleted at once, and brought back by Undo', async () => {
    const { store, remove, restore } = take();
    store.schedule('a');
    expect(remove).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(9_999);
    store.undo('a');
    await vi.advanceTimersByTimeAsync(0);
    expect(restore).toHaveBeenCalledExactlyOnceWith('a');
    expect(store.deletions().pending.size).toBe(0);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(remove).toHaveBeenCalledOnce();
  });

  it('is brought back only after the deletion has arrived', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const { store, restore } = take(vi.fn(() => promise));
    store.schedule('a');
    store.undo('a');
    await vi.advanceTimersByTimeAsync(0);
    expect(restore).not.toHaveBeenCalled();
    resolve(undefined);
    await vi.advanceTimersByTimeAsync(0);
    expect(restore).toHaveBeenCalledOnce();
  });

  it('stands there again with a sentence when it was refused', async () => {
    const { store } = take(vi.fn(async () => Promise.reject(new Error('no'))));
    store.schedule('a');
    await vi.advanceTimersByTimeAsync(0);
    expect([...store.deletions().failed]).toEqual(['a']);
    expect(store.deletions().pending.size).toBe(0);
  });
});
