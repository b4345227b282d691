import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { pause } from './stack.ts';

/** Nothing of the default suite needs Redis; where it is installed, more is tried on the real one. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** A real Redis that a test may stop and start again, empty as after a crash. */
export function redisOn(port: number) {
  let server: ChildProcess | undefined;
  const start = () => {
    server = spawn('redis-server', ['--port', String(port), '--save', '', '--dir', tmpdir()], {
      stdio: 'ignore',
    });
  };
  const stop = () => server?.kill('SIGKILL');
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    stop,
    restart: async () => {
      stop();
      await pause(100);
      start();
    },
  };
}
