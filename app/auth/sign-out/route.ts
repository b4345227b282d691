import { cookieClient, noteSession } from '@/lib/auth/session';
import { serverEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { problem } from '@/lib/http/problem';
import { requireSameOrigin } from '@/lib/http/same-origin';
import { paths } from '@/lib/links';

/**
 * Ends the session of this device, or every other one. A form posts here and the browser loads a whole new page, so nothing of this
 * student stays in memory for the next one.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    requireSameOrigin(request, serverEnv().NEXT_PUBLIC_APP_URL);
  } catch (error) {
    return problem(error);
  }
  const db = await cookieClient();
  const form = await request.formData().catch(() => null);
  if (form?.get('scope') === 'others') {
    await noteSession(db, 'session.others_signed_out');
    const { error } = await db.auth.signOut({ scope: 'others' });
    if (error) return problem(new AppError('database_unavailable', { cause: error }));
    return new Response(null, { status: 303, headers: { location: paths.you } });
  }
  await noteSession(db, 'session.signed_out');
  // Should Auth not answer, the cookies are cleared all the same.
  await db.auth.signOut({ scope: 'local' });
  return new Response(null, { status: 303, headers: { location: paths.signIn } });
}
