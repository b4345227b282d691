import { describe, expect, it } from 'vitest';
import type { ClervaPart } from '@/lib/agent/messages';
import { contentOf } from '@/lib/agent/messages';
import type { ToolProgress } from '@/lib/domain/message';
import { citation, citationPart } from './fixtures';
import { readActivity } from './tool-activity';

// Stored parts come from the database, also in shapes of before; the tests write them as they are stored.
const stored = (part: unknown) => part as ClervaPart;

const search = (over: Record<string, unknown>) =>
  stored({
    type: 'tool-searchNotes',
    toolCallId: 'call-1',
    state: 'output-available',
    input: { query: 'memory' },
    ...over,
  });

const chunk = (n: number, docId: string) => ({ n, docId, source: `Title ${docId}` });

const read = (...parts: ClervaPart[]) => readActivity(contentOf(parts), { isWriting: true });

describe('readActivity', () => {
  it('says in words what was searched and read', () => {
    const output = {
      chunks: [chunk(1, 'a'), chunk(2, 'a'), chunk(3, 'b')],
      evidence: { band: 'strong' },
      documents: 2,
    };
    const activity = read(search({ output }), citationPart(citation(1)));
    expect(activity).toMatchObject({ state: 'done', summary: 'Searched 2 documents, read 3 passages' });
    expect(activity?.steps.map(({ text }) => text)).toEqual([
      'Searched your notes for “memory”',
      'Read 3 passages in 2 documents',
      'Checked 1 quote, 1 found',
    ]);
  });

  it('counts a passage once that two searches found', () => {
    const output = { chunks: [chunk(1, 'a')], evidence: { band: 'weak' }, documents: 1 };
    expect(read(search({ output }), search({ toolCallId: 'call-2', output }))?.summary).toBe(
      'Searched 1 document, read 1 passage',
    );
  });

  it('says what runs', () => {
    expect(read(search({ state: 'input-available' }))).toMatchObject({
      state: 'running',
      summary: 'Searching your notes',
    });
  });

  it('says so when nothing was found, whatever came closest', () => {
    const output = { chunks: [chunk(1, 'a')], evidence: { band: 'none' }, documents: 1 };
    expect(read(search({ output }))?.summary).toBe('Searched your notes, found nothing on it');
  });

  it.each([
    { output: { ok: false, code: 'timeout', message: 'PGRST-500 raw' } },
    { state: 'output-error', errorText: 'TypeError: x' },
  ])('names a failure without its raw text', (over) => {
    const activity = read(search(over));
    expect(activity).toMatchObject({
      state: 'failed',
      summary: 'Could not search your notes. The answer does without it.',
    });
    expect(JSON.stringify(activity)).not.toMatch(/PGRST|TypeError/);
  });

  it('never shows the name of a tool it does not know, and reads stored parts of an older shape', () => {
    const unknown = stored({
      type: 'tool-deleteEverything',
      toolCallId: 'x',
      state: 'output-available',
      input: {},
      output: {},
    });
    expect(read(unknown)?.summary).toBe('Worked on it');
    expect(read(search({ output: { passages: [] } }))?.summary).toBe('Searched your notes');
  });

  it('does not call the student’s no a failure', () => {
    const denied = stored({
      type: 'tool-sendNudge',
      toolCallId: 'x',
      state: 'output-denied',
      input: { toUserId: 'a', message: 'Hello', nudgeType: 'study_invite' },
      approval: { id: 'y', approved: false },
    });
    expect(read(denied)).toMatchObject({ state: 'done', summary: 'Did not send the message' });
  });

  it('does not call a message sent that went out before and was not sent again', () => {
    const sent = (duplicate: boolean) =>
      stored({
        type: 'tool-sendNudge',
        toolCallId: 'x',
        state: 'output-available',
        input: { toUserId: 'a', message: 'Hello', nudgeType: 'study_invite' },
        output: { success: true, nudgeId: 'n', sentAt: '2026-01-01T00:00:00Z', duplicate },
      });
    expect(read(sent(false))).toMatchObject({ state: 'done', summary: 'Sent the message' });
    expect(read(sent(true))).toMatchObject({ state: 'done', summary: 'Sent nothing again' });
  });

  it('says of a yes or no what became of it, and calls nothing running once the answer has ended', () => {
    const call = (toolCallId: string, state: string, approval: object) =>
      stored({
        type: 'tool-sendNudge',
        toolCallId,
        state,
        input: { toUserId: 'a', message: 'Hello', nudgeType: 'study_invite' },
        approval: { id: toolCallId, ...approval },
      });
    const [yes, no] = [true, false].map((approved) =>
      call(String(approved), 'approval-responded', { approved }),
    );
    const open = call('open', 'approval-requested', {});
    expect(read(...[no, open].flatMap((part) => part ?? []))?.summary).toBe('Did not send the message');
    expect(read(...[yes, open].flatMap((part) => part ?? []))?.summary).toMatch(/^You said yes/);
    expect(read(...[yes].flatMap((part) => part ?? []))).toMatchObject({ state: 'running' });
    const ended = readActivity(contentOf(yes ? [yes] : []), { isWriting: false });
    expect(ended).toMatchObject({
      state: 'failed',
      summary: expect.stringMatching(/the answer ended before/),
    });
    const passed = readActivity(contentOf([yes, open].flatMap((part) => part ?? [])), {
      isWriting: false,
      isPassedOver: true,
    });
    expect(passed).toMatchObject({ state: 'failed', summary: expect.stringMatching(/Nothing was done$/) });
  });

  it.each<[ToolProgress, string]>([
    [{ stage: 'searching' }, 'searching your notes'],
    [{ stage: 'searching', done: 1, of: 3 }, 'searching your notes, 1 of 3'],
    [{ stage: 'writing', done: 4, of: 10 }, '4 of 10 written'],
    [{ stage: 'writing', done: 2 }, '2 written'],
    [{ stage: 'planning' }, 'fitting it into your days'],
  ])('says how far a tool is: %j', (progress, words) => {
    const quiz = {
      type: 'tool-generateQuiz',
      toolCallId: 'q',
      state: 'input-available',
      input: {},
    } as ClervaPart;
    const activity = readActivity(contentOf([quiz]), { isWriting: true, progress: { q: progress } });
    expect(activity?.summary).toMatch(new RegExp(`: ${words}$`));
    expect(activity?.steps).toMatchObject([{ state: 'running', toolCallId: 'q' }]);
  });

  it('says of a call that was cancelled who did so', () => {
    const output = { ok: false, code: 'cancelled', message: 'This was cancelled.' };
    const call = { type: 'tool-generateQuiz', toolCallId: 'q', state: 'output-available', input: {}, output };
    const activity = readActivity(contentOf([call as ClervaPart]), { isWriting: false });
    expect(activity).toMatchObject({
      state: 'failed',
      summary: expect.stringMatching(/You cancelled it\.$/),
    });
  });

  it('is silent where nothing was done', () => {
    expect(read()).toBeUndefined();
  });
});
