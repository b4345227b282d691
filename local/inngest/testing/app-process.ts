/**
 * An app in a process of its own, to be killed by tests. Every execution of a step is appended to a file before and
 * after, so that a test sees what ran across restarts. Usage: app-process.ts <port> <inngest url> <log file>
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Inngest } from 'inngest';
import { createServer } from 'inngest/node';

const [port, baseUrl, logFile] = process.argv.slice(2);
if (!port || !baseUrl || !logFile) throw new Error('A port, the server URL and a log file are needed.');

const client = new Inngest({ id: 'app', baseUrl, isDev: true });

async function logged(name: string, milliseconds: number): Promise<string> {
  appendFileSync(String(logFile), `begin ${name}\n`);
  await delay(milliseconds);
  appendFileSync(String(logFile), `end ${name}\n`);
  return name;
}

const work = client.createFunction(
  { id: 'work', retries: 0, triggers: [{ event: 'work' }] },
  async ({ event, step }) => {
    const pause = Number(event.data.pause ?? 20);
    const parts = await Promise.all(
      [1, 2, 3].map((part) => step.run(`part-${part}`, () => logged(`${event.data.n}/part-${part}`, pause))),
    );
    for (const name of ['embed', 'store', 'publish']) {
      await step.run(name, () => logged(`${event.data.n}/${name}`, pause));
    }
    return parts.length;
  },
);

createServer({ client, functions: [work] }).listen(Number(port), '127.0.0.1', () => {
  process.stdout.write('{"ready":true}\n');
});
