import { z } from 'zod';
import { serverEnv } from '../env.ts';
import { logger } from '../observability/logger.ts';

/** Whom a student may sign in with beside their password, by the name Auth knows them under. */
export const PROVIDERS = { google: 'Google', azure: 'Microsoft', apple: 'Apple' } as const;
export type Provider = keyof typeof PROVIDERS;

export const isProvider = (name: string): name is Provider => Object.hasOwn(PROVIDERS, name);

/** People write what they see on the button. */
const OTHER_NAMES: Readonly<Record<string, Provider>> = { microsoft: 'azure' };

/** The providers of a list with commas, and the names in it that are none. */
export function parseProviders(list: string | undefined): { named: Provider[]; unknown: string[] } {
  const names = (list ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
    .map((name) => OTHER_NAMES[name] ?? name);
  const distinct = [...new Set(names)];
  return { named: distinct.filter(isProvider), unknown: distinct.filter((name) => !isProvider(name)) };
}

/** What to tell the operator at the start; undefined when every name is known. */
export function providerWarning(list: string | undefined): string | undefined {
  const { unknown } = parseProviders(list);
  if (unknown.length === 0) return undefined;
  return `AUTH_PROVIDERS names what nobody can sign in with here: ${unknown.join(', ')}. Known are ${Object.keys(PROVIDERS).join(', ')}.`;
}

const settingsSchema = z.object({ external: z.record(z.string(), z.unknown()) });
const GOOD_FOR_MS = 10 * 60_000;
const FAILED_FOR_MS = 30_000;
const TIMEOUT_MS = 2_000;

let known: { offered: readonly string[]; untilMs: number } | undefined;

/** What the project lets students sign in with; nothing while Auth does not say. */
async function offeredByProject(): Promise<readonly string[]> {
  if (known && Date.now() < known.untilMs) return known.offered;
  const { supabaseUrl, supabasePublishableKey } = serverEnv();
  try {
    const answer = await fetch(`${supabaseUrl}/auth/v1/settings`, {
      headers: { apikey: supabasePublishableKey },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      cache: 'no-store',
    });
    const { external } = settingsSchema.parse(await answer.json());
    const offered = Object.keys(external).filter((name) => external[name] === true);
    known = { offered, untilMs: Date.now() + GOOD_FOR_MS };
  } catch (err) {
    // The password works all the same; a button that leads nowhere would not.
    logger().warn({ err }, 'the providers to sign in with could not be read');
    known = { offered: [], untilMs: Date.now() + FAILED_FOR_MS };
  }
  return known.offered;
}

/** Whom the sign-in page shows a button for: what the operator named and the project offers. */
export async function signInProviders(): Promise<Provider[]> {
  const { named } = parseProviders(serverEnv().AUTH_PROVIDERS);
  if (named.length === 0) return [];
  const offered = await offeredByProject();
  return named.filter((name) => offered.includes(name));
}

/** For tests: what was read is asked for again. */
export const forgetProviders = () => {
  known = undefined;
};
