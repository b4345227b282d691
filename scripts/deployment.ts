import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { OLDER_NAMES } from '../lib/env.ts';
import { api } from '../lib/links.ts';
import { type Check, toolChecks } from './tool-checks.ts';

const TIMEOUT_MS = 120_000;
const FIRST_ANSWER_MS = 10_000;
const root = resolve(import.meta.dirname, '..');

/** The variables of the deployment that is asked about: of .env.local, or of the stack that is running here. */
export function loadVariables(): void {
  const files = [
    join(root, '.env.local'),
    resolve(root, process.env.LOCAL_DATA_DIR ?? '.local', 'stack.env'),
  ];
  for (const file of files) if (existsSync(file)) process.loadEnvFile(file);
}

export function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

export const variable = (name: string) =>
  [name, ...(OLDER_NAMES[name] ?? [])].map((one) => process.env[one]).find(Boolean);

/** Whoever is not signed in, at the database of the deployment; with a token, as its owner. */
export function databaseOf(token?: string) {
  const url = variable('NEXT_PUBLIC_SUPABASE_URL');
  const key = variable('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY');
  if (!url || !key) throw new Error('Set NEXT_PUBLIC_SUPABASE_URL and NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY.');
  return createClient(url, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    global: {
      fetch: (input, init) => fetch(input, { signal: AbortSignal.timeout(FIRST_ANSWER_MS), ...init }),
      ...(token && { headers: { authorization: `Bearer ${token}` } }),
    },
  });
}

/** The address that was given; without one, that of the stack that is running here. */
export function addressOf(given: string | undefined, usage: string): string {
  const base = z.url().safeParse(given ?? process.env.NEXT_PUBLIC_APP_URL);
  return base.success ? base.data.replace(/\/+$/, '') : fail(`Usage: ${usage}`);
}

/** The access token of an account: what was given, else that of the demo account of the stack that is running here. */
export async function signIn({
  email,
  password,
  token,
}: {
  email?: string;
  password?: string;
  token?: string;
}) {
  if (token) return token;
  const { data, error } = await databaseOf().auth.signInWithPassword({
    email: email ?? process.env.DEMO_EMAIL ?? 'demo@clerva.local',
    password: password ?? process.env.DEMO_PASSWORD ?? 'clerva-demo-student',
  });
  if (error) throw new Error(`The account cannot sign in: ${error.message}`);
  return data.session.access_token;
}

/** Asks a deployment. Who has answered nothing yet is waited for less long than an answer may take. */
export function askerOf(url: string) {
  let patienceMs = FIRST_ANSWER_MS;
  return async (path: string, init?: RequestInit): Promise<Response> => {
    const response = await fetch(url + path, { signal: AbortSignal.timeout(patienceMs), ...init });
    patienceMs = TIMEOUT_MS;
    return response;
  };
}

/** Calls the API of a deployment, as an account where one is given, and gives what it answers to a program. */
export const callerOf =
  (ask: ReturnType<typeof askerOf>, token?: () => Promise<string>) =>
  async (path: string, body?: object): Promise<unknown> => {
    const response = await ask(path, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(token && { authorization: `Bearer ${await token()}` }),
        accept: 'application/json',
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 120)}`);
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`${path} answered no JSON: ${text.slice(0, 80)}`);
    }
  };

/** Done when it is first asked for; whoever asks later gets the same, also why it could not be done. */
export function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const withName = z.object({ displayName: z.string().nullable() });
const people = z.object({ matches: z.array(withName), here: z.object({ users: z.array(withName) }) });

/** Every tool once, those about one person with somebody the account sees. */
export function deployedTools(call: ReturnType<typeof callerOf>): Check[] {
  const person = once(async () => {
    const seen = people.parse(await call(api.people));
    const found = [...seen.matches, ...seen.here.users].find(({ displayName }) => displayName);
    if (!found) console.log('This account sees nobody, so the tools about one person have nobody to find.');
    return found?.displayName ?? 'my best match';
  });
  return toolChecks((body) => call(api.chat, body), person);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
  const { cause } = error;
  const why = cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : '') : '';
  return [text, why].filter(Boolean).join(': ').replace(/\s+/g, ' ').slice(0, 240);
}

/** Prints a line for each check as it ends, whatever the others did, and the sum; with 1 as the way the process ends when one failed. */
export async function runChecks(checks: readonly Check[]): Promise<void> {
  const width = Math.max(...checks.map(({ name }) => name.length));
  let failed = 0;
  for (const { name, run } of checks) {
    const begun = performance.now();
    const [sign, text] = await run().then(
      (said) => ['✓', said],
      (error: unknown) => ['✗', reasonOf(error)],
    );
    if (sign === '✗') failed += 1;
    const ms = String(Math.round(performance.now() - begun)).padStart(6);
    console.log(`${sign} ${name.padEnd(width)}  ${ms} ms  ${text}`);
  }
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
