import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Counts = {
  connections: number;
  channels: number;
  rooms: number;
  subscriptions: number;
  heapBytes: number;
};
export type Server = {
  url: string;
  publishableKey: string;
  counts: () => Promise<Counts>;
  kill: () => Promise<void>;
};

function next<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    // Our own scripts send nothing else.
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`A server of the benchmark ended with ${code}.`)));
  });
}

export async function startServer(script: 'server' | 'relay', args: string[] = []): Promise<Server> {
  const file = fileURLToPath(new URL(`./${script}.ts`, import.meta.url));
  const child = fork(file, args, { execArgv: ['--expose-gc'] });
  const { url, publishableKey } = await next<{ url: string; publishableKey: string }>(child);
  child.removeAllListeners('exit');
  return {
    url,
    publishableKey,
    counts: async () => {
      child.send('counts');
      return (await next<{ counts: Counts }>(child)).counts;
    },
    kill: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit');
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Milliseconds until `isTrue`; throws what is still missing after the limit. */
export async function until(isTrue: () => boolean, limitMs: number, what: () => string): Promise<number> {
  const started = performance.now();
  while (!isTrue()) {
    if (performance.now() - started > limitMs) throw new Error(`After ${limitMs} ms: ${what()}`);
    await pause(5);
  }
  return performance.now() - started;
}
