import { serverEnv } from '@/lib/env';

export const dynamic = 'force-dynamic';

/** Long enough to be found by, short enough that a project nobody runs any more says so. */
const VALID_MS = 90 * 24 * 60 * 60 * 1000;

/** RFC 9116, where a contact is named. */
export function GET(): Response {
  const { SECURITY_CONTACT, NEXT_PUBLIC_APP_URL } = serverEnv();
  if (SECURITY_CONTACT === undefined) return new Response(null, { status: 404 });
  const lines = [
    `Contact: ${SECURITY_CONTACT}`,
    `Expires: ${new Date(Date.now() + VALID_MS).toISOString()}`,
    'Preferred-Languages: en',
    ...(NEXT_PUBLIC_APP_URL
      ? [`Canonical: ${new URL('/.well-known/security.txt', NEXT_PUBLIC_APP_URL)}`]
      : []),
  ];
  return new Response(`${lines.join('\n')}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
