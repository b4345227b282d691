import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
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
  /** How long it may take to end what it is at. */
  graceMs?: number;
  onLine: (name: string, line: string) => void;
};

/** A few restarts repair an accident; more than that is a fault to look at. */
const MAX_RESTARTS_PER_MINUTE = 5;
const STOP_GRACE_MS = 10_000;
/** One silence may be a heavy request or a sleep of the machine. */
const MAX_SILENCES = 3;

/**
 * The processes of the stack. A child that dies by accident is started again; when this process ends, by whatever
 * means, the children end with it (`exit-with-parent.ts`).
 */
export class Children {
  /** In the order of their first start. */
  #children = new Map<string, { child: ChildProcess; graceMs: number }>();
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
      // Out of reach of a terminal's Ctrl-C, which would end all of them at once.
      detached: true,
    });
    this.#children.set(name, { child, graceMs: options.graceMs ?? STOP_GRACE_MS });
    let listening = false;
    let isSilent = false;
    const lastLines: string[] = [];

    return new Promise((resolve, reject) => {
      const begin = () => {
        listening = true;
        resolve();
        if (!watch) return;
        void untilSilent(watch, () => isRunning(child)).then((silent) => {
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

  /**
   * Ends every child, first those that may take longest to put something down, and of others the last one first: what was
   * started later uses what was before it. A polite signal first, then a hard one; called again, the hard one at once.
   */
  async stop(): Promise<void> {
    const children = [...this.#children.values()]
      .toReversed()
      .filter(({ child }) => isRunning(child))
      .toSorted((one, other) => other.graceMs - one.graceMs);
    if (this.#stopping) {
      for (const { child } of children) child.kill('SIGKILL');
      return;
    }
    this.#stopping = true;
    for (const { child, graceMs } of children) {
      if (!isRunning(child)) continue;
      const ended = once(child, 'exit');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(timer);
    }
  }
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

/** Whether a child that still runs holds its port and answers nothing. Waits for that; ends when the child has. */
async function untilSilent(
  { url, everyMs, limitMs }: NonNullable<ChildOptions['watch']>,
  stillRuns: () => boolean,
): Promise<boolean> {
  for (let silences = 0; silences < MAX_SILENCES; ) {
    await delay(everyMs, undefined, { ref: false });
    if (!stillRuns()) return false;
    const answers = await fetch(url, { signal: AbortSignal.timeout(limitMs) })
      .then((response) => response.text().then(() => response.ok))
      .catch(() => false);
    silences = answers ? 0 : silences + 1;
  }
  return stillRuns();
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
