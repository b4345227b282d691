import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';
import { seeded } from '../lib/test-random.ts';
import { type Benchmark, type Measurement, percentile } from './benchmark.ts';
import { converge, join, leave, openTab, type Tab } from './realtime/clients.ts';
import { pause, type Server, startServer, until } from './realtime/processes.ts';

const CLIENTS = 500;
const OPERATIONS = 1_000;
const MESSAGES_PER_SECOND = 50;
const BROADCAST_SECONDS = 10;
const RESTARTED = 50;

const open = (server: Server, count: number) =>
  Array.from({ length: count }, (_, index) => openTab(server, `student-${index}`));

/** Joins, leaves and lost connections in any order; afterwards everybody must see the same people. */
async function shake(tabs: readonly Tab[], random: () => number): Promise<void> {
  for (let operation = 0; operation < OPERATIONS; operation += 1) {
    const tab = tabs[Math.floor(random() * tabs.length)];
    if (!tab) continue;
    if (!tab.channel) join(tab);
    else if (random() < 0.5) void leave(tab);
    else tab.drop();
    if (operation % 10 === 9) await pause(100);
  }
}

/** Delays of messages to everybody, at a steady rate. */
async function broadcast(tabs: readonly Tab[]): Promise<number[]> {
  for (const tab of tabs) tab.delays = [];
  for (let sent = 0; sent < MESSAGES_PER_SECOND * BROADCAST_SECONDS; sent += 1) {
    const sender = tabs[sent % tabs.length];
    void sender?.channel?.send({ type: 'broadcast', event: 'tick', payload: { at: performance.now() } });
    await pause(1000 / MESSAGES_PER_SECOND);
  }
  const expected = MESSAGES_PER_SECOND * BROADCAST_SECONDS * (tabs.length - 1);
  const arrived = () => tabs.reduce((sum, { delays }) => sum + delays.length, 0);
  await until(
    () => arrived() >= expected,
    10_000,
    () => `${arrived()} of ${expected} broadcasts arrived`,
  );
  return tabs.flatMap(({ delays }) => delays);
}

/** The same fan-out through a server that only copies frames. */
async function bareBroadcast(): Promise<number[]> {
  const relay = await startServer('relay');
  const delays: number[] = [];
  const sockets = Array.from({ length: CLIENTS }, () => new WebSocket(relay.url));
  for (const socket of sockets) {
    socket.on('message', (data) => delays.push(performance.now() - Number(JSON.parse(String(data)).at)));
  }
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  for (let sent = 0; sent < MESSAGES_PER_SECOND * 3; sent += 1) {
    sockets[sent % sockets.length]?.send(JSON.stringify({ at: performance.now() }));
    await pause(1000 / MESSAGES_PER_SECOND);
  }
  await pause(500);
  for (const socket of sockets) socket.terminate();
  await relay.kill();
  return delays;
}

async function crowd(): Promise<Measurement[]> {
  const bare = await bareBroadcast();
  const server = await startServer('server');
  // One tab comes and goes first, so that what is loaded once is not taken for a leak.
  const [first] = open(server, 1);
  if (first) {
    join(first);
    await converge([first], 5_000);
    await leave(first);
    await first.client.disconnect();
  }
  await pause(500);
  const before = await server.counts();

  const tabs = open(server, CLIENTS);
  const started = performance.now();
  for (const tab of tabs) join(tab);
  await converge(tabs, 60_000);
  const joined = performance.now() - started;
  await shake(tabs, seeded(42));
  const converged = await converge(tabs, 30_000);
  for (const tab of tabs) if (!tab.channel) join(tab);
  await converge(tabs, 30_000);
  const delays = await broadcast(tabs);

  await Promise.all(tabs.map(leave));
  await Promise.all(tabs.map(({ client }) => client.disconnect()));
  await pause(1_500);
  const after = await server.counts();
  await server.kill();
  const broadcastAt = (label: string, share: number): Measurement => ({
    name: `broadcast to ${CLIENTS}, ${MESSAGES_PER_SECOND}/s, ${label}`,
    value: percentile(delays, share),
    unit: 'ms',
    baseline: { name: 'bare ws', value: percentile(bare, share) },
  });
  const left = after.connections + after.channels + after.rooms + after.subscriptions;
  return [
    { name: `${CLIENTS} clients join one channel and see each other`, value: joined, unit: 'ms' },
    {
      name: `presence is the same for all after ${OPERATIONS} joins, leaves and drops`,
      value: converged,
      unit: 'ms',
      atMost: 10_000,
    },
    broadcastAt('p50', 0.5),
    { ...broadcastAt('p95', 0.95), atMost: 100 },
    { name: 'sockets, channels, rooms and listeners left', value: left, unit: 'count', atMost: 0 },
    {
      name: 'memory after all have left, against before',
      value: after.heapBytes / before.heapBytes,
      unit: 'share',
      atMost: 1.1,
    },
  ];
}

/** Killed without warning and started again on its data: everybody is back, and presence is right. */
async function restart(): Promise<Measurement[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clerva-bench-'));
  try {
    const server = await startServer('server', ['0', folder]);
    const tabs = open(server, RESTARTED);
    for (const tab of tabs) join(tab);
    await converge(tabs, 30_000);
    await server.kill();
    await until(
      () => tabs.every(({ isJoined }) => !isJoined),
      10_000,
      () => 'somebody missed the end',
    );
    const started = performance.now();
    const again = await startServer('server', [new URL(server.url).port, folder]);
    await converge(tabs, 30_000);
    const lasted = performance.now() - started;
    for (const { client } of tabs) await client.disconnect();
    await again.kill();
    return [
      {
        name: `${RESTARTED} clients are back after kill and restart, presence right`,
        value: lasted,
        unit: 'ms',
        atMost: 10_000,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const realtimeBenchmark: Benchmark = {
  name: 'Realtime: one channel, two cores',
  run: async () => [...(await crowd()), ...(await restart())],
};
