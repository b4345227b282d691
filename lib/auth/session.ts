import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { cookieMethods, createCookieClient, type DatabaseClient } from '../db/clients.ts';
import { AppError } from '../errors.ts';

/** A client with the session of the request's cookies, for pages and server actions. */
export async function cookieClient(): Promise<DatabaseClient> {
  return createCookieClient(cookieMethods(await cookies()));
}

export type PageSession = { user: { id: string; email: string }; db: DatabaseClient };

/** The signed-in student of this request, or null. Verified, and asked once per request. */
export const currentSession = cache(async (): Promise<PageSession | null> => {
  const db = await cookieClient();
  const { data, error } = await db.auth.getClaims();
  if (error?.name === 'AuthRetryableFetchError') throw new AppError('database_unavailable', { cause: error });
  if (error || !data) return null;
  const { sub, email } = data.claims;
  return { user: { id: sub, email: typeof email === 'string' ? email : '' }, db };
});

/** The same for pages that need a student: without one it leads to the sign-in page. */
export async function requireSession(): Promise<PageSession> {
  const session = await currentSession();
  if (session === null) redirect('/sign-in');
  return session;
}

/** What to call the student: the name they gave, else the part of their address before the @. */
export function studentName(displayName: string | null | undefined, email: string): string {
  const given = displayName?.trim();
  if (given) return given;
  return email.split('@')[0] || 'You';
}
