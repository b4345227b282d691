import { createServerClient } from '@supabase/ssr';
import { type NextRequest, NextResponse } from 'next/server';
import { isHttps, sessionCookieOptions } from './lib/db/clients';
import { serverEnv } from './lib/env';
import { clientAddress, mayEnter } from './lib/http/client-address';
import { contentSecurityPolicy } from './lib/http/content-security-policy';
import { enforceLimit } from './lib/http/limits';
import { countedAddress } from './lib/http/networks';
import { problem } from './lib/http/problem';

/** What a link shows to whoever holds it; how many are tried from one address is counted. */
const SHARED = /^\/(?:shared|erased)\//;
/** Pages anybody may see. API routes are not here: they answer 401 themselves, which a client can read. */
const PUBLIC_PATHS = [
  /^\/sign-in$/,
  /^\/sign-up$/,
  /^\/auth(\/|$)/,
  /^\/(?:privacy|terms)$/,
  /^\/\.well-known\//,
  SHARED,
];

export const config = {
  matcher: [
    // Not API routes, what Next serves itself, or files (their last segment has a dot).
    '/((?!api/|_next/|.*\\.[\\w]+$).*)',
  ],
};

/**
 * Before every page: says what it may run, renews the session while its cookies can still be written, and sends visitors
 * without one to sign in, from where they return to the page they wanted.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const address = clientAddress(request.headers);
  // On a platform that has its own front door.
  if (!mayEnter(address)) return new NextResponse('Forbidden', { status: 403 });
  if (SHARED.test(request.nextUrl.pathname)) {
    try {
      await enforceLimit('shared', countedAddress(address ?? 'unknown'));
    } catch (error) {
      return problem(error);
    }
  }
  const env = serverEnv();
  const policy = contentSecurityPolicy(Buffer.from(crypto.randomUUID()).toString('base64'), {
    supabaseUrl: env.supabaseUrl,
    sentryDsn: env.NEXT_PUBLIC_SENTRY_DSN,
    analyticsHost: env.NEXT_PUBLIC_POSTHOG_KEY && env.NEXT_PUBLIC_POSTHOG_HOST,
    isDevelopment: env.NODE_ENV === 'development',
  });
  // Next reads the nonce from here and gives it to every script of the page.
  request.headers.set('content-security-policy', policy);
  const response = await withSession(request);
  response.headers.set('content-security-policy', policy);
  return response;
}

async function withSession(request: NextRequest): Promise<NextResponse> {
  const env = serverEnv();
  let response = NextResponse.next({ request });
  const client = createServerClient(env.supabaseUrl, env.supabasePublishableKey, {
    cookieOptions: sessionCookieOptions(isHttps(request.headers)),
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll(renewed, headers) {
        for (const { name, value } of renewed) request.cookies.set(name, value);
        // The page reads the renewed cookies from the request that is passed on.
        response = NextResponse.next({ request });
        for (const { name, value, options } of renewed) response.cookies.set(name, value, options);
        // A cached answer with these cookies would sign somebody else in.
        for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      },
    },
  });
  const { data, error } = await client.auth.getClaims();
  // Auth does not answer, which says nothing about who asks: the page tells what is wrong better than a sign-in form.
  if (error?.name === 'AuthRetryableFetchError') return response;
  const { pathname, search } = request.nextUrl;
  if (data || PUBLIC_PATHS.some((path) => path.test(pathname))) return response;

  const signIn = request.nextUrl.clone();
  signIn.pathname = '/sign-in';
  signIn.search = '';
  signIn.searchParams.set('next', `${pathname}${search}`);
  const redirect = NextResponse.redirect(signIn);
  for (const cookie of response.cookies.getAll()) redirect.cookies.set(cookie);
  return redirect;
}
