import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { pause } from './stack.ts';

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
