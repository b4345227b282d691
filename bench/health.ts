import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Measurement, percentile } from './benchmark.ts';

/** The longest that whoever asks whether the app is alive may have to wait. */
const LONGEST_MS = 300;

/** A process of its own, as a balancer is; tells how long each answer took when it is told to end. */
const ASKER = `
  const times = [];
  const ask = async () => {
    const began = performance.now();
    await (await fetch(process.argv[1])).text();
    times.push(performance.now() - began);
  };
  setInterval(ask, 50);
  process.on('message', () => process.send(times, () => process.exit()));`;

/** Asks the app for its health twenty times a second; gives what ends that and tells how it went. */
export function askHealth(appUrl: string): () => Promise<Measurement[]> {
  const asker = spawn(process.execPath, ['-e', ASKER, `${appUrl}/api/health`], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return async () => {
    asker.send('end');
    const [times]: number[][] = await once(asker, 'message');
    if (!times || times.length === 0) throw new Error(`${appUrl} never said how it is.`);
    return [
      { name: `/api/health, p95 of ${times.length}`, value: percentile(times, 0.95), unit: 'ms' },
      { name: '/api/health, longest', value: Math.max(...times), unit: 'ms', atMost: LONGEST_MS },
    ];
  };
}
