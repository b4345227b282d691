// @vitest-environment happy-dom
import type { AddressInfo, Socket } from 'node:net';
import { RealtimeClient } from '@supabase/realtime-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { followConnection } from './follow-connection';
import { keepJoined } from './keep-joined';

const TOPIC = 'rows:nudge';
const until = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 10 });
let server: WebSocketServer;
/** The sockets that each join came by. */
let joins: number[];
let lines: Socket[];
beforeEach(async () => {
  joins = [];
  lines = [];
  server = new WebSocketServer({ port: 0 });
  server.on('connection', (socket, request) => {
    const line = lines.push(request.socket);
    socket.on('message', (data) => {
      const [joinRef, ref, topic, event] = JSON.parse(String(data));
      if (event === 'phx_join') joins.push(line);
      socket.send(JSON.stringify([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: {} }]));
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
});
afterEach(() => {
  for (const line of lines) line.destroy();
  server.close();
});

test.each([
  ['is away, and does not answer the goodbye', true, 0],
  ['answers, and is wanted again before it has', false, 0],
  ['answers, and is wanted again later', false, 300],
])('joins through a new socket after the other end %s', async (_what, isSilent, restMs) => {
  const { port } = server.address() as AddressInfo;
  const client = new RealtimeClient(`ws://localhost:${port}/realtime/v1`, {
    params: { apikey: 'key' },
    // Only what both have is used of it.
    transport: WebSocket as unknown as typeof globalThis.WebSocket,
  });
  const [onJoined, onLost] = [vi.fn(), vi.fn()];
  const kept = keepJoined(client, { topic: TOPIC, onJoined, onLost });
  const unfollow = followConnection(client);
  await until(() => expect(joins).toEqual([1]));
  await until(() => expect(onJoined).toHaveBeenCalledTimes(1));

  if (isSilent) lines[0]?.pause();
  window.dispatchEvent(new Event('offline'));
  await new Promise((resolve) => setTimeout(resolve, restMs));
  window.dispatchEvent(new Event('online'));
  await until(() => expect(joins).toEqual([1, 2]));
  await until(() => expect(onJoined).toHaveBeenCalledTimes(2));
  expect(onLost).toHaveBeenCalled();
  unfollow();
  kept.leave();
  await client.disconnect();
});
