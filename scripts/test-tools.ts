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
import { parseArgs } from 'node:util';
import {
  addressOf,
  askerOf,
  callerOf,
  deployedTools,
  loadVariables,
  once,
  runChecks,
  signIn,
} from './deployment.ts';

loadVariables();
const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { email: text, password: text, token: text },
});
const url = addressOf(positionals[0], 'npm run test:tools -- <URL> [--email … --password … | --token …]');
const token = once(() => signIn(values));
await runChecks([
  { name: 'sign in', run: async () => ((await token()) ? 'an account' : '') },
  ...deployedTools(callerOf(askerOf(url), token)),
]);
