/**
 * Asks every server that Clerva is configured with once, and says what to set where one does not do.
 *
 *   npm run doctor    the variables of .env.local, or the stack that is running here (.local/stack.env)
 *
 * Ends with 1 when something has to be set.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EnvError, parseEnv } from '../lib/env.ts';
import { examine } from './doctor-checks.ts';

const root = resolve(import.meta.dirname, '..');
const files = [join(root, '.env.local'), resolve(root, process.env.LOCAL_DATA_DIR ?? '.local', 'stack.env')];
// What is set already is kept, so the first file that gives a variable a value decides.
for (const file of files) {
  if (existsSync(file)) process.loadEnvFile(file);
  for (const [name, value] of Object.entries(process.env)) if (value === '') delete process.env[name];
}

const MARK = { right: '✓', wrong: '✗', unseen: '·' };

try {
  const findings = await examine(parseEnv(process.env));
  for (const { name, state, text } of findings) console.log(`${MARK[state]} ${name}: ${text}`);
  process.exitCode = findings.some(({ state }) => state === 'wrong') ? 1 : 0;
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  console.log(`✗ Environment: ${error.message}`);
  process.exitCode = 1;
}
