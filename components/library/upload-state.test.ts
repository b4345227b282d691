import { describe, expect, test } from 'vitest';
import { QUEUE_LIMIT } from './file-check';
import { EMPTY_QUEUE, nextJob, type QueueEvent, type QueueState, reduce } from './upload-state';

const file = (name: string) => new File([name], name, { lastModified: 1 });
const added = (...names: string[]): QueueEvent => ({
  type: 'added',
  files: names.map((name) => ({ id: name, file: file(name) })),
  limits: { maxBytes: 1_000 },
  course: undefined,
});
const created = (id: string): QueueEvent => {
  const upload = { bucket: 'documents', path: 'p', token: 't', signedUrl: 'http://storage/put' };
  return {
    type: 'created',
    id,
    created: { documentId: `document of ${id}`, alreadyInLibrary: false, upload },
  };
};
const stateAfter = (...events: QueueEvent[]): QueueState => events.reduce(reduce, EMPTY_QUEUE);
const phases = ({ jobs }: QueueState) => jobs.map(({ item }) => `${item.id} ${item.phase.name}`);
const a = { id: 'a.md' };
const sending: QueueEvent[] = [added('a.md'), { type: 'started', ...a }];
const reading: QueueEvent[] = [...sending, created('a.md'), { type: 'handedOver', ...a }];
const failed: QueueEvent = { type: 'failed', ...a, fault: { message: 'It broke.' } };

describe('what the queue knows', () => {
  test.each<[string, QueueEvent[], string[]]>([
    ['a new file waits', [added('a.md')], ['a.md waiting']],
    ['what cannot be read is refused', [added('a.mov')], ['a.mov rejected']],
    ['a started file is sent', sending, ['a.md uploading']],
    ['a file handed over is read', reading, ['a.md reading']],
    ['without a connection it pauses', [...sending, { type: 'paused', ...a }], ['a.md paused']],
    [
      'back online it waits for its turn',
      [...sending, { type: 'paused', ...a }, { type: 'online' }],
      ['a.md waiting'],
    ],
    ['a busy server puts it back', [...sending, { type: 'deferred', ...a }], ['a.md waiting']],
    ['a failure stays', [...sending, failed, { type: 'online' }], ['a.md failed']],
    ['a failed file can be tried again', [...sending, failed, { type: 'retried', ...a }], ['a.md waiting']],
    ['only a failed file can', [...reading, { type: 'retried', ...a }], ['a.md reading']],
    ['a failed file goes on when it is added again', [...sending, failed, added('a.md')], ['a.md waiting']],
    ['a file taken off is gone', [...reading, { type: 'removed', ...a }], []],
    [
      'what the library shows finished is gone, whenever it is heard of',
      [{ type: 'settled', finished: new Set(['document of a.md']) }, ...reading],
      [],
    ],
    [
      'the same content under two names is sent once',
      [
        added('a.md', 'b.md'),
        { type: 'hashed', ...a, hash: 'same' },
        { type: 'hashed', id: 'b.md', hash: 'same' },
      ],
      ['a.md waiting', 'b.md already'],
    ],
    [
      'files whose content is not known are not the same',
      [
        added('a.md', 'b.md'),
        { type: 'hashed', ...a, hash: undefined },
        { type: 'hashed', id: 'b.md', hash: undefined },
      ],
      ['a.md waiting', 'b.md waiting'],
    ],
    ['news of a file that is gone changes nothing', [failed, { type: 'stored', ...a }], []],
  ])('%s', (_, events, expected) => {
    expect(phases(stateAfter(...events))).toEqual(expected);
  });

  test('progress is kept through a pause, and counts only while a file is sent', () => {
    const progressed: QueueEvent = { type: 'progressed', ...a, percent: 40 };
    const paused = stateAfter(...sending, progressed, { type: 'paused', ...a });
    expect(paused.jobs[0]?.item.phase).toEqual({ name: 'paused', percent: 40 });
    expect(reduce(paused, progressed)).toBe(paused);
  });

  test('a file that is on its way is not added twice', () => {
    expect(stateAfter(added('a.md'), added('a.md', 'b.md', 'b.md'))).toMatchObject({ repeated: 2 });
  });

  test('a document that is forgotten starts from nothing', () => {
    const state = stateAfter(
      ...sending,
      created('a.md'),
      { type: 'stored', ...a },
      { type: 'forgotten', ...a },
    );
    expect(state.jobs[0]).toMatchObject({ stored: false, signedUrl: undefined, item: { documentId: null } });
  });

  test('files beyond what one go may bring are refused', () => {
    const names = Array.from({ length: QUEUE_LIMIT + 1 }, (_, n) => `${n}.md`);
    expect(stateAfter(added(...names)).jobs.at(-1)?.item.phase).toMatchObject({ name: 'rejected' });
    expect(stateAfter(added(...names.slice(1))).jobs.at(-1)?.item.phase).toMatchObject({ name: 'waiting' });
  });

  test('files have their turn in order, with those being sent and read counted together', () => {
    const two: QueueEvent[] = [{ type: 'allowed', concurrency: 2 }, added('a.md', 'b.md', 'c.md')];
    const nextOf = (...events: QueueEvent[]) => nextJob(stateAfter(...two, ...events))?.item.id;
    expect(nextOf()).toBe('a.md');
    expect(nextOf({ type: 'started', ...a })).toBe('b.md');
    const both: QueueEvent[] = [
      { type: 'started', ...a },
      { type: 'started', id: 'b.md' },
    ];
    expect(nextOf(...both)).toBeUndefined();
    // Being read it still has a place; put back it keeps the one it has until its attempt has ended.
    expect(nextOf(...both, { type: 'handedOver', ...a }, { type: 'ended', ...a })).toBeUndefined();
    expect(nextOf(...both, { type: 'deferred', ...a })).toBeUndefined();
    expect(nextOf(...both, { type: 'deferred', ...a }, { type: 'ended', ...a })).toBe('a.md');
  });
});
