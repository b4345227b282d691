/**
 * Starts Clerva on this machine: the local servers that no environment variable replaces, then Next.
 *
 *   node local/main.ts dev       Next in development mode
 *   node local/main.ts start     Next in production mode (after `npm run build`), job calls signed
 *   node local/main.ts servers   the local servers alone
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { styleText } from 'node:util';
import { Children } from './stack/children.ts';
import {
  DEMO,
  loadEnvironmentFiles,
  type Mode,
  planStack,
  publishEnvironment,
  type ServerName,
} from './stack/environment.ts';
import { takenPorts } from './stack/ports.ts';

const root = resolve(import.meta.dirname, '..');
const startedAt = Date.now();

function fail(message: string): never {
  console.error(styleText('red', message));
  process.exit(1);
}

const mode = process.argv[2];
if (mode !== 'dev' && mode !== 'start' && mode !== 'servers') fail('Say what to run: dev, start or servers.');
loadEnvironmentFiles(root);
const dataFolder = resolve(root, process.env.LOCAL_DATA_DIR ?? '.local');
const plan = planStack(mode, process.env, dataFolder);
const environment = {
  ...process.env,
  ...plan.variables,
  // Next starts helpers of its own by the name `node`: they must not get the older one of the machine.
  PATH: [dirname(process.execPath), process.env.PATH].filter(Boolean).join(delimiter),
  PORT: String(plan.ports.app),
  NODE_ENV: mode === 'start' ? 'production' : 'development',
} as NodeJS.ProcessEnv;

if (mode === 'start' && !existsSync(join(root, '.next', 'BUILD_ID')))
  fail('There is no build yet. Run: npm run build');

const needs = [
  ...(mode === 'servers' ? [] : [{ name: 'Clerva', port: plan.ports.app, variable: 'PORT' }]),
  ...(Object.keys(plan.local) as ServerName[])
    .filter((name) => plan.local[name])
    .map((name) => ({ name, port: plan.ports[name], variable: `LOCAL_${name.toUpperCase()}_PORT` })),
];
const taken = await takenPorts(needs);
if (taken.length > 0) fail(taken.join('\n'));

const children = new Children((message) => {
  console.error(styleText('red', message));
  void stop(1);
});

let stopping: Promise<void> | undefined;
/** Called again, it waits for nobody. */
function stop(code: number): Promise<void> {
  const stopped = children.stop();
  stopping ??= stopped.then(() => process.exit(code));
  return stopping;
}
process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
// Whoever read the lines is gone, as after `npm run dev | head`.
for (const output of [process.stdout, process.stderr]) output.on('error', () => void stop(1));

/** An answer that is being written when the stack stops may come to its end. */
const ANSWER_MS = 30_000;

/** Next's own start-up lines say what our summary says. */
const NEXT_NOISE = /^\s*(▲|- Local:|- Network:|- Experiments|✓ (Starting|Ready|turbopack)|$)/;
const printLine = (name: string, line: string) => {
  if (name === 'next' && NEXT_NOISE.test(line)) return;
  console.log(`${styleText('dim', `${name.padEnd(8)} │`)} ${line}`);
};

const appUrl = `http://localhost:${plan.ports.app}`;
const serverArgs: Record<ServerName, string[]> = {
  supabase: [
    ...['--data', join(dataFolder, 'supabase'), '--site-url', appUrl],
    ...['--app-url', environment.NEXT_PUBLIC_APP_URL ?? appUrl],
  ],
  openai: [],
  inngest: [
    '--data',
    join(dataFolder, 'inngest.sqlite'),
    '--app',
    `http://127.0.0.1:${plan.ports.app}/api/inngest`,
  ],
};

function startServer(name: ServerName): Promise<void> {
  const args = [
    join(root, 'local', name, 'main.ts'),
    '--port',
    String(plan.ports[name]),
    ...serverArgs[name],
  ];
  return children.start({ name, args, environment, onLine: printLine });
}

async function untilAnswering(url: string, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`Clerva did not answer at ${url} within ${limitMs / 1000} s.`);
}

/** What somebody who signed in and asks meets behind the first page, in that order. */
const NEXT_PATHS = [
  ...['/ask', '/api/ai-agent/chat', '/api/shell', '/api/realtime/token', '/api/people/me/presence'],
  ...['/api/inngest', '/api/documents', '/library', '/api/people'],
];

const ask = (path: string, headers?: HeadersInit) =>
  fetch(appUrl + path, { redirect: 'manual', ...(headers && { headers }) }).catch(() => undefined);

/** The cookies of the demo student, as soon as there is one; none where that takes too long. */
async function demoCookies(): Promise<string> {
  const { createServerClient } = await import('@supabase/ssr');
  const cookies = new Map<string, string>();
  const { NEXT_PUBLIC_SUPABASE_URL: url = '', NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: key = '' } = environment;
  const auth = createServerClient(url, key, {
    cookies: {
      getAll: () => [],
      setAll: (set) => {
        for (const { name, value } of set) cookies.set(name, value);
      },
    },
  });
  for (let tries = 0; tries < 50 && cookies.size === 0; tries += 1) {
    await auth.auth.signInWithPassword(DEMO).catch(() => undefined);
    if (cookies.size === 0) await new Promise((next) => setTimeout(next, 200));
  }
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

/**
 * Development compiles a route at its first request: asking early keeps that wait from the student. Pages are compiled for
 * whoever is signed in alone.
 */
async function warmUp(cookie: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) await ask(path, cookie === '' ? undefined : { cookie });
}

/**
 * Gives the demo student notes and a fortnight of study on the first run, and keeps the others present while this runs. The
 * account is made at once, the notes come when the answer is called and the others when it is called again: what is seen
 * first comes first.
 */
function seed(): () => void {
  const child = spawn(process.execPath, [join(root, 'scripts', 'seed.ts'), '--quiet', '--stay'], {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  process.once('exit', () => child.kill());
  child.once('exit', (code) => {
    if (code && !stopping)
      printLine('seed', 'The demo notes could not be added. Run npm run seed to see why.');
  });
  return () => void (child.connected && child.send('go on'));
}

function summary(mode: Mode): void {
  const hosted = styleText('green', 'hosted');
  const where = (name: ServerName, note: string) =>
    plan.local[name] ? `${styleText('yellow', 'local')}   127.0.0.1:${plan.ports[name]}  ${note}` : hosted;
  const rows = [
    [
      'database, accounts, files',
      where('supabase', environment.LOCAL_DATABASE_URL ? '(on your PostgreSQL)' : '(Postgres with pgvector)'),
    ],
    ['background jobs', where('inngest', mode === 'start' ? '(signed)' : '')],
    ['model', where('openai', '(offline study brain: quotes your notes, does not think along)')],
    [
      'cache and limits',
      process.env.REDIS_URL ? hosted : `${styleText('yellow', 'local')}   in this process`,
    ],
  ];
  console.log('');
  for (const [what, answer] of rows) console.log(`  ${String(what).padEnd(26)} ${answer}`);
  if (mode !== 'servers') {
    console.log(
      `\n  ${styleText('bold', `Clerva is ready on ${appUrl}`)}  (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`,
    );
    if (plan.local.supabase)
      console.log(`  Demo student: ${DEMO.email} / ${DEMO.password}, or one click on the sign-in page`);
    if (plan.local.supabase)
      console.log(`  Mails stay here: http://127.0.0.1:${plan.ports.supabase}/mailbox`);
  }
  console.log(`  Data: ${dataFolder}. Stop with Ctrl-C.\n`);
}

try {
  const start = (...names: ServerName[]) =>
    Promise.all(names.filter((name) => plan.local[name]).map(startServer));
  const isSeeded = mode !== 'servers' && plan.local.supabase && process.env.LOCAL_SEED !== '0';
  const database = start('supabase');
  const seeding = database.then(() => (isSeeded ? seed() : undefined));
  // Heard of below, when the rest has begun.
  seeding.catch(() => undefined);
  // The app asks the model as it starts; in development it is compiled while the database comes up.
  const others = start('openai');
  await Promise.all(mode === 'dev' ? [others] : [database, others]);
  // Jobs are started after what the app needs, which they call.
  if (mode !== 'dev') await start('inngest');
  publishEnvironment(dataFolder, environment);
  if (mode !== 'servers') {
    const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
    // Loopback only, as the other servers: the demo student's password is known to everybody.
    const args = [
      next,
      mode,
      '--port',
      String(plan.ports.app),
      '--hostname',
      process.env.HOST ?? '127.0.0.1',
    ];
    const health = `${appUrl}/api/health`;
    const untilReady = () => untilAnswering(health, 120_000);
    // In development a debugger may hold the app, and a first request compiles for long.
    const watch = mode === 'start' ? { url: health, everyMs: 5_000, limitMs: 10_000 } : undefined;
    const app = children.start({
      name: 'next',
      args,
      environment,
      untilReady,
      watch,
      graceMs: ANSWER_MS,
      onLine: printLine,
    });
    // What is seen first is there before ready is said: while developing it is compiled while the database comes up, and
    // otherwise what answers loads its code at its first request, for which everything else would stand still.
    const seen = mode === 'dev' ? ['/sign-in'] : ['/sign-in', '/api/ai-agent/chat'];
    await Promise.all([database, app.then(() => Promise.all(seen.map((path) => ask(path))))]);
  }
  const goOn = await seeding;
  // Ready is said once the first page and the one behind it are there at once. Jobs have the app compile all of them as soon as
  // they find it: not before what is seen first.
  const [cookie] = await Promise.all([
    isSeeded ? demoCookies() : '',
    mode === 'dev' ? start('inngest') : undefined,
  ]);
  goOn?.();
  if (mode === 'dev') await warmUp(cookie, ['/']);
  summary(mode);
  if (mode === 'dev') await warmUp(cookie, NEXT_PATHS);
  goOn?.();
} catch (error) {
  console.error(styleText('red', error instanceof Error ? error.message : String(error)));
  await stop(1);
}
