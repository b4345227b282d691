import { expect, test } from 'vitest';
import type { Row } from './driver.ts';
import { explainRefusal, requireFitServer } from './postgres-check.ts';
import { readSettings } from './settings.ts';

const URL_TEXT = 'postgres://clerva:hidden@db.example.org:5432/clerva';
const FIT: Row = {
  version: 17,
  release: '17.2',
  role: 'clerva',
  name: 'clerva',
  isOwner: true,
  mayMakeRoles: true,
  hasRoles: false,
  strange: [],
  missing: [],
  hasVector: true,
};
const check = (found: Row) =>
  requireFitServer(
    { query: async () => ({ rows: [found as never] }), exec: async () => undefined },
    URL_TEXT,
  );

test('a server that has everything is taken', async () => {
  await expect(check(FIT)).resolves.toBeUndefined();
  await expect(check({ ...FIT, hasRoles: true, mayMakeRoles: false })).resolves.toBeUndefined();
});

test.each([
  ['too old', { version: 14, release: '14.11' }, 'PostgreSQL 14.11 is too old'],
  ['without pgvector', { missing: ['vector'] }, 'lacks vector. Install'],
  ['whose vectors nobody added', { hasVector: false }, 'create extension vector with schema extensions'],
  ['of another owner', { isOwner: false }, 'does not own the database clerva'],
  ['without the right to make roles', { mayMakeRoles: false }, 'needs CREATEROLE and BYPASSRLS'],
  ['with roles of another', { strange: ['anon'] }, 'grant anon to clerva'],
])('a server %s is named with what to do', async (_what, found, sentence) => {
  await expect(check({ ...FIT, ...found })).rejects.toThrow(sentence);
});

test('a refusal is told without the password', () => {
  const codes = ['28P01', '28000', '3D000', '42501', '53300', '57P03', 'ECONNREFUSED', 'CONNECT_TIMEOUT'];
  const sentences = codes.map((code) =>
    String(explainRefusal(Object.assign(new Error('no'), { code }), URL_TEXT)),
  );
  expect(new Set(sentences).size).toBe(codes.length);
  for (const sentence of sentences) {
    expect(sentence).toMatch(/^StartError: /);
    expect(sentence).not.toContain('hidden');
  }
  expect(sentences[0]).toContain('the password in LOCAL_DATABASE_URL is wrong');
});

test('a variable that makes no sense is named without its value', () => {
  const read = (variables: Record<string, string>) => () => readSettings({ NODE_ENV: 'test', ...variables });
  expect(read({ LOCAL_DATABASE_URL: 'mysql://root:hidden@x/y' })).toThrow(
    /^LOCAL_DATABASE_URL must be an address(?!.*hidden)/,
  );
  expect(read({ LOCAL_DATABASE_SESSIONS: 'many' })).toThrow('LOCAL_DATABASE_SESSIONS must be a number.');
  expect(read({})().server).toBeUndefined();
  expect(read({ LOCAL_SUPABASE_HOSTS: ' gateway:8287, ,data.example.org' })().hosts).toEqual([
    'gateway:8287',
    'data.example.org',
  ]);
});
