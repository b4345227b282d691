import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { OLDER_NAMES } from '../lib/env.ts';
import { api } from '../lib/links.ts';
import { checkTools } from './tool-checks.ts';

const TIMEOUT_MS = 120_000;
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
  if (!url || !key) fail('Set NEXT_PUBLIC_SUPABASE_URL and NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY.');
  return createClient(url, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    ...(token && { global: { headers: { authorization: `Bearer ${token}` } } }),
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
  if (error) fail(`The account cannot sign in: ${error.message}`);
  return data.session.access_token;
}

/** Calls the API of a deployment as an account, and gives what it answers to a program. */
export const callerOf =
  (url: string, token: string) =>
  async (path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${path} answered ${response.status}: ${(await response.text()).slice(0, 120)}`);
    return response.json();
  };

const withName = z.object({ displayName: z.string().nullable() });
const people = z.object({ matches: z.array(withName), here: z.object({ users: z.array(withName) }) });

/** Every tool once, those about one person with somebody the account sees. */
export async function callTools(call: ReturnType<typeof callerOf>) {
  const seen = people.safeParse(await call(api.people));
  const everybody = seen.success ? [...seen.data.matches, ...seen.data.here.users] : [];
  const person = everybody.find(({ displayName }) => displayName)?.displayName;
  if (!person) console.log('This account sees nobody, so the tools about one person have nobody to find.');
  return checkTools((body) => call(api.chat, body), person ?? 'my best match');
}

/** Prints what was checked and the closing line; with 1 as the way the process ends when something failed. */
export function printOutcomes(
  outcomes: readonly { name: string; passed: boolean; ms: number; text: string }[],
): void {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  for (const { name, passed, ms, text } of outcomes)
    console.log(`${passed ? '✓' : '✗'} ${name.padEnd(width)}  ${String(ms).padStart(6)} ms  ${text}`);
  const failed = outcomes.filter(({ passed }) => !passed).length;
  console.log(`${outcomes.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
