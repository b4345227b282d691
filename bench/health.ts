import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Measurement, percentile } from './benchmark.ts';

/** The longest that whoever asks whether the app is alive may have to wait. */
const LONGEST_MS = 300;

/** A process of its own, as a balancer is; tells how long each answer took, which is for ever where there was none, when it is told to end. */
const ASKER = `
  const times = [];
  const ask = async (url) => {
    const began = performance.now();
    const isWell = await fetch(url).then(async (answer) => answer.ok && (await answer.text()), () => false);
    times.push(isWell ? performance.now() - began : Infinity);
  };
  for (const url of process.argv.slice(1)) setInterval(ask, 50, url);
  process.on('message', () => process.send(times, () => process.exit()));`;

/** Asks each process of the app for its health twenty times a second; gives what ends that and tells how it went. */
export function askHealth(
  processes: readonly string[],
  longestMs = LONGEST_MS,
): () => Promise<Measurement[]> {
  const asker = spawn(process.execPath, ['-e', ASKER, ...processes.map((url) => `${url}/api/health`)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // JSON knows no infinity.
    serialization: 'advanced',
  });
  return async () => {
    asker.send('end');
    const [times]: number[][] = await once(asker, 'message');
    if (!times || times.length === 0) throw new Error('Nobody said how the app is.');
    return [
      { name: `/api/health, p95 of ${times.length}`, value: percentile(times, 0.95), unit: 'ms' },
      { name: '/api/health, p99', value: percentile(times, 0.99), unit: 'ms' },
      { name: '/api/health, longest', value: Math.max(...times), unit: 'ms', atMost: longestMs },
    ];
  };
}
