import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { NextRequest } from 'next/server';
import { expect, test, vi } from 'vitest';
import { close, listen } from '@/local/stack/http';

test('the queue is told our own address, whoever asks for a registration in the name of another', async () => {
  const registered: unknown[] = [];
  const queue = createServer(async (request, response) => {
    if (request.url?.startsWith('/fn/register')) registered.push(await json(request));
    response.setHeader('content-type', 'application/json').end('{"ok":true,"modified":true}');
  });
  vi.stubEnv('INNGEST_DEV', await listen(queue, 0));
  vi.stubEnv('NEXT_PUBLIC_APP_URL', 'https://clerva.example');
  const { PUT } = await import('./route');
  const headers = { host: '127.0.0.1:3159', 'x-forwarded-host': 'evil.example' };
  await PUT(new NextRequest('http://127.0.0.1:3159/api/inngest', { method: 'PUT', headers }), undefined);
  expect(registered).toHaveLength(1);
  expect(JSON.stringify(registered)).toContain('https://clerva.example/api/inngest');
  expect(JSON.stringify(registered)).not.toMatch(/3159|evil/);
  await close(queue);
  vi.unstubAllEnvs();
});
