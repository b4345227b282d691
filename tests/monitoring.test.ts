import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { createClient } from '@supabase/supabase-js';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createUserClient } from '../lib/db/clients.ts';
import { costReport, getOwnUse } from '../lib/db/queries/spending.ts';
import { COST_GROUPS, type CostRow } from '../lib/domain/spending.ts';
import {
  countEvent,
  countRequest,
  metricNames,
  metricsPage,
  startMetrics,
} from '../lib/operations/metrics.ts';
import { JSON_ANSWER, testApi } from './setup/api.ts';
import { PASSWORD, startServicesWithJobs } from './setup/services.ts';

// Keeping the platform awake after a response has no meaning outside a request of Next.
vi.mock('next/server', () => ({ after: () => undefined }));

const TOKEN = 'a-token-of-the-status-pages';
const NOTES =
  '# Memory\n\nShort-term memory holds about seven items.\n\n# Sleep\n\nSleep consolidates memory.\n';

const { api, services, students } = testApi({
  students: ['ada', 'boole'],
  start: async () => {
    const started = await startServicesWithJobs();
    vi.stubEnv('STATUS_TOKEN', TOKEN);
    vi.stubEnv('STORAGE_LIMIT_BYTES', '1GB');
    vi.stubEnv('MODEL_INPUT_USD_PER_MILLION', '2');
    vi.stubEnv('MODEL_OUTPUT_USD_PER_MILLION', '8');
    return started;
  },
  routes: async () => ({
    chat: await import('../app/api/ai-agent/chat/route.ts'),
    documents: await import('../app/api/documents/route.ts'),
    document: await import('../app/api/documents/[documentId]/route.ts'),
    ingest: await import('../app/api/documents/[documentId]/ingest/route.ts'),
    cost: await import('../app/api/admin/cost/route.ts'),
    health: await import('../app/api/status/health/route.ts'),
    detailed: await import('../app/api/status/detailed/route.ts'),
    metrics: await import('../app/api/status/metrics/route.ts'),
  }),
});
const asOperator = { as: null, headers: { authorization: `Bearer ${TOKEN}` } };

async function read(content: string): Promise<void> {
  const body = { title: 'Notes', fileName: 'notes.md', mimeType: 'text/markdown', sizeBytes: content.length };
  const { documentId, upload } = (await api.documents.POST({}, { body })).body;
  await fetch(upload.signedUrl, {
    method: 'PUT',
    headers: { 'content-type': 'text/markdown' },
    body: content,
  });
  await api.ingest.POST({ documentId });
  await expect
    .poll(async () => (await api.document.GET({ documentId })).body.status, { timeout: 15_000, interval: 50 })
    .toMatch(/ready|error/);
}

/** What a day leaves behind: a document that is read and one that is not, answers as a stream and whole, a refusal. */
async function aDay(): Promise<void> {
  startMetrics('1.0.0');
  await read(NOTES);
  await read(' ');
  await api.chat.POST(
    {},
    { body: { message: 'How many items does short-term memory hold?' }, headers: JSON_ANSWER },
  );
  await api.chat.POST({}, { body: { message: 'Make me a quiz of 2 questions on the French Revolution' } });
  await api.chat.POST({}, { body: { message: '' } });
}

/** A metric's figures by its labels, of the page that Prometheus reads. */
function figures(page: string, name: string): Record<string, number> {
  const lines = [...page.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, 'gm'))];
  return Object.fromEntries(lines.map(([, labels = '', value]) => [labels, Number(value)]));
}

test('a day of use stands in the metrics, and nothing of who used it or what was said', async () => {
  await aDay();
  const { status, headers, text } = await api.metrics.GET({}, asOperator);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(figures(text, 'clerva_ingestions_total')).toMatchObject({
    'outcome="read",code="none"': 1,
    'outcome="failed",code="file_empty"': 1,
  });
  expect(figures(text, 'clerva_turns_total')['status="done",code="none"']).toBe(2);
  expect(figures(text, 'clerva_tool_calls_total')['tool="searchNotes",outcome="ok"']).toBeGreaterThan(0);
  expect(figures(text, 'clerva_first_part_seconds_count')['']).toBe(1);
  expect(figures(text, 'clerva_turn_first_text_seconds_count')['']).toBe(2);
  const [cost] = Object.values(figures(text, 'clerva_model_cost_usd_total'));
  expect(cost).toBeGreaterThan(0);
  expect(figures(text, 'clerva_job_steps_total')['step="publish",outcome="ok"']).toBe(1);
  expect(figures(text, 'clerva_storage_used_bytes')['']).toBeGreaterThan(0);
  expect(figures(text, 'clerva_database_requests_in_flight')['']).toBeGreaterThanOrEqual(0);
  for (const said of [students.ada.id, students.ada.email, 'memory hold', 'notes.md', 'seven items']) {
    expect(text).not.toContain(said);
  }
});

test('a day of a thousand students makes the page no longer than its routes, tools and codes do', async () => {
  const routes = Array.from({ length: 400 }, (_, index) => `/api/made-up-${index}`);
  for (let student = 0; student < 1_000; student += 1) {
    for (let turn = 0; turn < 20; turn += 1) {
      const latencyMs = student + turn;
      const route = routes[(student + turn) % 400] ?? '';
      countRequest({ route, method: 'POST', status: 200, latencyMs }, true);
      countEvent({ eventType: 'tool_call', toolName: 'searchNotes', latencyMs, ok: true, costUsd: null });
      countEvent({ eventType: 'llm_call', model: `model-${student}`, latencyMs, ok: true, costUsd: 0.001 });
    }
  }
  const { text } = await metricsPage();
  expect(Object.keys(figures(text, 'clerva_http_requests_total')).length).toBeLessThan(170);
  expect(
    figures(text, 'clerva_http_requests_total')['route="other",method="POST",status="200"'],
  ).toBeGreaterThan(10_000);
  expect(Object.keys(figures(text, 'clerva_model_calls_total')).length).toBeLessThan(170);
  expect(text.split('\n').length).toBeLessThan(12_000);
});

describe('the pages of state', () => {
  test('health is open and says what runs and for how long', async () => {
    const { status, body } = await api.health.GET({}, { as: null });
    expect(status).toBe(200);
    expect(body).toEqual({ status: 'ok', version: expect.any(String), uptime: expect.any(Number) });
  });

  test.each([
    ['nobody', { as: null }, 401],
    ['a wrong token', { as: null, headers: { authorization: `Bearer ${TOKEN}x` } }, 401],
    ['no token at all', { as: null, headers: { authorization: 'Bearer' } }, 401],
    ['another scheme', { as: null, headers: { authorization: `Basic ${TOKEN}` } }, 401],
    ['a student', { as: students.ada }, 403],
  ])('detail and metrics are closed to %s', async (_who, options, status) => {
    expect((await api.detailed.GET({}, options)).status).toBe(status);
    expect((await api.metrics.GET({}, options)).status).toBe(status);
  });

  test('detail names what Clerva depends on and how it does', async () => {
    const { status, body } = await api.detailed.GET({}, asOperator);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'ok',
      dependencies: { database: { ok: true, latencyMs: expect.any(Number) }, model: { ok: true } },
      queue: { documentsWaiting: 0, oldestWaitingSeconds: 0 },
      memory: { rssBytes: expect.any(Number), limitBytes: expect.any(Number) },
      eventLoop: { p99Ms: expect.any(Number) },
      model: { calls: expect.any(Number), failures: 0, errorRate: 0 },
    });
    expect(body.model.calls).toBeGreaterThan(0);
  });
});

const boards = globSync('docs/monitoring/grafana/dashboards/*.json');
const RULES = 'docs/monitoring/alerts.yml';

/** The metrics that a query names: words before a label set, a range, or an arithmetic sign. */
const metricsOf = (query: string) =>
  [...query.replace(/\{[^}]*\}/g, '').matchAll(/\b(?:clerva|process|nodejs)_\w+/g)].map(([name]) => name);
const target = z.object({ expr: z.string() });
const board = z.object({
  uid: z.string(),
  title: z.string(),
  panels: z.array(z.object({ targets: z.array(target).optional() })),
});

describe('dashboards and alarms', () => {
  const queries = [
    ...boards.flatMap((file) =>
      board
        .parse(JSON.parse(readFileSync(file, 'utf8')))
        .panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => ({ file, expr }))),
    ),
    ...[...readFileSync(RULES, 'utf8').matchAll(/^ +expr: (?:\|\n((?: {10,}.*\n)+)|(.*)$)/gm)].map(
      (match) => ({
        file: RULES,
        expr: match[1] ?? match[2] ?? '',
      }),
    ),
  ];

  test('name only metrics that exist', async () => {
    expect(boards.length).toBe(4);
    expect(queries.length).toBeGreaterThan(40);
    const known = new Set(await metricNames());
    const unknown = queries.flatMap(({ file, expr }) =>
      metricsOf(expr)
        .filter((name) => !known.has(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  test('find each of them after a day of use', async () => {
    const { text } = await api.metrics.GET({}, asOperator);
    const absent = new Set(
      queries
        .flatMap(({ expr }) => metricsOf(expr))
        .filter((name) => Object.keys(figures(text, name)).length === 0),
    );
    expect([...absent]).toEqual([]);
  });

  const isInstalled = spawnSync('promtool', ['--version']).status === 0;
  if (!isInstalled) console.info('promtool is not installed (Debian: prometheus); the rules are not run.');
  test.skipIf(!isInstalled).each([
    ['check', 'rules', RULES],
    ['test', 'rules', 'docs/monitoring/alerts.test.yml'],
    ['check', 'config', '--syntax-only', 'docs/monitoring/prometheus.yml'],
  ])('promtool %s %s is content', (...parts) => {
    expect(execFileSync('promtool', parts, { encoding: 'utf8' })).toMatch(/SUCCESS/);
  });
});

test('every query of the runbook runs and finds rows', async () => {
  const { query } = services;
  await query(
    `insert into public.share_link (user_id, thread_id, title, token_hash, snapshot)
     select user_id, id, 'Memory', repeat('a', 64), '{}' from public.thread where user_id = $1 limit 1`,
    [students.ada.id],
  );
  await query(`insert into public.audit_log (user_id, action) values ($1, 'nudge.sent')`, [students.ada.id]);
  const blocks = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^```sql\n([\s\S]*?)^```/gm)];
  expect(blocks.length).toBeGreaterThanOrEqual(16);
  for (const [, sql = ''] of blocks) {
    expect(await query(sql), sql).not.toEqual([]);
  }
});

describe('the cost of all students', () => {
  const asAdmin = async () => {
    const { url, publishableKey, secretKey } = services.gateway;
    const { id, email } = students.boole;
    const { auth } = createClient(url, secretKey, { auth: { persistSession: false } });
    await auth.admin.updateUserById(id, { app_metadata: { role: 'admin' } });
    const client = createClient(url, publishableKey, { auth: { persistSession: false } });
    const { data } = await client.auth.signInWithPassword({ email, password: PASSWORD });
    return { token: data.session?.access_token ?? '' };
  };

  test('is told to admins by day, model, student and tool, and adds up to the same', async () => {
    const as = await asAdmin();
    const report = async (query: string) => {
      const { status, body } = await api.cost.GET({}, { as, query });
      expect({ status, body }).toMatchObject({ status: 200, body: { rows: expect.any(Array) } });
      return body.rows as CostRow[];
    };
    const sum = (rows: CostRow[]) => rows.reduce((total, row) => total + row.costUsd, 0);
    const reports: CostRow[][] = [];
    for (const group of COST_GROUPS) reports.push(await report(`?by=${group}`));
    const [days, models, owners, tools] = reports;
    expect(days).toHaveLength(1);
    expect(models?.map(({ key }) => key)).toEqual(['clerva-study-brain']);
    expect(owners?.map(({ key }) => key)).toEqual([students.ada.id]);
    expect(tools?.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['answer', 'searchNotes', 'generateQuiz']),
    );
    expect(sum(days ?? [])).toBeGreaterThan(0);
    for (const rows of [models, owners, tools]) expect(sum(rows ?? [])).toBeCloseTo(sum(days ?? []), 10);
    expect(await report('?from=2020-01-01&to=2020-01-31')).toEqual([]);
    const { text, headers } = await api.cost.GET({}, { as, query: '?by=student&format=csv' });
    expect(headers.get('content-disposition')).toMatch(/filename="cost-by-student-.*\.csv"/);
    expect(text).toMatch(
      new RegExp(`^student,calls,failures,inputTokens,outputTokens,costUsd\r\n${students.ada.id},`),
    );
    for (const query of ['?by=name', '?from=yesterday', '?from=2026-02-01&to=2026-01-01', '?format=xml']) {
      expect((await api.cost.GET({}, { as, query })).status, query).toBe(400);
    }
  });

  test('is closed to students, in the database as well, who see their own', async () => {
    expect((await api.cost.GET({}, { as: students.ada })).status).toBe(403);
    expect((await api.cost.GET({}, { as: null })).status).toBe(401);
    const db = createUserClient(students.ada.token);
    const span = { from: '2026-01-01', to: '2027-12-31' };
    await expect(costReport(db, { ...span, by: 'student' })).rejects.toMatchObject({ code: 'forbidden' });
    const [today] = await getOwnUse(db, { userId: students.ada.id, now: new Date() });
    expect(today).toMatchObject({ calls: expect.any(Number), tokens: expect.any(Number) });
    expect(today?.costUsd).toBeGreaterThan(0);
    expect(await getOwnUse(db, { userId: students.boole.id, now: new Date() })).toEqual([]);
  });
});

test('the monitoring schema is closed to students', async () => {
  const views = await services.query<{ name: string; reads: boolean }>(
    `select viewname as name, has_table_privilege('authenticated', 'monitoring.' || viewname, 'select')
       or has_schema_privilege('authenticated', 'monitoring', 'usage')
       or has_schema_privilege('anon', 'monitoring', 'usage') as reads
     from pg_views where schemaname = 'monitoring'`,
  );
  expect(views.length).toBe(13);
  expect(views.filter(({ reads }) => reads)).toEqual([]);
});
