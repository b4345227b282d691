import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import {
  cookieMethods,
  createCookieClient,
  type DatabaseClient,
  isHttps,
  sessionCookieOptions,
} from '../db/clients.ts';
import { noteAct } from '../db/queries/audit.ts';
import { hasRole, type Role, roleOf } from '../domain/role.ts';
import { AppError } from '../errors.ts';
import { clientAddress } from '../http/client-address.ts';
import { logger } from '../observability/logger.ts';
import { isSessionOpen } from './open-sessions.ts';

/** A client with the session of the request's cookies, for pages and server actions. */
export async function cookieClient(): Promise<DatabaseClient> {
  const list = await headers();
  return createCookieClient(cookieMethods(await cookies()), isHttps(list), clientAddress(list));
}

export type PageSession = { user: { id: string; email: string; role: Role }; db: DatabaseClient };

/** The signed-in student of this request, or null. Verified, and asked once per request. */
export const currentSession = cache(async (): Promise<PageSession | null> => {
  const db = await cookieClient();
  const { data, error } = await db.auth.getClaims();
  if (error?.name === 'AuthRetryableFetchError') throw new AppError('database_unavailable', { cause: error });
  if (error || !data) return null;
  const { sub, email, session_id, app_metadata: appMetadata } = data.claims;
  if (!(await isSessionOpen(session_id, db))) return null;
  const user = { id: sub, email: typeof email === 'string' ? email : '', role: roleOf(appMetadata) };
  return { user, db };
});

/** So long after signing in, or after opening a link of an email, nobody is asked for the password again. */
const FRESH_SECONDS = 600;
const FRESH_COOKIE = 'clerva-signed-in';
const CODE_VERIFIER = /^sb-.+-code-verifier(\.\d+)?$/;

/** Remembers in this browser that this student has just shown who they are. */
export async function rememberSignIn(userId: string): Promise<void> {
  const store = await cookies();
  const options = sessionCookieOptions(isHttps(await headers()));
  store.set(FRESH_COOKIE, userId, { ...options, maxAge: FRESH_SECONDS, path: '/auth' });
  // What a link of an email would have needed in this browser, once per attempt to sign up.
  for (const { name } of store.getAll()) if (CODE_VERIFIER.test(name)) store.delete(name);
}

export async function isFreshlySignedIn(userId: string): Promise<boolean> {
  return (await cookies()).get(FRESH_COOKIE)?.value === userId;
}

/** The same for pages that need a student: without one it leads to the sign-in page. */
export async function requireSession(): Promise<PageSession> {
  const session = await currentSession();
  if (session === null) redirect('/sign-in');
  return session;
}

/** The same for pages of a role. To everybody else such a page is not there. */
export async function requireRole(needed: Role): Promise<PageSession> {
  const session = await requireSession();
  if (!hasRole(session.user.role, needed)) notFound();
  return session;
}

/** A line in the student's record for what Auth did. What it did is done, should the line be lost. */
export const noteSession = (db: DatabaseClient, action: string): Promise<void> =>
  noteAct(db, { action }).catch((err: unknown) => logger().warn({ err }, 'an act is not in the record'));

/** What to call the student: the name they gave, else the part of their address before the @. */
export function studentName(displayName: string | null | undefined, email: string): string {
  const given = displayName?.trim();
  if (given) return given;
  return email.split('@')[0] || 'You';
}
