import { setTimeout } from 'node:timers/promises';
import { asSchema } from 'ai';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { notesDatabase } from '../../tests/setup/notes-database.ts';
import { failure, toolContext, toolOptions } from '../../tests/setup/tool-context.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { defineTool, type ToolDefinition } from './define-tool.ts';
import { ToolCalls } from './tool-calls.ts';
import type { Report } from './tool-context.ts';

const input = z.object({
  topic: z.string().min(1).describe('What about.'),
  count: z.int().min(1).max(5).nullable().default(null).describe('How many.'),
});
const output = z.object({ lines: z.array(z.string()) });
type Definition = ToolDefinition<typeof input, typeof output>;

/** A tool that works unless it is changed, the ways to call it, and what it recorded. */
function sample(change: Partial<Definition> = {}, signal?: AbortSignal, calls?: ToolCalls) {
  const context = toolContext(notesDatabase([]).db, { calls });
  const tool = defineTool({
    name: 'sample',
    description: 'A sample.',
    input,
    output,
    run: async ({ topic }) => ({ lines: [topic] }),
    ...change,
  });
  return {
    tool,
    call: (given: z.input<typeof input> = { topic: 'x' }, toolCallId = 'call') =>
      tool.execute(given, { ...toolOptions(context, signal), toolCallId }),
    told: (result: unknown) =>
      tool.toModelOutput?.({ toolCallId: 'call', input: { topic: 'x' }, output: result as never }),
    events: context.telemetry.events,
  };
}

const throwing = (error: Error) => ({ run: () => Promise.reject(error) });
const silent = { run: () => new Promise<never>(() => undefined) };

describe('a defined tool', () => {
  test('returns what it found and records the call', async () => {
    const { call, events } = sample();
    expect(await call({ topic: 'memory' })).toEqual({ lines: ['memory'] });
    expect(events).toMatchObject([{ eventType: 'tool_call', toolName: 'sample', ok: true }]);
  });

  test('has a schema a strict provider accepts: all required, nothing extra, no defaults', async () => {
    const schema = await asSchema(sample().tool.inputSchema).jsonSchema;
    expect(schema).toMatchObject({ required: ['topic', 'count'], additionalProperties: false });
    expect(JSON.stringify(schema)).not.toContain('default');
  });

  test('fills what a caller left out, and refuses what does not hold with the field’s name', async () => {
    const run = vi.fn(async () => ({ lines: [] }));
    const { call } = sample({ run });
    await call({ topic: 'x' });
    expect(run).toHaveBeenCalledWith(
      { topic: 'x', count: null },
      expect.anything(),
      expect.anything(),
      expect.any(Function),
    );
    expect(await call({ topic: 'x', count: 9 })).toEqual(failure('invalid_request', 'count'));
    expect(run).toHaveBeenCalledOnce();
  });

  test('tells the model its sentences, and not what pages make them of again', () => {
    const { told } = sample();
    expect(told({ lines: ['In two weeks.'], said: { 'In two weeks.': {} } })).toEqual({
      type: 'text',
      value: '{"lines":["In two weeks."]}',
    });
  });

  test('turns a failure into its code and sentence', async () => {
    const { call, events } = sample(throwing(new AppError('not_found')));
    expect(await call()).toEqual(failure('not_found'));
    expect(events).toMatchObject([{ ok: false, metadata: { code: 'not_found' } }]);
  });

  test('never lets the text of an unexpected error out', async () => {
    const result = await sample(throwing(new Error('connect 10.0.0.7 with password hunter2'))).call();
    expect(result).toEqual(failure('internal'));
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  test.each<[string, Partial<Definition>, ErrorCode]>([
    ['a result that is not what it promised', { run: async () => JSON.parse('{"lines":[1]}') }, 'internal'],
    ['work that does not end in time', { timeoutSeconds: 0.02, ...silent }, 'timeout'],
  ])('fails with %s', async (_name, change, code) => {
    expect(await sample(change).call()).toEqual(failure(code));
  });

  test('a stopped turn is not a failure of the tool', async () => {
    const stop = new AbortController();
    const { call, events } = sample(silent, stop.signal);
    const running = call();
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    expect(events).toEqual([]);
  });

  test('is ended by itself when it is cancelled, and says so', async () => {
    const calls = new ToolCalls();
    const { call, events } = sample(silent, undefined, calls);
    const running = [call({ topic: 'x' }, 'one'), call({ topic: 'x' }, 'two')];
    await setTimeout(5);
    expect([calls.cancel('one'), calls.cancel('three')]).toEqual([true, false]);
    expect(await running[0]).toEqual(failure('cancelled'));
    expect(calls.cancel('one')).toBe(false);
    expect(events).toMatchObject([{ ok: false, metadata: { code: 'cancelled' } }]);
    calls.cancel('two');
    expect(await running[1]).toEqual(failure('cancelled'));
  });

  test('tells how far it is, and nothing once it is over', async () => {
    const told: unknown[] = [];
    const calls = new ToolCalls({ onProgress: (...progress) => told.push(progress) });
    let late: Report = () => undefined;
    const run: Definition['run'] = async (_input, _context, _signal, report) => {
      late = report;
      report({ stage: 'writing', done: 1, of: 2 });
      return { lines: [] };
    };
    await sample({ run }, undefined, calls).call();
    late({ stage: 'writing', done: 2, of: 2 });
    expect(told).toEqual([['call', { stage: 'writing', done: 1, of: 2 }]]);
  });

  test('does not do again what another answer to the question has done, each act once', async () => {
    const run = vi.fn(async () => ({ lines: ['new'] }));
    const earlier = (topic: string) => ({ toolName: 'sample', input: { topic }, output: { lines: [topic] } });
    const act = { run, actOf: ({ topic }: { topic: string }) => topic.toLowerCase() };
    const calls = new ToolCalls({ before: [earlier('A'), { ...earlier('B'), toolName: 'other' }] });
    const { tool, call } = sample(act, undefined, calls);
    expect(tool.isAct).toBe(true);
    expect(await call({ topic: 'b' }, '1')).toEqual({ lines: ['new'] });
    expect(await call({ topic: 'a' }, '2')).toEqual({ lines: ['A'] });
    expect(await call({ topic: 'a' }, '2')).toEqual({ lines: ['A'] });
    expect(await call({ topic: 'a' }, '3')).toEqual({ lines: ['new'] });
    expect(run).toHaveBeenCalledTimes(2);
    // What the student has just said yes to is done, and what is no act is done anew.
    const agreed = new ToolCalls({ before: [earlier('A')], agreed: ['4'] });
    expect(await sample(act, undefined, agreed).call({ topic: 'a' }, '4')).toEqual({ lines: ['new'] });
    const before = new ToolCalls({ before: [earlier('A')] });
    expect(await sample({ run }, undefined, before).call({ topic: 'A' })).toEqual({ lines: ['new'] });
  });

  test.each([
    ['the same but for case, signs and room', { topic: ' cells,  DIVISION' }, ['old']],
    ['something else of the same kind', { topic: 'Trees' }, ['new']],
  ])('asked otherwise, does again what is not the same: %s', async (_, input, lines) => {
    const earlier = { toolName: 'sample', input: { topic: 'Cells: division' }, output: { lines: ['old'] } };
    const act = { run: async () => ({ lines: ['new'] }), actOf: () => 'sample' };
    const beside = new ToolCalls({ before: [{ ...earlier, isBeside: true }] });
    expect(await sample(act, undefined, beside).call(input)).toEqual({ lines });
    // What is not essential may differ, and of an answer to the very question everything may.
    const loose = new ToolCalls({ before: [{ ...earlier, isBeside: true }] });
    const anything = { ...act, essenceOf: () => null };
    expect(await sample(anything, undefined, loose).call(input)).toEqual({ lines: ['old'] });
    const before = new ToolCalls({ before: [earlier] });
    expect(await sample(act, undefined, before).call(input)).toEqual({ lines: ['old'] });
  });

  test('shows the model a result that is too long by its beginning, and says so', async () => {
    expect(await sample({ maxModelCharacters: 100 }).told({ lines: ['x'.repeat(500)] })).toMatchObject({
      type: 'text',
      value: expect.stringContaining('100 of'),
    });
  });

  test('shows the model a failure as code and sentence', async () => {
    const value = { ok: false, code: 'timeout', message: 'Too long.' };
    expect(await sample().told(value)).toEqual({ type: 'json', value });
  });
});
