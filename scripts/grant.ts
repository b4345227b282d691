/**
 * Gives an account a role: student, internal or admin. Works on the stack that is running here and on a hosted project.
 *
 *   npm run grant -- ada@example.org admin
 *
 * A token keeps the role it was made with, so it holds when the account signs in again or its session is refreshed, within
 * the hour.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { User } from '@supabase/supabase-js';
import { createServiceClient, type DatabaseClient } from '../lib/db/clients.ts';
import { ROLES } from '../lib/domain/role.ts';

const PAGE = 1_000;

async function accountOf(db: DatabaseClient, email: string): Promise<User | undefined> {
  for (let page = 1; ; page += 1) {
    const { data, error } = await db.auth.admin.listUsers({ page, perPage: PAGE });
    if (error) throw error;
    const found = data.users.find((user) => user.email?.toLowerCase() === email.toLowerCase());
    if (found || data.users.length < PAGE) return found;
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const root = resolve(import.meta.dirname, '..');
const files = [join(root, '.env.local'), resolve(root, process.env.LOCAL_DATA_DIR ?? '.local', 'stack.env')];
for (const file of files) if (existsSync(file)) process.loadEnvFile(file);

const [email, role] = process.argv.slice(2);
if (!email || !ROLES.some((name) => name === role))
  fail(`Usage: npm run grant -- <email> <${ROLES.join('|')}>`);
const db = createServiceClient();
const user = await accountOf(db, email);
if (!user) fail(`There is no account with the address ${email}.`);
const { error } = await db.auth.admin.updateUserById(user.id, { app_metadata: { role } });
if (error) fail(`The role could not be set: ${error.message}`);
console.log(`${email} has the role ${role} from the next sign-in on, or within the hour.`);
