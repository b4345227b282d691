import { describe, expect, test } from 'vitest';
import { startInngest } from '../inngest/server.ts';
import { startOpenAI } from '../openai/index.ts';
import { startGateway } from '../supabase/gateway.ts';
import { foreignness, ownOrigins } from './loopback.ts';

const EVIL = 'https://evil.example';

describe('who may call a server of this machine', () => {
  const origins = ownOrigins('http://localhost:3000');
  test.each([
    ['a program', { host: '127.0.0.1:8287' }],
    ['a page of the app', { host: '127.0.0.1:8287', origin: 'http://localhost:3000' }],
    [
      'the same page by the other name of loopback',
      { host: 'localhost:8287', origin: 'http://127.0.0.1:3000' },
    ],
    ['a page of the server itself', { host: 'localhost:8288', origin: 'http://localhost:8288' }],
  ])('%s may', (_who, headers) => {
    expect(foreignness(headers, { origins })).toBeUndefined();
  });

  test('a name that its operator gave may', () => {
    const called = { host: 'data.example.org', origin: 'http://localhost:3000' };
    expect(foreignness(called, { origins, hosts: ['data.example.org'] })).toBeUndefined();
  });

  test.each([
    ['a page of another site', { host: '127.0.0.1:8287', origin: EVIL }],
    ['a page without an address', { host: '127.0.0.1:8287', origin: 'null' }],
    [
      'another program of this machine, in a browser',
      { host: '127.0.0.1:8287', origin: 'http://localhost:9999' },
    ],
    ['a name that was pointed at this machine', { host: 'rebound.example:8287' }],
    [
      'such a name, with itself as origin',
      { host: 'rebound.example:8287', origin: 'http://rebound.example:8287' },
    ],
    ['nobody who says no name', {}],
  ])('%s may not', (_who, headers) => {
    expect(foreignness(headers, { origins })).toMatch(/only|no pages/);
  });
});

describe('the local servers', () => {
  test('answer nothing to a page of another site, whatever key it bears, and tell it no address it may read', async () => {
    const gateway = await startGateway({ port: 0 });
    const inngest = await startInngest({ port: 0 });
    const openai = await startOpenAI({ port: 0 });
    const bearing = { apikey: gateway.secretKey, authorization: `Bearer ${gateway.secretKey}` };
    const doors = [
      ...[
        '/rest/v1/message?select=*',
        '/auth/v1/admin/users',
        '/mailbox',
        '/storage/v1/bucket',
        '/health',
      ].map((path) => `${gateway.url}${path}`),
      ...['/e/x', '/v1/runs', '/fn/register'].map((path) => `${inngest.url}${path}`),
      `${openai.url}/models`,
    ];
    try {
      for (const door of doors) {
        for (const method of ['GET', 'POST', 'OPTIONS']) {
          const response = await fetch(door, {
            method,
            headers: { ...bearing, origin: EVIL, 'access-control-request-method': 'GET' },
          });
          expect([door, method, response.status]).toEqual([door, method, 403]);
          expect(response.headers.get('access-control-allow-origin')).toBeNull();
        }
      }
    } finally {
      await Promise.all([gateway.close(), inngest.close(), openai.close()]);
    }
  });

  test('make a key of every right of their own, each time they have no folder to keep it in', async () => {
    const [one, other] = await Promise.all([startGateway({ port: 0 }), startGateway({ port: 0 })]);
    expect(one.secretKey).not.toBe(other.secretKey);
    const answer = await fetch(`${other.url}/rest/v1/profile?select=user_id`, {
      headers: { apikey: one.secretKey },
    });
    expect(answer.ok).toBe(false);
    await Promise.all([one.close(), other.close()]);
  });
});
