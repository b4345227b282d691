import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ofAnotherStandard } from '../app/api/openapi.json/answers.ts';
import { openApiDocument } from '../app/api/openapi.json/document.ts';
import { OPERATIONS, type Operation } from '../app/api/openapi.json/operations.ts';
import { ERRORS } from '../lib/errors.ts';
import { METHODS } from '../lib/http/methods.ts';
import { problemSchema } from '../lib/http/problem.ts';
import { jsonSchemaOf } from '../lib/json-schema.ts';
import { testApi } from './setup/api.ts';
import { methodsTakenBy, routeFiles } from './setup/routes.ts';

vi.mock('next/server', () => ({ after: () => undefined }));

type Routes = Record<string, object>;
const document = openApiDocument();
const pathOf = (file: string) =>
  `/${file
    .replace(/^app\//, '')
    .replace(/\/route\.ts$/, '')
    .replaceAll('[', '{')
    .replaceAll(']', '}')}`;

const operations = Object.entries(OPERATIONS).flatMap(([path, taken]) =>
  METHODS.flatMap((method) => {
    const operation = taken[method];
    return operation ? [{ name: `${method} ${path}`, path, method, operation }] : [];
  }),
);

const { api, students } = testApi<'maya', Routes>({
  students: ['maya'],
  routes: async () =>
    Object.fromEntries(
      await Promise.all(
        routeFiles.map(async (file) => [pathOf(file), await import(/* @vite-ignore */ `../${file}`)]),
      ),
    ),
});

/** The API is known by its paths here, whose types nobody wrote down. */
type Caller = (
  params?: object,
  options?: object,
) => Promise<{ status: number; body: unknown; headers: Headers }>;
const callerOf = (path: string, method: string) => {
  const callers = api[path] as Record<string, Caller> | undefined;
  const caller = callers?.[method];
  if (!caller) throw new Error(`No ${method} ${path}`);
  return caller;
};

describe('the document', () => {
  test('names every route and every method of it, and no other', () => {
    const there = routeFiles.flatMap((file) =>
      methodsTakenBy(file).map((method) => `${method} ${pathOf(file)}`),
    );
    expect(there.length).toBeGreaterThan(100);
    expect(operations.map(({ name }) => name).toSorted()).toEqual(there.toSorted());
  });

  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  test('gives every operation a name of its own, and every failure its code', () => {
    const { paths } = document;
    const text = JSON.stringify(paths);
    const described = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, name]) => name);
    expect(new Set(described).size).toBe(operations.length);
    for (const code of ['invalid_request', 'quota_exceeded', 'chat_disabled'] as const)
      expect(text).toContain(ERRORS[code].message);
  });

  test('is what the route answers', async () => {
    const { status, body } = await callerOf('/api/openapi.json', 'GET')({}, { as: null });
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(document)));
  });
});

/** What an answer of JSON has to be. */
const formsOf = ({ gives }: Operation, status: number) =>
  [Object.entries(gives).find(([key]) => Number(key) === status)?.[1] ?? []]
    .flat()
    .filter((form) => form instanceof z.ZodType);
const answersOf = ({ gives }: Operation) =>
  Object.keys(gives).flatMap((status) => formsOf({ gives } as Operation, Number(status)));

/** To the last field: what a shape does not name would be gone from what it parsed. */
function expectForm(operation: Operation, { status, body }: { status: number; body: unknown }) {
  const forms = formsOf(operation, status);
  expect([status, forms.length > 0, body]).toEqual([status, true, body]);
  const fitting = forms.find((form) => form.safeParse(body).success) ?? forms[0];
  expect(fitting?.safeParse(body).error).toBeUndefined();
  expect(fitting?.parse(body)).toEqual(body);
}

/** Ids of what the steps before made. */
const made: Record<string, string> = {};
const MADE_HERE: [name: string, body?: object][] = [
  ['POST /api/decks'],
  ['POST /api/flashcards'],
  ['POST /api/documents'],
  ['POST /api/plans'],
  ['POST /api/plans/tasks'],
  ['POST /api/personas'],
  ['POST /api/thread/save'],
  ['POST /api/rooms'],
  ['POST /api/chat/attach/sign'],
  ['POST /api/flashcards/reviews/undo'],
  ['POST /api/decks/import/upload'],
  ['PUT /api/availability'],
  ['PUT /api/people/me/presence'],
  ['PATCH /api/people/me'],
  ['PUT /api/memory/pause'],
  ['POST /api/chat/messages'],
  ['GET /api/ai-agent/chat/{threadId}'],
  ['PATCH /api/ai-agent/chat/{threadId}'],
  ['POST /api/ai-agent/chat/{threadId}/stop'],
  ['POST /api/ai-agent/chat/{threadId}/calls/{toolCallId}/cancel'],
  ['GET /api/ai-agent/chat/{threadId}/persona'],
  ['PUT /api/ai-agent/chat/{threadId}/persona'],
  ['POST /api/threads/{threadId}/share'],
  ['GET /api/threads/{threadId}/export'],
  ['POST /api/threads/{threadId}/continue'],
  ['GET /api/documents/{documentId}'],
  ['PATCH /api/documents/{documentId}'],
  ['PATCH /api/flashcards/{cardId}'],
  ['POST /api/flashcards/keep', { keep: [], drop: [] }],
  ['PATCH /api/decks/{deckId}'],
  ['GET /api/plans/{planId}'],
  ['PATCH /api/plans/{planId}'],
  ['PATCH /api/plans/{planId}/tasks/{taskId}'],
  ['GET /api/rooms/{roomId}'],
  ['POST /api/rooms/{roomId}'],
  ['POST /api/rooms/{roomId}/messages'],
  ['POST /api/rooms/{roomId}/timer'],
  ['GET /api/chat/attach/{attachmentId}'],
  ['GET /api/profile/topics/{topic}'],
];

test.each(MADE_HERE)('%s takes the example and answers what the document says', async (name, given) => {
  const [method = '', path = ''] = name.split(' ');
  const operation = OPERATIONS[path]?.[method as 'GET'];
  if (!operation) throw new Error(`No ${name}`);
  const body = given ?? operation.example;
  const answer = await callerOf(path, method)(
    { toolCallId: 'none', topic: 'Memory', ...made },
    { ...(body !== undefined && { body }), ...(name.endsWith('/export') && { query: '?format=json' }) },
  );
  expectForm(operation, answer);
  const found = JSON.stringify(answer.body);
  for (const [key, pattern] of Object.entries(IDS)) made[key] ||= pattern.exec(found)?.[1] ?? '';
  const known = { 'POST /api/decks': 'deckId', 'POST /api/plans': 'planId' }[name];
  if (known) made[known] = (answer.body as { id: string }).id;
});
const UUID = '[0-9a-f-]{36}';
const IDS = {
  threadId: new RegExp(`"threadId":"(${UUID})"`),
  documentId: new RegExp(`"documentId":"(${UUID})"`),
  cardId: new RegExp(`"flashcardIds":\\["(${UUID})"`),
  taskId: /"taskIds":\["([^"]+)"/,
  roomId: new RegExp(`"roomId":"(${UUID})"`),
  attachmentId: new RegExp(`"attachmentId":"(${UUID})"`),
};

const CURLS = readFileSync('docs/api.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('curl '))
  .map((line) => ({ line, url: /"\$APP([^"?]+)(\?[^"]+)?"/.exec(line) }));

test.each(CURLS)('$line', async ({ line, url }) => {
  const [, path = '', query] = url ?? [];
  const method = /-X (\w+)/.exec(line)?.[1] ?? 'GET';
  const headers = [...line.matchAll(/-H "([^:]+): ([^"]+)"/g)].filter(([, name]) => name !== 'authorization');
  const response = await callerOf(path, method)(
    {},
    {
      body: /-d '([^']+)'/.exec(line)?.[1],
      query,
      headers: Object.fromEntries(headers.map(([, ...pair]) => pair)),
    },
  );
  const operation = OPERATIONS[path]?.[method as 'GET'];
  if (!operation) throw new Error(`No ${method} ${path}`);
  if (response.headers.get('content-type')?.includes('json')) expectForm(operation, response);
  else
    expect([response.status, (response as { text?: string }).text]).toEqual([
      200,
      expect.stringContaining('"type":"finish"'),
    ]);
});

const readable = operations.filter(
  ({ path, method, operation: { who = 'student', query } }) =>
    method === 'GET' &&
    !path.includes('{') &&
    who !== 'anybody' &&
    !query?.shape.ids?.safeParse(undefined).error,
);

test.each(readable)('$name answers what the document says', async ({ path, operation }) => {
  expect(readable.length).toBeGreaterThan(15);
  const isTheirs = ['student', undefined].includes(operation.who);
  const { status, body, headers } = await callerOf(path, 'GET')();
  if (!isTheirs) {
    expect([status, problemSchema.parse(body).code]).toEqual([403, 'forbidden']);
    return;
  }
  expect(status).toBe(200);
  if (headers.get('content-type')?.includes('json')) expectForm(operation, { status, body });
});

test.each(operations.filter(({ operation: { who } }) => who !== 'anybody'))(
  '$name asks who it is',
  async ({ path, method }) => {
    const { status, body } = await callerOf(path, method)({}, { as: null });
    expect([status, problemSchema.parse(body).code]).toEqual([401, 'unauthenticated']);
  },
);

describe('of every operation', () => {
  test.each(operations)(
    'the examples of $name are what it takes and gives',
    ({ path, method, operation }) => {
      type Content = { content?: Record<string, { example?: unknown }> };
      const described = document.paths[path]?.[method.toLowerCase()];
      const { requestBody, responses } = described as {
        requestBody?: Content;
        responses: Record<string, Content>;
      };
      const taken = requestBody?.content?.['application/json']?.example;
      expect(operation.body?.safeParse(taken).error).toBeUndefined();
      for (const [status, { content }] of Object.entries(responses)) {
        const problem = content?.['application/problem+json']?.example;
        if (problem !== undefined) expect(problemSchema.parse(problem).status).toBe(Number(status));
        const given = content?.['application/json']?.example;
        if (given === undefined) continue;
        const errors = formsOf(operation, Number(status)).map((form) => form.safeParse(given).error);
        expect(errors.includes(undefined) ? undefined : errors[0]).toBeUndefined();
      }
    },
  );

  test('the answer is told whole: nothing may stand beside the fields that are named', () => {
    const isOpen = (schema: unknown): boolean =>
      typeof schema === 'object' &&
      schema !== null &&
      (('properties' in schema &&
        !('additionalProperties' in schema && schema.additionalProperties === false)) ||
        Object.values(schema).some(isOpen));
    const open = operations.filter(({ operation }) =>
      answersOf(operation).some((form) => form.type !== 'null' && isOpen(jsonSchemaOf(form, 'output'))),
    );
    expect(open.map(({ name }) => name)).toEqual([]);
    // What others define is an object, whatever is in it.
    const foreign = operations.filter(({ operation }) => answersOf(operation).includes(ofAnotherStandard));
    expect(foreign.map(({ path }) => path)).toEqual([
      '/api/inngest',
      '/api/inngest',
      '/api/inngest',
      '/api/openapi.json',
    ]);
  });
});

describe('the page', () => {
  test('runs no script of its own text, and every file that it names is there', async () => {
    const page = await callerOf('/api/docs', 'GET')({}, { as: null });
    const text = String((page as { text?: string }).text);
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)/);
    const assets = [...text.matchAll(/(?:src|href)="\/api\/docs\/([^"]+)"/g)].map(([, name]) => name);
    expect(assets).toHaveLength(3);
    for (const asset of assets) {
      const { status, headers } = await callerOf('/api/docs/{asset}', 'GET')({ asset }, { as: null });
      expect([asset, status]).toEqual([asset, 200]);
      expect(headers.get('content-type')).toMatch(/^text\/(?:javascript|css)/);
    }
    expect(text).not.toMatch(/https?:\/\//);
  });

  test.each(['package.json', '../package.json', 'swagger-ui.js', ''])(
    'gives no other file: %s',
    async (asset) => {
      expect((await callerOf('/api/docs/{asset}', 'GET')({ asset })).status).toBe(404);
      expect(students.maya.id).not.toBe('');
    },
  );
});
