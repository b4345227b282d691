import { globSync } from 'node:fs';
import {
  countDatabase,
  countEvent,
  countRequest,
  countTurn,
  metricsPage,
} from '../lib/operations/metrics.ts';
import { tools } from '../lib/tools/index.ts';
import { type Benchmark, percentile, timed } from './benchmark.ts';

const STUDENTS = 1_000;
const REQUESTS_EACH = 40;
const OPERATIONS = 80;
const SCRAPES = Array.from({ length: 50 }, (_, index) => index);

/** A morning of a thousand students over every route there is, with a turn after each few requests. */
async function morning(): Promise<void> {
  const routes = globSync('app/api/**/route.ts').map((file) => file.replace(/^app|\/route\.ts$/g, ''));
  const toolNames = Object.keys(tools);
  for (let at = 0; at < STUDENTS * REQUESTS_EACH; at += 1) {
    const latencyMs = (at * 37) % 3_000;
    const route = routes[at % routes.length] ?? '';
    countRequest(
      { route, method: at % 3 === 0 ? 'POST' : 'GET', status: at % 50 === 0 ? 429 : 200, latencyMs },
      at % 8 === 0,
    );
    if (at % 8 > 0) continue;
    countTurn({ status: 'done', latencyMs, firstTextMs: latencyMs / 2 });
    countEvent({
      eventType: 'llm_call',
      model: 'a model',
      latencyMs,
      inputTokens: 900,
      outputTokens: 90,
      costUsd: 0.01,
      ok: true,
    });
    countEvent({
      eventType: 'tool_call',
      toolName: toolNames[at % toolNames.length],
      latencyMs,
      costUsd: null,
      ok: true,
    });
  }
  const answer = async () => new Response();
  for (let at = 0; at < OPERATIONS; at += 1) {
    await countDatabase({ url: `/rest/v1/rpc/operation_${at}`, method: 'POST' }, answer);
  }
}

export const metricsBenchmark: Benchmark = {
  name: 'Metrics',
  run: async () => {
    const begun = performance.now();
    await morning();
    const perRequest = (performance.now() - begun) / (STUDENTS * REQUESTS_EACH);
    const samples = await timed(SCRAPES, metricsPage, 10);
    return [
      {
        name: `the page after ${STUDENTS} students' morning, p50`,
        value: percentile(samples, 0.5),
        unit: 'ms',
        atMost: 10,
      },
      { name: 'the same, p95', value: percentile(samples, 0.95), unit: 'ms' },
      { name: 'counting one request', value: perRequest, unit: 'ms', atMost: 0.1 },
    ];
  },
};
