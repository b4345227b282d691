import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { close, listen } from '../../local/stack/http.ts';
import { exportSpans } from './otlp.ts';
import { Telemetry } from './telemetry.ts';
import { recordSpan } from './trace.ts';

const TRACE = '0123456789abcdef00000000000000aa';
type Sent = {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status: { code?: number };
  attributes: { key: string; value: Record<string, unknown> }[];
};
const received: { path: string | undefined; type: string | undefined; spans: Sent[]; text: string }[] = [];
const receiver = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  const spans = JSON.parse(text).resourceSpans.flatMap((resource: { scopeSpans: { spans: Sent[] }[] }) =>
    resource.scopeSpans.flatMap((scope) => scope.spans),
  );
  received.push({ path: request.url, type: request.headers['content-type'], spans, text });
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
});
let exporting: ReturnType<typeof exportSpans>;

beforeAll(async () => {
  exporting = exportSpans({ endpoint: `${await listen(receiver, 0)}/`, version: '1.0.0' });
});
afterAll(async () => {
  await exporting.stop();
  await close(receiver);
});

const request = (traceId: string) =>
  recordSpan({
    name: 'POST /api/ai-agent/chat',
    kind: 'server',
    traceId,
    place: 'request',
    parent: null,
    latencyMs: 40,
    ok: true,
    attributes: { 'http.response.status_code': 200, 'error.type': undefined },
  });

test('a turn is one trace under the id of its response: request, answer, calls of the model and of tools', async () => {
  const telemetry = new Telemetry(TRACE, { inputUsdPerMillion: 2, outputUsdPerMillion: 8 }, 'turn');
  telemetry.record({
    eventType: 'llm_call',
    model: 'gpt-6-luna',
    latencyMs: 1_200,
    inputTokens: 1_000,
    outputTokens: 50,
    ok: true,
    metadata: { finishReason: 'stop', firstOutputMs: 300 },
  });
  telemetry.record({
    eventType: 'tool_call',
    toolName: 'searchNotes',
    latencyMs: 12,
    ok: false,
    metadata: { code: 'timeout', query: 'what the student asked' },
  });
  recordSpan({
    name: 'invoke_agent clerva',
    kind: 'internal',
    traceId: TRACE,
    place: 'turn',
    parent: 'request',
    latencyMs: 1_300,
    ok: true,
    attributes: { 'gen_ai.operation.name': 'invoke_agent' },
  });
  request(TRACE);
  request('f'.repeat(32));
  await exporting.flush();

  const [{ path, type, spans, text } = { path: '', type: '', spans: [], text: '' }] = received;
  expect(path).toBe('/v1/traces');
  expect(type).toBe('application/json');
  expect(text).not.toContain('what the student asked');
  expect(text).toContain('"service.name"');
  const byName = Object.fromEntries(
    spans.filter(({ traceId }) => traceId === TRACE).map((span) => [span.name, span]),
  );
  const { 'POST /api/ai-agent/chat': root, 'invoke_agent clerva': turn } = byName;
  const { 'chat gpt-6-luna': call, 'execute_tool searchNotes': tool } = byName;
  expect(root?.parentSpanId ?? '').toBe('');
  expect(turn?.parentSpanId).toBe(root?.spanId);
  expect([call?.parentSpanId, tool?.parentSpanId]).toEqual([turn?.spanId, turn?.spanId]);
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
  const attributes = Object.fromEntries(
    (call?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]),
  );
  expect(attributes).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-6-luna',
    'gen_ai.usage.input_tokens': 1_000,
    'gen_ai.usage.output_tokens': 50,
  });
  expect(tool?.status.code).toBe(2);
  expect((BigInt(call?.endTimeUnixNano ?? 0) - BigInt(call?.startTimeUnixNano ?? 0)) / 1_000_000n).toBe(
    1_200n,
  );
});

test('nothing is sent and nothing fails once it has ended', async () => {
  await exporting.stop();
  received.length = 0;
  request(TRACE);
  await exporting.flush();
  expect(received).toEqual([]);
});
