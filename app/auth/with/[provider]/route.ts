import { safeNext } from '@/components/auth/safe-next';
import { signInProviders } from '@/lib/auth/providers';
import { cookieClient } from '@/lib/auth/session';
import { serverEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { clientAddress } from '@/lib/http/client-address';
import { enforceLimit } from '@/lib/http/limits';
import { countedAddress } from '@/lib/http/networks';
import { problem } from '@/lib/http/problem';
import { paths } from '@/lib/links';

/**
 * Leads to the page of a provider, with the proof that this browser asked in a cookie (PKCE). A link and no form: what a
 * form sends may not leave this site.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ provider: string }> },
): Promise<Response> {
  const { provider } = await params;
  const found = (await signInProviders()).find((name) => name === provider);
  if (!found) return problem(new AppError('not_found'));
  try {
    await enforceLimit('door', countedAddress(clientAddress(request.headers) ?? 'unknown'));
  } catch (error) {
    return problem(error);
  }
  const { searchParams, origin } = new URL(request.url);
  const here = serverEnv().NEXT_PUBLIC_APP_URL?.replace(/\/$/, '') ?? origin;
  const next = encodeURIComponent(safeNext(searchParams.get('next')));
  const db = await cookieClient();
  const { data, error } = await db.auth.signInWithOAuth({
    provider: found,
    options: {
      redirectTo: `${here}${paths.authConfirm}?next=${next}`,
      skipBrowserRedirect: true,
      // Without its address an account could not be found again by a password.
      ...(found === 'azure' ? { scopes: 'email' } : {}),
    },
  });
  const location = error || !data.url ? `${paths.signIn}?refused=1` : data.url;
  return new Response(null, { status: 303, headers: { location } });
}
