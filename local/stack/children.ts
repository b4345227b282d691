import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const readyLine = z.object({ ready: z.literal(true), url: z.string() });

export type ChildOptions = {
  name: string;
  args: string[];
  environment: NodeJS.ProcessEnv;
  /** Resolves when the child answers. Left out for servers that announce themselves with one JSON line. */
  untilReady?: () => Promise<void>;
  /** Where a child is asked whether it still answers, once it is ready. Left out, it is not watched. */
  watch?: { url: string; everyMs: number; limitMs: number };
  onLine: (name: string, line: string) => void;
};

/** A few restarts repair an accident; more than that is a fault to look at. */
const MAX_RESTARTS_PER_MINUTE = 5;
const STOP_GRACE_MS = 5_000;
/** One silence may be a heavy request or a sleep of the machine. */
const MAX_SILENCES = 3;

/**
 * The processes of the stack. A child that dies by accident is started again; when this process ends, by whatever
 * means, the children end with it (`exit-with-parent.ts`).
 */
export class Children {
  #running = new Map<string, ChildProcess>();
  #restarts = new Map<string, number[]>();
  #stopping = false;
  #onFatal: (message: string) => void;

  constructor(onFatal: (message: string) => void) {
    this.#onFatal = onFatal;
  }

  /** Starts a child; resolves when it listens, rejects with its last lines when it ends before that. */
  start(options: ChildOptions): Promise<void> {
    const { name, args, environment, untilReady, watch, onLine } = options;
    const preload = new URL('./exit-with-parent.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--import', preload, ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running.set(name, child);
    let listening = false;
    let isSilent = false;
    const lastLines: string[] = [];

    return new Promise((resolve, reject) => {
      const begin = () => {
        listening = true;
        resolve();
        if (!watch) return;
        void untilSilent(watch, () => this.#running.get(name) === child).then((silent) => {
          isSilent = silent;
          if (silent) child.kill('SIGKILL');
        });
      };
      const onOutput = (line: string) => {
        if (!untilReady && !listening && line.startsWith('{') && readyLine.safeParse(parse(line)).success) {
          begin();
          return;
        }
        lastLines.push(line);
        if (lastLines.length > 12) lastLines.shift();
        onLine(name, line);
      };
      for (const stream of [child.stdout, child.stderr]) {
        if (stream) createInterface({ input: stream }).on('line', onOutput);
      }
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        this.#running.delete(name);
        if (this.#stopping) return;
        if (!listening) {
          reject(new Error(`${name} did not start.\n${lastLines.join('\n')}`));
          return;
        }
        const reason = isSilent
          ? `the watchdog, as it did not answer ${MAX_SILENCES} times in a row`
          : signal;
        this.#restart(options, reason ?? `code ${code}`);
      });
      untilReady?.().then(begin, reject);
    });
  }

  #restart(options: ChildOptions, reason: string): void {
    const now = Date.now();
    const recent = (this.#restarts.get(options.name) ?? []).filter((at) => now - at < 60_000);
    if (recent.length >= MAX_RESTARTS_PER_MINUTE) {
      this.#onFatal(`${options.name} keeps ending (${reason}).`);
      return;
    }
    this.#restarts.set(options.name, [...recent, now]);
    options.onLine(options.name, `ended by ${reason}; starting it again`);
    this.start(options).catch((error: Error) => this.#onFatal(error.message));
  }

  /** Ends every child: a polite signal first, then a hard one. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(
      [...this.#running.values()].map(
        (child) =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) return resolve();
            const timer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
            child.once('exit', () => {
              clearTimeout(timer);
              resolve();
            });
            child.kill('SIGTERM');
          }),
      ),
    );
  }
}

/** Whether a child that still runs holds its port and answers nothing. Waits for that; ends when the child has. */
async function untilSilent(
  { url, everyMs, limitMs }: NonNullable<ChildOptions['watch']>,
  isRunning: () => boolean,
): Promise<boolean> {
  for (let silences = 0; silences < MAX_SILENCES; ) {
    await delay(everyMs, undefined, { ref: false });
    if (!isRunning()) return false;
    const answers = await fetch(url, { signal: AbortSignal.timeout(limitMs) })
      .then((response) => response.text().then(() => response.ok))
      .catch(() => false);
    silences = answers ? 0 : silences + 1;
  }
  return isRunning();
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
