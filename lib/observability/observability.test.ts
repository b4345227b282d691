import { describe, expect, test, vi } from 'vitest';
import { captureError, setErrorReporter } from './capture.ts';
import { createLogger } from './logger.ts';
import { checkAll } from './readiness.ts';
import { costUsd, Telemetry } from './telemetry.ts';

describe('the log', () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info' }, { write: (line) => lines.push(line) });

  test('keeps ids and counts, and removes content that slipped in', () => {
    logger.info({ traceId: 't', latencyMs: 4, text: 'my essay', user: { email: 'ada@example.org' } }, 'turn');
    const line = JSON.parse(lines.at(-1) ?? '');
    expect(line).toMatchObject({ level: 'info', traceId: 't', latencyMs: 4, text: '[removed]', msg: 'turn' });
    expect(lines.at(-1)).not.toContain('ada@example.org');
  });

  test('an error is its kind, place and cause, without addresses and keys', () => {
    const cause = new Error('row of ada@example.org with sk-abcdefgh12345678');
    logger.error({ err: new Error('failed', { cause }) }, 'request');
    const line = lines.at(-1) ?? '';
    expect(line).toContain('row of [email] with [key]');
    expect(JSON.parse(line).err).toMatchObject({ type: 'Error', message: 'failed' });
  });

  test('a refused row stays out of the log, wherever its failure stands in the chain of causes', () => {
    const failure = {
      code: '23502',
      message: 'null value in column "page" violates not-null constraint',
      details: 'Failing row contains (my essay, ada@example.org).',
      hint: null,
    };
    logger.error({ err: failure }, 'request');
    logger.error({ err: new Error('failed', { cause: failure }) }, 'request');
    for (const line of lines.slice(-2)) {
      expect(line).toContain('"code":"23502"');
      expect(line).toContain('violates not-null constraint');
      expect(line).not.toContain('my essay');
    }
  });
});

test('a reporter that fails breaks nothing, and without one nothing happens', () => {
  captureError(new Error('nobody listens'));
  const report = vi.fn(() => {
    throw new Error('the reporter is down');
  });
  setErrorReporter(report);
  captureError(new Error('x'), { traceId: 't' });
  setErrorReporter(undefined);
  expect(report).toHaveBeenCalledOnce();
});

describe('cost', () => {
  test('is by million tokens, and unknown where no price is', () => {
    const usage = { inputTokens: 500_000, outputTokens: 100_000 };
    expect(costUsd(usage, { inputUsdPerMillion: 2, outputUsdPerMillion: 8 })).toBeCloseTo(1.8);
    expect(costUsd(usage, { inputUsdPerMillion: 0, outputUsdPerMillion: 0 })).toBeNull();
  });

  test('of a turn counts its model calls once', () => {
    const telemetry = new Telemetry('t', { inputUsdPerMillion: 1, outputUsdPerMillion: 1 });
    telemetry.record({ eventType: 'llm_call', latencyMs: 1.6, inputTokens: 10, outputTokens: 5, ok: true });
    telemetry.record({ eventType: 'tool_call', toolName: 'searchNotes', latencyMs: 2, ok: true });
    expect(telemetry.usage()).toEqual({ inputTokens: 10, outputTokens: 5, costUsd: 0.000015 });
    expect(telemetry.rows()).toMatchObject([
      { trace_id: 't', event_type: 'llm_call', latency_ms: 2, token_count: 15, cost_usd: 0.000015 },
      { event_type: 'tool_call', tool_name: 'searchNotes', token_count: null, cost_usd: null },
    ]);
  });
});

describe('readiness', () => {
  const up = { required: true, run: async () => undefined };
  const down = async () => {
    throw new Error('no answer');
  };

  test('needs what is required and reports the rest', async () => {
    expect(await checkAll({ database: up, queue: { required: false, run: down } })).toMatchObject({
      status: 'ready',
      checks: { database: { ok: true }, queue: { ok: false, latencyMs: expect.any(Number) } },
    });
    expect(await checkAll({ database: { required: true, run: down } })).toMatchObject({
      status: 'unavailable',
    });
  });
});
