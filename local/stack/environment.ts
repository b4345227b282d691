import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecretKey, LOCAL_PUBLISHABLE_KEY } from '../supabase/keys.ts';

export type Mode = 'dev' | 'start' | 'servers';
export type Variables = Record<string, string>;
export type ServerName = 'supabase' | 'inngest' | 'openai';

export type StackPlan = {
  ports: { app: number } & Record<ServerName, number>;
  /** The stand-ins that run because no hosted service is configured. */
  local: Record<ServerName, boolean>;
  /** What is added to the environment of the app; values that are already set always win. */
  variables: Variables;
};

export const DEMO = { email: 'demo@clerva.local', password: 'clerva-demo-student' };

const OFFLINE_NOTICE =
  'No model key is set, so the offline study brain answers. It finds and quotes your notes. It does not explain in its own words. Add a key for that.';

/** Reads `.env.local` and `.env` from the project folder, as Next does: what is set already wins. */
export function loadEnvironmentFiles(folder: string): void {
  for (const name of ['.env.local', '.env']) {
    const path = join(folder, name);
    if (existsSync(path)) process.loadEnvFile(path);
  }
}

/** Secrets of one data folder, made once and kept for its owner alone: sessions, files and runs survive a restart. */
function keptSecrets<Secrets extends Variables>(
  dataFolder: string,
  file: string,
  make: () => Secrets,
): Secrets {
  const path = join(dataFolder, file);
  if (!existsSync(path)) writeFileSync(path, JSON.stringify(make()), { mode: 0o600 });
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Keys for signed job calls. */
const jobKeys = (dataFolder: string) =>
  keptSecrets(dataFolder, 'inngest-keys.json', () => ({
    signingKey: `signkey-local-${randomBytes(32).toString('hex')}`,
    eventKey: randomBytes(16).toString('hex'),
  }));

const portFrom = (environment: NodeJS.ProcessEnv, name: string, fallback: number): number => {
  const value = environment[name];
  if (!value) return fallback;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${name} must be a port number, not "${value}".`);
  return port;
};

/** Decides from the environment alone which servers are local, and what the app is told about them. */
export function planStack(mode: Mode, environment: NodeJS.ProcessEnv, dataFolder: string): StackPlan {
  mkdirSync(dataFolder, { recursive: true });
  const ports = {
    app: portFrom(environment, 'PORT', 3000),
    supabase: portFrom(environment, 'LOCAL_SUPABASE_PORT', 8287),
    inngest: portFrom(environment, 'LOCAL_INNGEST_PORT', 8288),
    openai: portFrom(environment, 'LOCAL_OPENAI_PORT', 8289),
  };
  const local = {
    supabase: !environment.NEXT_PUBLIC_SUPABASE_URL,
    inngest: !environment.INNGEST_DEV && !environment.INNGEST_BASE_URL && !environment.INNGEST_SIGNING_KEY,
    openai: !environment.OPENAI_API_KEY && !environment.OPENAI_BASE_URL,
  };
  const variables: Variables = { NEXT_TELEMETRY_DISABLED: '1' };
  // Next prints a line for each request in development already.
  if (mode === 'dev') variables.LOG_LEVEL = 'warn';
  if (!environment.NEXT_PUBLIC_APP_URL) variables.NEXT_PUBLIC_APP_URL = `http://localhost:${ports.app}`;
  if (local.supabase) {
    variables.NEXT_PUBLIC_SUPABASE_URL = `http://127.0.0.1:${ports.supabase}`;
    variables.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY = LOCAL_PUBLISHABLE_KEY;
    const { secretKey } = keptSecrets(dataFolder, 'supabase-keys.json', () => ({
      secretKey: createSecretKey(),
    }));
    variables.SUPABASE_SECRET_KEY = secretKey;
    variables.DEMO_EMAIL = DEMO.email;
    variables.DEMO_PASSWORD = DEMO.password;
  }
  if (local.openai) {
    variables.OPENAI_BASE_URL = `http://127.0.0.1:${ports.openai}/v1`;
    variables.OPENAI_API_KEY = 'local';
    variables.OPENAI_CHAT_MODEL = 'clerva-study-brain';
    variables.OPENAI_EMBEDDING_MODEL = 'clerva-lexical-1536';
    variables.EMBEDDING_USD_PER_MILLION = '0';
    // With a key of Anthropic's the brain stays to be chosen, and does not answer by itself.
    if (environment.ANTHROPIC_API_KEY) variables.CHAT_PROVIDER = 'anthropic';
    else variables.MODEL_NOTICE = OFFLINE_NOTICE;
    // What it reads costs nothing, so that the number of questions ends a day and not their length.
    if (!environment.DAILY_TOKEN_QUOTA) variables.DAILY_TOKEN_QUOTA = '5000000';
    // Lexical vectors add nothing to BM25 (docs/decisions/003-lexical-retrieval.md), so the words alone rank.
    variables.RETRIEVAL_DENSE_WEIGHT = '0';
  } else if (!environment.OPENAI_API_KEY) {
    // Servers such as Ollama or vLLM take any key.
    variables.OPENAI_API_KEY = 'none';
  }
  if (local.inngest) {
    const url = `http://127.0.0.1:${ports.inngest}`;
    if (mode === 'start') {
      const { signingKey, eventKey } = jobKeys(dataFolder);
      Object.assign(variables, {
        INNGEST_BASE_URL: url,
        INNGEST_SIGNING_KEY: signingKey,
        INNGEST_EVENT_KEY: eventKey,
      });
    } else {
      variables.INNGEST_DEV = url;
    }
  }
  // Running production code on stand-ins is what `npm start` on one machine means.
  if (Object.values(local).some(Boolean)) variables.CLERVA_LOCAL = '1';
  for (const name of Object.keys(variables)) {
    const set = environment[name];
    if (set) variables[name] = set;
  }
  return { ports, local, variables };
}

const PUBLISHED = [
  'NEXT_PUBLIC_APP_URL',
  'NEXT_PUBLIC_SUPABASE_URL',
  'NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY',
  'SUPABASE_SECRET_KEY',
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'OPENAI_CHAT_MODEL',
  'OPENAI_API',
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'ANTHROPIC_CHAT_MODEL',
  'CHAT_PROVIDER',
  'OPENAI_EMBEDDING_MODEL',
  'RETRIEVAL_DENSE_WEIGHT',
  'INNGEST_DEV',
  'INNGEST_BASE_URL',
  'INNGEST_EVENT_KEY',
  'INNGEST_SIGNING_KEY',
  'REDIS_URL',
  'CLERVA_LOCAL',
  'DEMO_EMAIL',
  'DEMO_PASSWORD',
];

/** Writes the URLs and keys in force to `.local/stack.env`, for scripts and tests. */
export function publishEnvironment(dataFolder: string, environment: NodeJS.ProcessEnv): void {
  const lines = PUBLISHED.filter((name) => environment[name]).map((name) => `${name}=${environment[name]}`);
  writeFileSync(join(dataFolder, 'stack.env'), `${lines.join('\n')}\n`, { mode: 0o600 });
}
