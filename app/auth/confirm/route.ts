import { redirect } from 'next/navigation';
import { z } from 'zod';
import { safeNext } from '@/components/auth/safe-next';
import { cookieClient, noteSession, rememberSignIn } from '@/lib/auth/session';
import { paths } from '@/lib/links';

const query = z.union([
  z.object({
    token_hash: z.string().min(1),
    type: z.enum(['recovery', 'signup', 'email', 'magiclink', 'email_change']),
  }),
  z.object({ code: z.string().min(1) }),
]);

/** A provider, or the student there, said no; a link of an email that is too old is another matter. */
const isRefused = (given: URLSearchParams) => given.has('error') && given.get('error_code') !== 'otp_expired';

/** Where the links of our emails arrive, and students from where they signed in: opens the session, then goes on. */
export async function GET(request: Request): Promise<never> {
  const { searchParams } = new URL(request.url);
  const parsed = query.safeParse(Object.fromEntries(searchParams));
  const isRecovery = searchParams.get('type') === 'recovery';
  const isNewEmail = searchParams.get('type') === 'email_change';
  const next = isRecovery ? paths.newPassword : safeNext(searchParams.get('next'));
  const again =
    next === paths.newPassword ? paths.forgotPassword : isNewEmail ? paths.newEmail : paths.signIn;
  const expired = `${again}?expired=1`;
  if (isRefused(searchParams)) redirect(`${paths.signIn}?refused=1`);
  if (!parsed.success) redirect(expired);

  const db = await cookieClient();
  const { data, error } =
    'code' in parsed.data
      ? await db.auth.exchangeCodeForSession(parsed.data.code)
      : await db.auth.verifyOtp({ token_hash: parsed.data.token_hash, type: parsed.data.type });
  if (error) redirect(expired);
  // One of the two addresses of a change agreed, and the other is yet to.
  if (data.session === null) redirect(isNewEmail ? `${paths.newEmail}?one=1` : expired);
  await rememberSignIn(data.session.user.id);
  if ('code' in parsed.data) await noteSession(db, 'session.signed_in');
  if (isNewEmail) await noteSession(db, 'account.email_changed');
  redirect(next);
}
