import { type CookieMethodsServer, type CookieOptions, createServerClient } from '@supabase/ssr';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { serverEnv } from '../env.ts';
import { fetchAgain } from './retry.ts';
import type { Database } from './types.gen.ts';

/** A client of the database, whoever it acts as. */
export type DatabaseClient = SupabaseClient<Database>;

// A server acts for many people in turn: it neither keeps a session nor renews one behind a request's back.
const STATELESS = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false } as const;

/** Acts as the student the token belongs to; row level security decides what it sees. */
export function createUserClient(accessToken: string, address?: string | null): DatabaseClient {
  const env = serverEnv();
  return createClient<Database>(env.supabaseUrl, env.supabasePublishableKey, {
    auth: STATELESS,
    global: {
      headers: { authorization: `Bearer ${accessToken}`, ...aboutRequest(address) },
      fetch: fetchAgain,
    },
  });
}

/** What the database is to know of a request: the operator's number of tokens a day, and for the record, whence it came. */
const aboutRequest = (address: string | null | undefined) => ({
  'x-clerva-token-quota': String(serverEnv().DAILY_TOKEN_QUOTA),
  ...(address ? { 'x-clerva-address': address } : {}),
});
/** Acts as nobody, for what may be read without an account. */
export function createVisitorClient(): DatabaseClient {
  const env = serverEnv();
  return createClient<Database>(env.supabaseUrl, env.supabasePublishableKey, {
    auth: STATELESS,
    global: { fetch: fetchAgain },
  });
}

let service: DatabaseClient | undefined;

/** Acts with every right. Only jobs and scripts may hold it; a test of the architecture says so. */
export function createServiceClient(): DatabaseClient {
  const env = serverEnv();
  service ??= createClient<Database>(env.supabaseUrl, env.supabaseSecretKey, {
    auth: STATELESS,
    global: { fetch: fetchAgain },
  });
  return service;
}

/** Whether the browser spoke TLS, with us or with the proxy in front. */
export const isHttps = (headers: Pick<Headers, 'get'>): boolean =>
  headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https' ||
  serverEnv().NEXT_PUBLIC_APP_URL?.startsWith('https:') === true;

/** No script of a page reads a session: what joins live channels is asked for at /api/realtime/token. */
export const sessionCookieOptions = (secure: boolean): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  secure,
});

/** Acts as the student signed in by cookie; the cookies of a renewed session go out through `setAll`. */
export function createCookieClient(
  cookies: CookieMethodsServer,
  secure: boolean,
  address?: string | null,
): DatabaseClient {
  const env = serverEnv();
  const cookieOptions = sessionCookieOptions(secure);
  return createServerClient<Database>(env.supabaseUrl, env.supabasePublishableKey, {
    cookies,
    cookieOptions,
    global: { headers: aboutRequest(address) },
  });
}

/** What this module needs of the store that `await cookies()` of next/headers gives. */
export type CookieStore = {
  getAll(): { name: string; value: string }[];
  set(name: string, value: string, options?: CookieOptions): unknown;
};

/** The cookies of a page or server action, for `createCookieClient`. */
export function cookieMethods(store: CookieStore): CookieMethodsServer {
  return {
    getAll: () => store.getAll(),
    setAll(renewed) {
      try {
        for (const { name, value, options } of renewed) store.set(name, value, options);
      } catch (error) {
        // A page may not write cookies while it renders; proxy.ts has renewed the session before it did.
        if (!(error instanceof Error && /cookies can only be modified/i.test(error.message))) throw error;
      }
    },
  };
}
