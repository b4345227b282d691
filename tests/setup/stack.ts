import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '..', '..');

export const published = z.object({
  NEXT_PUBLIC_SUPABASE_URL: z.string(),
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: z.string(),
  SUPABASE_SECRET_KEY: z.string(),
  OPENAI_BASE_URL: z.string(),
  OPENAI_API_KEY: z.string(),
  OPENAI_CHAT_MODEL: z.string(),
});

export type StackOptions = {
  port: number;
  mode?: 'dev' | 'start';
  /** Kept after `close` when given; a fresh folder that is removed otherwise. */
  dataFolder?: string;
  environment?: Record<string, string>;
};

/** The whole of Clerva on ports and data of its own, as `npm start` runs it. `start` needs `npm run build` first. */
export async function startStack(options: StackOptions) {
  const { port, mode = 'start' } = options;
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'clerva-stack-'));
  const child = spawn(process.execPath, [join(root, 'local', 'main.ts'), mode], {
    env: {
      ...process.env,
      PORT: String(port),
      LOCAL_SUPABASE_PORT: String(port + 1),
      LOCAL_INNGEST_PORT: String(port + 2),
      LOCAL_OPENAI_PORT: String(port + 3),
      LOCAL_DATA_DIR: dataFolder,
      LOCAL_SEED: '0',
      LOG_LEVEL: 'error',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  child.stdout.on('data', (data: Buffer) => {
    lines.push(data.toString());
    if (lines.length > 200) lines.shift();
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const appUrl = `http://localhost:${port}`;
  const deadline = Date.now() + 90_000;
  while (!(await fetch(`${appUrl}/api/health`).catch(() => undefined))?.ok) {
    if (Date.now() > deadline || child.exitCode !== null) {
      child.kill('SIGTERM');
      throw new Error(`The stack did not start. Run npm run build first.\n${lines.join('')}`);
    }
    await pause(100);
  }
  const environment = published.parse(parseEnvironment(readFileSync(join(dataFolder, 'stack.env'), 'utf8')));
  return {
    appUrl,
    dataFolder,
    environment,
    process: child as ChildProcess,
    /** What the stack printed last, for a failing test. */
    output: () => lines.join(''),
    close: async () => {
      child.kill('SIGTERM');
      await ended;
      if (!options.dataFolder) rmSync(dataFolder, { recursive: true, force: true });
    },
    /** Ends the process, and with it everything it started, the hardest way. */
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Has the local model pause before each piece of its answers to whatever contains these words. */
export async function slowDown(
  { OPENAI_BASE_URL, OPENAI_API_KEY }: Stack['environment'],
  streamAbout: string,
  delayMs: number,
): Promise<void> {
  const ordered = await fetch(`${OPENAI_BASE_URL.replace('/v1', '')}/dev/faults`, {
    method: 'POST',
    headers: { authorization: `Bearer ${OPENAI_API_KEY}` },
    body: JSON.stringify({ path: '/responses', streamAbout, times: 1_000_000, delayMs }),
  });
  if (!ordered.ok) throw new Error(`The model takes no order: ${ordered.status}`);
}

export type Stack = Awaited<ReturnType<typeof startStack>>;

export const pause = (milliseconds: number) => new Promise((next) => setTimeout(next, milliseconds));

/** The processes of a stack by what they run, found through the process table. */
export function childrenOf(parent: number): { pid: number; command: string }[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const rows = table
    .split('\n')
    .map((line) => line.trim().match(/^(\d+)\s+(\d+)\s+(.*)$/))
    .flatMap((match) =>
      match ? [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] ?? '' }] : [],
    );
  return rows.filter((row) => row.parent === parent).map(({ pid, command }) => ({ pid, command }));
}

export const parseEnvironment = (text: string) =>
  Object.fromEntries(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
