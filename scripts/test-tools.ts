/**
 * Calls the eleven tools of a deployment by name and prints what came of it. Nothing is sent to anybody.
 *
 *   npm run test:tools -- http://localhost:3000            the demo account of the stack that is running here
 *   npm run test:tools -- https://app.example.org --email ada@example.org --password …
 *   npm run test:tools -- https://app.example.org --token <access token>
 *
 * An account is signed in at NEXT_PUBLIC_SUPABASE_URL, of .env.local or the stack that is running here. What the tools make
 * (a quiz, a card, a plan) stays with the account, so give it one of its own. Ends with 1 when a tool failed.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { OLDER_NAMES } from '../lib/env.ts';
import { api } from '../lib/links.ts';
import { checkTools } from './tool-checks.ts';

const TIMEOUT_MS = 120_000;
const root = resolve(import.meta.dirname, '..');
const files = [join(root, '.env.local'), resolve(root, process.env.LOCAL_DATA_DIR ?? '.local', 'stack.env')];
for (const file of files) if (existsSync(file)) process.loadEnvFile(file);

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { email: text, password: text, token: text },
});
const base = z.url().safeParse(positionals[0] ?? process.env.NEXT_PUBLIC_APP_URL);
if (!base.success) fail('Usage: npm run test:tools -- <URL> [--email … --password … | --token …]');
const url = base.data.replace(/\/+$/, '');

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

const named = (name: string) =>
  [name, ...(OLDER_NAMES[name] ?? [])].map((one) => process.env[one]).find(Boolean);

async function signIn(): Promise<string> {
  if (values.token) return values.token;
  const supabaseUrl = named('NEXT_PUBLIC_SUPABASE_URL');
  const key = named('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY');
  if (!supabaseUrl || !key)
    fail('Set NEXT_PUBLIC_SUPABASE_URL and NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, or give --token.');
  const { auth } = createClient(supabaseUrl, key, { auth: { persistSession: false } });
  const { data, error } = await auth.signInWithPassword({
    email: values.email ?? process.env.DEMO_EMAIL ?? 'demo@clerva.local',
    password: values.password ?? process.env.DEMO_PASSWORD ?? 'clerva-demo-student',
  });
  if (error) fail(`The account cannot sign in: ${error.message}`);
  return data.session.access_token;
}

const token = await signIn();
const headers = {
  authorization: `Bearer ${token}`,
  accept: 'application/json',
  'content-type': 'application/json',
};

async function call(path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${path} answered ${response.status}: ${(await response.text()).slice(0, 120)}`);
  return response.json();
}

const withName = z.object({ displayName: z.string().nullable() });
const people = z.object({ matches: z.array(withName), here: z.object({ users: z.array(withName) }) });
const seen = people.safeParse(await call(api.people).catch((error: Error) => fail(error.message)));
const everybody = seen.success ? [...seen.data.matches, ...seen.data.here.users] : [];
const person = everybody.find(({ displayName }) => displayName)?.displayName;
if (!person) console.log('This account sees nobody, so the tools about one person have nobody to find.');

const outcomes = await checkTools((body) => call(api.chat, body), person ?? 'my best match');
const width = Math.max(...outcomes.map(({ tool }) => tool.length));
for (const { tool, passed, ms, text: said } of outcomes) {
  console.log(`${passed ? '✓' : '✗'} ${tool.padEnd(width)}  ${String(ms).padStart(6)} ms  ${said}`);
}
const failed = outcomes.filter(({ passed }) => !passed).length;
console.log(`${outcomes.length - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
