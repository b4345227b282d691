import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Measurement, percentile } from './benchmark.ts';

/** The longest that whoever asks whether the app is alive may have to wait. */
const LONGEST_MS = 300;

/** A process of its own, as a balancer is; tells how long each answer took, which is for ever where there was none, when it is told to end. */
const ASKER = `
  const times = [];
  const ask = async () => {
    const began = performance.now();
    const isWell = await fetch(process.argv[1]).then(async (answer) => answer.ok && (await answer.text()), () => false);
    times.push(isWell ? performance.now() - began : Infinity);
  };
  setInterval(ask, 50);
  process.on('message', () => process.send(times, () => process.exit()));`;

/** Asks the app for its health twenty times a second; gives what ends that and tells how it went. */
export function askHealth(appUrl: string, longestMs = LONGEST_MS): () => Promise<Measurement[]> {
  const asker = spawn(process.execPath, ['-e', ASKER, `${appUrl}/api/health`], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // JSON knows no infinity.
    serialization: 'advanced',
  });
  return async () => {
    asker.send('end');
    const [times]: number[][] = await once(asker, 'message');
    if (!times || times.length === 0) throw new Error(`${appUrl} never said how it is.`);
    return [
      { name: `/api/health, p95 of ${times.length}`, value: percentile(times, 0.95), unit: 'ms' },
      { name: '/api/health, p99', value: percentile(times, 0.99), unit: 'ms' },
      { name: '/api/health, longest', value: Math.max(...times), unit: 'ms', atMost: longestMs },
    ];
  };
}
