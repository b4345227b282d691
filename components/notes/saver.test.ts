import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionError, RequestError } from '@/components/client/request';
import type { NoteSaved } from '@/lib/domain/note';
import { type NoteSave, saveDraft } from './drafts';
import { NoteSaver } from './saver';

/** A note on a server that several tabs save. */
function server(content: string) {
  const note = { revision: 1, content };
  const versions: string[] = [];
  const sent: NoteSave[] = [];
  let known = '';
  return {
    note,
    versions,
    sent,
    isDown: false,
    send(this: { isDown: boolean }, save: NoteSave): Promise<NoteSaved> {
      sent.push(save);
      if (this.isDown) return Promise.reject(new ConnectionError('offline'));
      if (known === save.requestId) return Promise.resolve({ isSaved: true, revision: note.revision });
      if (save.base !== note.revision) return Promise.resolve({ isSaved: false, ...note });
      if (save.keepsVersion) versions.push(note.content);
      known = save.requestId;
      note.content = save.content;
      note.revision++;
      return Promise.resolve({ isSaved: true, revision: note.revision });
    },
  };
}

function tab(at: ReturnType<typeof server>) {
  const shown: string[] = [];
  const kept: (string | null)[] = [];
  const saver = new NoteSaver({
    base: { ...at.note },
    send: (save) => at.send(save),
    keep: (unsaved) => kept.push(unsaved?.text ?? null),
    onText: (text) => shown.push(text),
  });
  return { saver, shown, kept };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a note that is written', () => {
  it('is saved once it is calm, and kept on the device until then', async () => {
    const at = server('a');
    const { saver, kept } = tab(at);
    saver.change('ab');
    saver.change('abc');
    expect(kept).toEqual(['ab', 'abc']);
    await vi.runAllTimersAsync();
    expect(at.sent.map(({ content }) => content)).toEqual(['abc']);
    expect(saver.state()).toEqual({ name: 'saved' });
    expect(kept.at(-1)).toBeNull();
  });

  it('shows nothing from elsewhere while a word is composed, whoever told of it, and loses nothing of either', async () => {
    const at = server('one\n\ntwo');
    const { saver, shown } = tab(at);
    saver.compose(true);
    saver.change('one か\n\ntwo');
    Object.assign(at.note, { revision: 2, content: 'one\n\ntwo\n\nthree' });
    const learned = saver.learn({ ...at.note });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(shown).toEqual([]);
    saver.change('one 漢字\n\ntwo');
    saver.compose(false);
    await learned;
    await vi.runAllTimersAsync();
    expect(shown).toEqual(['one 漢字\n\ntwo\n\nthree']);
    expect(at.note.content).toBe('one 漢字\n\ntwo\n\nthree');
  });

  it('joins what another tab changed elsewhere in it', async () => {
    const at = server('one\n\ntwo');
    const [left, right] = [tab(at), tab(at)];
    left.saver.change('one more\n\ntwo');
    await left.saver.flush();
    right.saver.change('one\n\ntwo more');
    await vi.runAllTimersAsync();
    expect(at.note.content).toBe('one more\n\ntwo more');
    expect(right.shown).toEqual(['one more\n\ntwo more']);
  });

  it.each([
    ['both', 'mine\ntheirs', ['theirs']],
    ['mine', 'mine', ['theirs']],
    ['theirs', 'theirs', ['theirs', 'mine']],
  ] as const)('asks where both changed one line, and keeps %s', async (choice, content, versions) => {
    const at = server('line');
    const [left, right] = [tab(at), tab(at)];
    left.saver.change('theirs');
    await left.saver.flush();
    right.saver.change('mine');
    await vi.runAllTimersAsync();
    expect(right.saver.state().name).toBe('conflict');
    expect(at.note.content).toBe('theirs');
    expect(right.kept.at(-1)).toBe('mine');
    await right.saver.resolve(choice);
    expect(at.note.content).toBe(content);
    expect(at.versions).toEqual(versions);
    expect(right.saver.state().name).toBe('saved');
  });

  it('shows what was saved elsewhere where nothing was written here', async () => {
    const at = server('a');
    const { saver, shown } = tab(at);
    await saver.learn({ revision: 2, content: 'b' });
    expect(shown).toEqual(['b']);
    expect(saver.state().name).toBe('saved');
  });

  it('waits for a connection, and repeats the same text as the same save', async () => {
    const at = server('a');
    const { saver, kept } = tab(at);
    at.isDown = true;
    saver.change('ab');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(saver.state().name).toBe('offline');
    expect(kept.at(-1)).toBe('ab');
    at.isDown = false;
    await saver.flush();
    expect(at.note.content).toBe('ab');
    expect(new Set(at.sent.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it('says that it was deleted, and tries no more', async () => {
    const at = server('a');
    const { saver } = tab(at);
    at.send = () => Promise.reject(new RequestError({ status: 404, code: 'not_found', message: 'Gone.' }));
    saver.change('ab');
    await vi.runAllTimersAsync();
    expect(saver.state().name).toBe('gone');
  });
});

it('keeps both texts when a draft is sent to a note that was changed meanwhile', async () => {
  const at = server('line\n\nend');
  const draft = {
    documentId: '7d444840-9dc0-4d3e-9d6f-2b1c5a4f0e11',
    text: 'mine\n\nend',
    base: { ...at.note },
    savedAtMs: 0,
  };
  const other = tab(at);
  other.saver.change('theirs\n\nend');
  await other.saver.flush();
  await saveDraft(draft, (_, save) => at.send(save));
  expect(at.note.content).toBe('mine\ntheirs\n\nend');
  expect(at.versions).toEqual(['theirs\n\nend']);
});
