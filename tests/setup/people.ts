import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll } from 'vitest';
import type { DatabaseClient } from '../../lib/db/clients.ts';
import { startGateway } from '../../local/supabase/gateway.ts';
import { toolContext, toolOptions } from './tool-context.ts';

const PASSWORD = 'a long test password';
/** A Monday, 18:30 in Lisbon. */
export const NOW = new Date('2026-11-23T18:30:00Z');

export type SignedIn = { id: string; db: DatabaseClient };

/** What the tools about people know of their request, as one student. */
export const optionsOf = (student: SignedIn) =>
  toolOptions(toolContext(student.db, { userId: student.id, now: NOW, timezone: 'Europe/Lisbon' }));

/** A database with two students who are signed in, and the ways in which their rows change. */
async function startPeople() {
  const gateway = await startGateway({ port: 0 });
  const { query, createUser } = gateway.database;
  const newClient = (key: string): DatabaseClient =>
    createClient(gateway.url, key, { auth: { persistSession: false } });

  async function signUp(displayName: string): Promise<SignedIn> {
    const { id, email } = await createUser({ displayName, password: PASSWORD });
    const db = newClient(gateway.publishableKey);
    const { error } = await db.auth.signInWithPassword({ email, password: PASSWORD });
    if (error) throw error;
    return { id, db };
  }
  const [maya, ines] = [await signUp('Maya'), await signUp('Inês')];

  return {
    query,
    maya,
    ines,
    service: newClient(gateway.secretKey),
    close: gateway.close,
    /** Somebody who is only a row, visible to everyone. */
    async addStudent(displayName: string, subjects: string[] = []) {
      const { id } = await createUser({ displayName });
      await query(`update public.profile set visibility = 'everyone', subjects = $2 where user_id = $1`, [
        id,
        subjects,
      ]);
      return id;
    },
    /** Leaves the two as they were at first: visible, with one subject in common, and nothing between them. */
    async reset() {
      for (const table of ['match_candidate', 'presence', 'availability_block', 'nudge', 'quota', 'block']) {
        await query(`delete from public.${table}`);
      }
      await query('delete from auth.users where id not in ($1, $2)', [maya.id, ines.id]);
      await query(
        `update public.profile set visibility = 'everyone', subjects = '{Psychology}', timezone = 'Europe/Lisbon'`,
      );
    },
    setVisibility: (student: SignedIn, visibility: string) =>
      query('update public.profile set visibility = $2 where user_id = $1', [student.id, visibility]),
    setSubjects: (student: SignedIn, subjects: string[]) =>
      query('update public.profile set subjects = $2 where user_id = $1', [student.id, subjects]),
    block: (student: SignedIn, other: SignedIn) =>
      query('insert into public.block (user_id, blocked_user_id) values ($1, $2)', [student.id, other.id]),
    beHere: (student: SignedIn, activity = 'available', ago = '0 seconds') =>
      query(
        `insert into public.presence (user_id, is_online, current_activity, last_seen)
         values ($1, true, $2, now() - $3::interval)
         on conflict (user_id) do update
         set is_online = true, current_activity = $2, last_seen = excluded.last_seen`,
        [student.id, activity, ago],
      ),
    beFree: (student: SignedIn, dow: number, start: number, end: number, timezone = 'Europe/Lisbon') =>
      query(
        `insert into public.availability_block (user_id, dow, start_min, end_min, timezone)
         values ($1, $2, $3, $4, $5)`,
        [student.id, dow, start, end, timezone],
      ),
  };
}

type People = Awaited<ReturnType<typeof startPeople>>;

/** The two of a suite's own, there before its first test and gone after its last. */
export function suitePeople() {
  // Filled before any test may look at them.
  const [people, maya, ines] = [{} as People, {} as SignedIn, {} as SignedIn];
  beforeAll(async () => {
    Object.assign(people, await startPeople());
    Object.assign(maya, people.maya);
    Object.assign(ines, people.ines);
  });
  afterAll(() => people.close());
  return { people, maya, ines };
}
