import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import tls from 'node:tls';
import { createTemporaryDatabase } from '../../local/supabase/temporary.ts';
import { redisOn } from '../setup/redis.ts';
import { parseEnvironment, pause, published } from '../setup/stack.ts';

const root = resolve(import.meta.dirname, '..', '..');
const INSTANCES = 3;
/** What the instances and nginx say is shown where a level of it was asked for. */
const { LOG_LEVEL, TEST_POSTGRES_URL: POSTGRES } = process.env;
const OUTPUT = LOG_LEVEL === undefined ? 'ignore' : 'inherit';
export const DRAIN_SECONDS = 4;
export const STATUS_TOKEN = 'a-token-of-this-run-alone';
const UNLIMITED = Object.fromEntries(
  [
    'CHAT_TURNS_PER_MINUTE',
    'CHAT_TURNS_PER_MINUTE_PER_ADDRESS',
    'CHAT_TURNS_BURST',
    'CHAT_TURNS_PER_DAY',
    'CHAT_TURNS_AT_ONCE',
    'DAILY_TOKEN_QUOTA',
    'API_WRITES_PER_MINUTE',
    'WRITES_PER_MINUTE',
    'READS_PER_MINUTE',
    'SIGN_INS_PER_MINUTE',
  ].map((name) => [name, '1000000000']),
);

/** Fills in `${NAMES}` as the image of nginx does; what nobody gives is a fault. */
const filledIn = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\$\{([A-Z_0-9]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nginx.conf wants ${name}.`);
    return value;
  });

/** A certificate for this machine, which this process then trusts. */
function makeCertificate(folder: string) {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      ...subject,
      '-keyout',
      key,
      '-out',
      certificate,
    ],
    { stdio: 'ignore' },
  );
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(certificate, 'utf8')]);
  return { CERTIFICATE: certificate, CERTIFICATE_KEY: key };
}

/** Debian's nginx with the file of deploy/, in front of the given ports. */
async function startNginx(
  folder: string,
  port: number,
  apps: readonly number[],
  values: Readonly<Record<string, string>>,
) {
  const all = {
    STATE_DIR: folder,
    MIME_TYPES: '/etc/nginx/mime.types',
    HTTPS_PORT: String(port),
    HTTP_PORT: String(port + 1),
    PUBLIC_ORIGIN: `https://localhost:${port}`,
    REQUESTS_PER_SECOND: '10000',
    REQUESTS_BURST: '10000',
    CONNECTIONS_PER_ADDRESS: '4000',
    ...Object.fromEntries(apps.map((app, index) => [`APP_${index + 1}`, `127.0.0.1:${app}`])),
    ...values,
  };
  // Its workers are not this user when this one is root.
  chmodSync(folder, 0o755);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, filledIn(readFileSync(join(root, 'deploy', 'nginx.conf'), 'utf8'), all));
  execFileSync('nginx', ['-t', '-q', '-c', file, '-p', folder], { stdio: 'inherit' });
  return spawn('nginx', ['-c', file, '-p', folder, '-g', 'daemon off;'], {
    stdio: ['ignore', 'ignore', OUTPUT],
  });
}

export async function until(what: string, isSo: () => Promise<boolean> | boolean, limitMs = 60_000) {
  for (const end = Date.now() + limitMs; !(await isSo()); await pause(50)) {
    if (Date.now() > end) throw new Error(`${what}: not within ${limitMs / 1_000} s`);
  }
}

const STANDALONE = join(root, '.next', 'standalone');

/** What the image itself sets. */
const [, imageLine = ''] =
  /^ENV (NODE_ENV=.*)$/m.exec(readFileSync(join(root, 'deploy', 'Dockerfile'), 'utf8')) ?? [];
const IMAGE = Object.fromEntries(imageLine.split(' ').map((pair) => pair.split('=')));

/** What deploy/Dockerfile puts into the image: nothing but what was traced, so that a file left out is missed here. */
function layOut(): void {
  if (!existsSync(join(STANDALONE, 'server.js')))
    throw new Error('Build what an image holds first: BUILD_STANDALONE=1 npm run build');
  for (const folder of ['.next/static', 'public'])
    cpSync(join(root, folder), join(STANDALONE, folder), { recursive: true });
}

/** One process of the app, as the image runs it. */
class Instance {
  readonly url: string;
  readonly #port: number;
  readonly #environment: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;

  constructor(port: number, environment: NodeJS.ProcessEnv) {
    this.url = `http://127.0.0.1:${port}`;
    this.#port = port;
    this.#environment = environment;
  }

  async start(): Promise<void> {
    this.#process = spawn(process.execPath, [join(STANDALONE, 'server.js')], {
      env: { ...this.#environment, ...IMAGE, PORT: String(this.#port), HOSTNAME: '127.0.0.1' },
      stdio: ['ignore', OUTPUT, 'inherit'],
    });
    await until(`${this.url} answers`, () => this.#isWell());
  }

  async #isWell(): Promise<boolean> {
    return (await fetch(`${this.url}/api/health`).catch(() => undefined))?.ok ?? false;
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#process) await ended(this.#process, signal);
  }
}

async function ended(process: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = once(process, 'exit');
  process.kill(signal);
  await exit;
}

/**
 * Three instances behind nginx, with one Redis, one database, one queue and one model; `close` ends all of it. The database is the
 * embedded one, or one of its own on the PostgreSQL that `TEST_POSTGRES_URL` names.
 */
export async function startFleet(port: number) {
  layOut();
  await using begun = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'clerva-fleet-'));
  begun.defer(() => rmSync(folder, { recursive: true, force: true }));
  const dataFolder = join(folder, 'data');
  const appPorts = Array.from({ length: INSTANCES }, (_, index) => port + 2 + index);
  const certificate = makeCertificate(folder);
  const redis = redisOn(port + 5);
  redis.start();
  begun.defer(() => void redis.stop());
  const database = POSTGRES && (await createTemporaryDatabase(POSTGRES, 'empty', async () => undefined));
  if (database) begun.defer(database.drop);
  const own: NodeJS.ProcessEnv = {
    ...process.env,
    ...(database && { LOCAL_DATABASE_URL: database.url }),
    ...UNLIMITED,
    // The queue learns the jobs from the first instance, and calls them at the door.
    NODE_EXTRA_CA_CERTS: certificate.CERTIFICATE,
    PORT: String(appPorts[0]),
    LOCAL_SUPABASE_PORT: String(port + 6),
    LOCAL_INNGEST_PORT: String(port + 7),
    LOCAL_OPENAI_PORT: String(port + 8),
    LOCAL_DATA_DIR: dataFolder,
    NEXT_PUBLIC_APP_URL: `https://localhost:${port}`,
    REDIS_URL: redis.url,
    TRUSTED_PROXIES: '127.0.0.1',
    STATUS_TOKEN,
    SHUTDOWN_DRAIN_SECONDS: String(DRAIN_SECONDS),
    LOG_LEVEL: LOG_LEVEL ?? 'silent',
  };
  const servers = spawn(process.execPath, [join(root, 'local', 'main.ts'), 'servers'], {
    env: own,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  begun.defer(() => ended(servers, 'SIGTERM'));
  const file = join(dataFolder, 'stack.env');
  await until('the local servers start', () => existsSync(file));
  const variables = parseEnvironment(readFileSync(file, 'utf8'));
  const environment = published.parse(variables);
  const instances = appPorts.map((appPort) => new Instance(appPort, { ...own, ...variables }));
  begun.defer(async () => void (await Promise.all(instances.map((instance) => instance.end('SIGKILL')))));
  await Promise.all(instances.map((instance) => instance.start()));
  const nginx = await startNginx(folder, port, appPorts, {
    ...certificate,
    SUPABASE_UPSTREAM: new URL(environment.NEXT_PUBLIC_SUPABASE_URL).host,
  });
  begun.defer(() => ended(nginx, 'SIGQUIT'));
  const all = begun.move();
  return {
    appUrl: `https://localhost:${port}`,
    plainUrl: `http://localhost:${port + 1}`,
    environment,
    instances,
    close: () => all.disposeAsync(),
  };
}

export type Fleet = Awaited<ReturnType<typeof startFleet>>;
