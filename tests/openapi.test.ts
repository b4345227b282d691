import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../app/api/openapi.json/document.ts';
import { OPERATIONS, type Operation } from '../app/api/openapi.json/operations.ts';
import { ERRORS } from '../lib/errors.ts';
import { METHODS } from '../lib/http/methods.ts';
import { problemSchema } from '../lib/http/problem.ts';
import { testApi } from './setup/api.ts';
import { methodsTakenBy, routeFiles } from './setup/routes.ts';

vi.mock('next/server', () => ({ after: () => undefined }));

type Routes = Record<string, object>;
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
    const { valid, errors } = await new Validator().validate(structuredClone(openApiDocument()));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  test('gives every operation a name of its own, and every failure its code', () => {
    const { paths } = openApiDocument();
    const text = JSON.stringify(paths);
    const described = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, name]) => name);
    expect(new Set(described).size).toBe(operations.length);
    for (const code of ['invalid_request', 'quota_exceeded', 'chat_disabled'] as const)
      expect(text).toContain(ERRORS[code].message);
  });

  test('is what the route answers', async () => {
    const { status, body } = await callerOf('/api/openapi.json', 'GET')({}, { as: null });
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });
});

const withExample = operations.filter(({ operation }) => operation.example !== undefined);
test.each(withExample)('the example of $name is what the route takes', ({ operation }) => {
  expect(operation.body?.safeParse(operation.example).error).toBeUndefined();
});

/** What an answer of JSON has to be. */
const formsOf = ({ gives }: Operation, status: number) =>
  [Object.entries(gives).find(([key]) => Number(key) === status)?.[1] ?? []]
    .flat()
    .filter((form) => form instanceof z.ZodType);

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
  if (!headers.get('content-type')?.includes('json')) return;
  const [form] = formsOf(operation, status);
  expect(form?.safeParse(body).error).toBeUndefined();
});

test.each([
  ['POST', '/api/decks'],
  ['POST', '/api/flashcards'],
  ['POST', '/api/documents'],
  ['POST', '/api/plans'],
  ['POST', '/api/plans/tasks'],
  ['POST', '/api/personas'],
  ['POST', '/api/thread/save'],
  ['POST', '/api/rooms'],
  ['POST', '/api/chat/attach/sign'],
  ['POST', '/api/flashcards/reviews/undo'],
  ['PUT', '/api/availability'],
  ['PUT', '/api/people/me/presence'],
  ['PATCH', '/api/people/me'],
  ['PUT', '/api/memory/pause'],
  ['POST', '/api/chat/messages'],
] as const)('%s %s takes the example and answers what the document says', async (method, path) => {
  const operation = OPERATIONS[path]?.[method];
  const { status, body } = await callerOf(path, method)({}, { body: operation?.example });
  const forms = operation ? formsOf(operation, status) : [];
  expect([status, forms.length, body]).toEqual([status, 1, body]);
  expect(forms[0]?.safeParse(body).error).toBeUndefined();
});

test.each(operations.filter(({ operation: { who } }) => who !== 'anybody'))(
  '$name asks who it is',
  async ({ path, method }) => {
    const { status, body } = await callerOf(path, method)({}, { as: null });
    expect([status, problemSchema.parse(body).code]).toEqual([401, 'unauthenticated']);
  },
);

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
