import { createHash } from 'node:crypto';
import { parseCookieHeader, serializeCookieHeader } from '@supabase/ssr';
import type { AuthError } from '@supabase/supabase-js';
import { LRUCache } from 'lru-cache';
import { isSessionOpen } from '../auth/open-sessions.ts';
import { createCookieClient, createUserClient, isHttps } from '../db/clients.ts';
import { type Role, roleOf } from '../domain/role.ts';
import { AppError } from '../errors.ts';

export type SessionUser = { id: string; email: string | null; role: Role };

export type Session = {
  user: SessionUser;
  accessToken: string;
  /** When the access token stops being accepted. A turn ends before that, so that its last save is still allowed. */
  expiresAtMs: number;
  via: 'cookie' | 'bearer';
  /** Cookies and cache headers of a session that was refreshed on the way; the response has to carry them. */
  responseHeaders: [string, string][];
};

type Claims = { user: SessionUser; exp: number; sessionId: string };

/**
 * Verified tokens, by their hash. With asymmetric keys a verification costs a signature check; with a shared secret
 * (older projects, and the local server) it is a request to Auth. A token is trusted until it expires wherever it is
 * checked, the database included, so remembering it for a minute gives nothing away; whether its session was ended is asked
 * more often.
 */
const verified = new LRUCache<string, Claims>({ max: 10_000, ttl: 60_000 });
const tokenHash = (token: string) => createHash('sha256').update(token).digest('base64');

type ClaimsReader = ReturnType<typeof createUserClient>['auth'];

/** What Auth says of a token. A text that is no token at all makes the client throw instead of answering. */
async function claimsOf(token: string, auth: ClaimsReader) {
  try {
    return await auth.getClaims(token);
  } catch (cause) {
    throw new AppError('unauthenticated', { cause });
  }
}

async function verify(token: string, auth: ClaimsReader, nowMs: number): Promise<Claims> {
  const key = tokenHash(token);
  const known = verified.get(key);
  if (known && known.exp * 1000 > nowMs) return known;
  const { data, error } = await claimsOf(token, auth);
  if (error && isUnreachable(error)) throw new AppError('database_unavailable', { cause: error });
  if (error || !data || data.claims.role !== 'authenticated') {
    throw new AppError('unauthenticated', { cause: error ?? undefined });
  }
  const { sub, email, exp, session_id: sessionId, app_metadata: appMetadata } = data.claims;
  const user = { id: sub, email: typeof email === 'string' ? email : null, role: roleOf(appMetadata) };
  const claims = { user, exp, sessionId };
  verified.set(key, claims);
  return claims;
}

/** Auth did not answer, which says nothing about who asks. */
const isUnreachable = (error: AuthError) =>
  error.name === 'AuthRetryableFetchError' || (error.status ?? 0) >= 500;

function bearerToken(request: Request): string | null {
  const header = request.headers.get('authorization');
  if (header === null) return null;
  const match = /^Bearer\s+(\S+)$/i.exec(header.trim());
  if (!match?.[1])
    throw new AppError('unauthenticated', { message: 'The authorization header is not a bearer token.' });
  return match[1];
}

/**
 * Who asks: the bearer token when there is one (it never falls back to cookies), else the cookie session, refreshed
 * when it is about to end. Throws `unauthenticated` when there is neither.
 */
export async function readSession(request: Request, nowMs: number = Date.now()): Promise<Session> {
  const bearer = bearerToken(request);
  if (bearer !== null) {
    return session(await verify(bearer, createUserClient(bearer).auth, nowMs), bearer, 'bearer', []);
  }

  const cookies = parseCookieHeader(request.headers.get('cookie') ?? '');
  if (!cookies.some(({ name }) => name.startsWith('sb-'))) throw new AppError('unauthenticated');
  const responseHeaders: [string, string][] = [];
  const client = createCookieClient(
    {
      getAll: () => cookies.map(({ name, value }) => ({ name, value: value ?? '' })),
      setAll: (written, headers) => {
        for (const { name, value, options } of written) {
          responseHeaders.push(['set-cookie', serializeCookieHeader(name, value, options)]);
        }
        responseHeaders.push(...Object.entries(headers));
      },
    },
    isHttps(request.headers),
  );
  const { data, error } = await client.auth.getSession();
  if (error && isUnreachable(error)) throw new AppError('database_unavailable', { cause: error });
  const accessToken = data.session?.access_token;
  if (!accessToken) throw new AppError('unauthenticated', { cause: error ?? undefined });
  const claims = await verify(accessToken, client.auth, nowMs);
  return session(claims, accessToken, 'cookie', responseHeaders);
}

async function session(
  claims: Claims,
  accessToken: string,
  via: Session['via'],
  responseHeaders: [string, string][],
): Promise<Session> {
  if (!(await isSessionOpen(claims.sessionId, createUserClient(accessToken)))) {
    throw new AppError('unauthenticated');
  }
  return { user: claims.user, accessToken, expiresAtMs: claims.exp * 1000, via, responseHeaders };
}
