/**
 * Gives a running Clerva a few students with notes, the way students would: accounts through Auth, files through the
 * documents API, what others may know of them through the people API. Run again, it adds only what is missing.
 *
 *   npm run seed            the stack that is running here (.local/stack.env)
 *   npm run seed -- --quiet prints problems only
 *   npm run seed -- --stay  keeps the others present until it is ended
 *
 * Whoever starts it with a channel says when to go on: to the demo student's own notes and life, then to the others.
 */
import { on } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { createUserClient } from '../lib/db/clients.ts';
import { sendNudge } from '../lib/db/queries/nudge.ts';
import { touchPresence } from '../lib/db/queries/presence.ts';
import { seedLife } from './seed-life.ts';
import { AIKO, INES, MAYA, type SeedPerson, seedPerson, TOMAS } from './seed-people.ts';

const MATCHES_MS = 3_000;
const SIGN_OF_LIFE_MS = 60_000;
/** A session lasts an hour. */
const SIGNS_A_SESSION = 45;

const root = resolve(import.meta.dirname, '..');
const stackFile = join(root, process.env.LOCAL_DATA_DIR ?? '.local', 'stack.env');
if (!process.env.NEXT_PUBLIC_SUPABASE_URL && existsSync(stackFile)) process.loadEnvFile(stackFile);

const environment = z
  .object({
    NEXT_PUBLIC_APP_URL: z.url(),
    NEXT_PUBLIC_SUPABASE_URL: z.url(),
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: z.string(),
    SUPABASE_SECRET_KEY: z.string(),
    DEMO_EMAIL: z.string().default('demo@clerva.local'),
    DEMO_PASSWORD: z.string().default('clerva-demo-student'),
  })
  .safeParse(process.env);
if (!environment.success) {
  console.error('Start Clerva first (npm run dev), or set the variables of .env.example.');
  process.exit(1);
}
const settings = environment.data;
const quiet = process.argv.includes('--quiet');
const say = (line: string) => {
  if (!quiet) console.log(line);
};

type Note = { file: string; title: string; course: string };
type Student = { email: string; person: SeedPerson; notes: Note[] };

const MEMORY: Note = { file: 'memory.md', title: 'How memory works', course: 'Psychology' };
const CELLS: Note = { file: 'cell-division.md', title: 'Cell division', course: 'Biology' };
const SORTING: Note = { file: 'sorting.md', title: 'Sorting algorithms', course: 'Data structures' };
const STUDENTS: Student[] = [
  { email: settings.DEMO_EMAIL, person: MAYA, notes: [MEMORY, CELLS, SORTING] },
  { email: 'ines@clerva.local', person: INES, notes: [MEMORY, CELLS] },
  { email: 'tomas@clerva.local', person: TOMAS, notes: [SORTING] },
  { email: 'aiko@clerva.local', person: AIKO, notes: [] },
];

const newClient = () =>
  createClient(settings.NEXT_PUBLIC_SUPABASE_URL, settings.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
  });

/** Signs in, making the account first when there is none; e-mail confirmation is skipped with the secret key. */
async function signIn(db: SupabaseClient, student: Student): Promise<{ token: string; userId: string }> {
  const credentials = { email: student.email, password: settings.DEMO_PASSWORD };
  const first = await db.auth.signInWithPassword(credentials);
  if (first.data.session) return sessionOf(first.data.session);
  const made = await db.auth.signUp({
    ...credentials,
    options: { data: { display_name: student.person.profile.displayName } },
  });
  if (made.data.session) return sessionOf(made.data.session);
  const admin = createClient(settings.NEXT_PUBLIC_SUPABASE_URL, settings.SUPABASE_SECRET_KEY);
  await admin.auth.admin.createUser({
    ...credentials,
    email_confirm: true,
    user_metadata: { display_name: student.person.profile.displayName },
  });
  const second = await db.auth.signInWithPassword(credentials);
  if (!second.data.session)
    throw new Error(`${student.email} cannot sign in: ${second.error?.message ?? made.error?.message}`);
  return sessionOf(second.data.session);
}

const sessionOf = (session: { access_token: string; user: { id: string } }) => ({
  token: session.access_token,
  userId: session.user.id,
});

async function api(token: string, path: string, body?: unknown, method = 'POST'): Promise<unknown> {
  const response = await fetch(`${settings.NEXT_PUBLIC_APP_URL}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

const created = z.object({
  documentId: z.string(),
  upload: z.object({ bucket: z.string(), path: z.string(), token: z.string() }).nullable(),
});

async function addNote(db: SupabaseClient, token: string, note: Note): Promise<void> {
  const bytes = await readFile(join(root, 'supabase', 'seed', note.file));
  const request = {
    title: note.title,
    fileName: note.file,
    mimeType: 'text/markdown',
    sizeBytes: bytes.byteLength,
    course: note.course,
  };
  const { documentId, upload } = created.parse(await api(token, '/api/documents', request));
  if (!upload) return;
  const file = new Blob([bytes], { type: 'text/markdown' });
  const { error } = await db.storage.from(upload.bucket).uploadToSignedUrl(upload.path, upload.token, file);
  if (error) throw error;
  await api(token, `/api/documents/${documentId}/ingest`, {});
}

async function actingAs(student: Student) {
  const { token, userId } = await signIn(newClient(), student);
  return { db: createUserClient(token), userId };
}

let present: Awaited<ReturnType<typeof actingAs>>[] = [];

/** One invitation that waits for an answer, as soon as the one may know of the other. */
async function invite(from: Student, to: Student): Promise<void> {
  const [sender, receiver] = [await actingAs(from), await actingAs(to)];
  const { data } = await receiver.db.from('nudge').select('id').limit(1);
  if (data?.length !== 0) return;
  const message = 'I keep mixing up storage and retrieval. 25 minutes on it together tonight?';
  const known = () =>
    sender.db.from('match_candidate').select('user_id').eq('candidate_user_id', receiver.userId).limit(1);
  // Matches are worked out by a job a little later.
  for (let tries = 0; tries < 20 && !(await known()).data?.length; tries += 1) await sleep(MATCHES_MS);
  // Somebody who hid or blocked them meanwhile is not written to.
  await sendNudge(sender.db, { toUserId: receiver.userId, type: 'study_invite', message }).catch(
    () => undefined,
  );
}

/** Keeps the others present for as long as this runs. */
async function stay(students: readonly Student[]): Promise<never> {
  for (let signs = 0; ; signs += 1) {
    if (signs % SIGNS_A_SESSION === 0)
      present = await Promise.all(students.map(actingAs)).catch(() => present);
    for (const [index, { db }] of present.entries()) {
      const activity = students[index]?.person.activity ?? null;
      // The stack may be busy, or stopping; the next sign of life says the same.
      await touchPresence(db, { activity, isOnline: true }).catch(() => undefined);
    }
    await sleep(SIGN_OF_LIFE_MS);
  }
}

const people: (() => Promise<void>)[] = [];
async function addStudent(student: Student): Promise<void> {
  const db = newClient();
  const { token, userId } = await signIn(db, student);
  const { data, error } = await db.from('doc_source').select('title');
  if (error) throw error;
  const present = new Set(data.map((row) => row.title));
  const missing = student.notes.filter((note) => !present.has(note.title));
  for (const note of missing) await addNote(db, token, note);
  const name = student.person.profile.displayName;
  say(`${name} <${student.email}>: ${student.notes.length} notes, ${missing.length} added now`);
  people.push(() =>
    seedPerson(db, (method, path, body) => api(token, path, body, method), userId, student.person),
  );
}

const [demo, partner, ...others] = STUDENTS;
if (demo && partner) {
  const words = process.channel && on(process, 'message');
  await signIn(newClient(), demo);
  await words?.next();
  await addStudent(demo);
  await seedLife({ ...(await actingAs(demo)), timezone: demo.person.profile.timezone, now: new Date() });
  await words?.next();
  if (process.connected) process.disconnect();
  for (const student of [partner, ...others]) await addStudent(student);
  for (const seedOne of people) await seedOne();
  say(`Password for all: ${settings.DEMO_PASSWORD}`);
  await invite(partner, demo);
}
if (process.argv.includes('--stay')) await stay(STUDENTS.filter(({ person }) => person.activity !== null));
