import { asSchema } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { notesDatabase } from '../../tests/setup/notes-database.ts';
import { toolContext, toolOptions } from '../../tests/setup/tool-context.ts';
import { AppError } from '../errors.ts';
import { defineTool, type ToolDefinition } from './define-tool.ts';

const input = z.object({
  topic: z.string().min(1).describe('What about.'),
  count: z.int().min(1).max(5).nullable().default(null).describe('How many.'),
});
const output = z.object({ lines: z.array(z.string()) });
type Definition = ToolDefinition<typeof input, typeof output>;

function options(abortSignal?: AbortSignal) {
  const { db } = notesDatabase([]);
  const context = toolContext(db);
  const execution = toolOptions(context, abortSignal);
  return { execution, telemetry: context.telemetry };
}

const define = (change: Partial<Definition>) =>
  defineTool({
    name: 'sample',
    description: 'A sample.',
    input,
    output,
    run: async ({ topic }) => ({ lines: [topic] }),
    ...change,
  });

const modelOutput = (tool: ReturnType<typeof define>, result: unknown) =>
  tool.toModelOutput?.({ toolCallId: 'call', input: { topic: 'x' }, output: result as never });

describe('a defined tool', () => {
  test('returns what it found and records the call', async () => {
    const { execution, telemetry } = options();
    expect(await define({}).execute({ topic: 'memory' }, execution)).toEqual({ lines: ['memory'] });
    expect(telemetry.events).toMatchObject([{ eventType: 'tool_call', toolName: 'sample', ok: true }]);
  });

  test('has a schema a strict provider accepts: all required, nothing extra, no defaults', async () => {
    const schema = await asSchema(define({}).inputSchema).jsonSchema;
    expect(schema).toMatchObject({ required: ['topic', 'count'], additionalProperties: false });
    expect(JSON.stringify(schema)).not.toContain('default');
  });

  test('fills what a caller left out, and refuses what does not hold with the field’s name', async () => {
    const { execution } = options();
    const seen: unknown[] = [];
    const tool = define({
      run: async (given) => {
        seen.push(given);
        return { lines: [] };
      },
    });
    await tool.execute({ topic: 'x' }, execution);
    expect(seen).toEqual([{ topic: 'x', count: null }]);
    const refused = await tool.execute({ topic: 'x', count: 9 }, execution);
    expect(refused).toMatchObject({
      ok: false,
      code: 'invalid_request',
      message: expect.stringContaining('count'),
    });
    expect(seen).toHaveLength(1);
  });

  test('turns a failure into its code and sentence', async () => {
    const { execution, telemetry } = options();
    const tool = define({
      run: async () => {
        throw new AppError('not_found');
      },
    });
    expect(await tool.execute({ topic: 'x' }, execution)).toMatchObject({ ok: false, code: 'not_found' });
    expect(telemetry.events).toMatchObject([{ ok: false, metadata: { code: 'not_found' } }]);
  });

  test('never lets the text of an unexpected error out', async () => {
    const { execution } = options();
    const tool = define({
      run: async () => {
        throw new Error('connect 10.0.0.7 with password hunter2');
      },
    });
    const result = await tool.execute({ topic: 'x' }, execution);
    expect(result).toMatchObject({ ok: false, code: 'internal' });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  test('refuses a result that is not what the tool promised', async () => {
    const { execution } = options();
    const tool = define({ run: async () => JSON.parse('{"lines":[1]}') });
    expect(await tool.execute({ topic: 'x' }, execution)).toMatchObject({ ok: false, code: 'internal' });
  });

  test('ends in time even when its work does not', async () => {
    const { execution } = options();
    const tool = define({ timeoutSeconds: 0.02, run: () => new Promise(() => undefined) });
    expect(await tool.execute({ topic: 'x' }, execution)).toMatchObject({ ok: false, code: 'timeout' });
  });

  test('a stopped turn is not a failure of the tool', async () => {
    const stop = new AbortController();
    const { execution, telemetry } = options(stop.signal);
    const running = define({ run: () => new Promise(() => undefined) }).execute({ topic: 'x' }, execution);
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    expect(telemetry.events).toEqual([]);
  });

  test('shows the model a result that is too long by its beginning, and says so', async () => {
    const result = { lines: ['x'.repeat(500)] };
    const shown = await modelOutput(define({ maxModelCharacters: 100 }), result);
    expect(shown).toMatchObject({ type: 'text', value: expect.stringContaining('100 of') });
  });

  test('shows the model a failure as code and sentence', async () => {
    const failure = { ok: false, code: 'timeout', message: 'Too long.' };
    expect(await modelOutput(define({}), failure)).toEqual({ type: 'json', value: failure });
  });
});
