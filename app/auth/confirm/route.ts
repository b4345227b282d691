import { redirect } from 'next/navigation';
import { z } from 'zod';
import { safeNext } from '@/components/auth/safe-next';
import { cookieClient, rememberSignIn } from '@/lib/auth/session';
import { paths } from '@/lib/links';

const query = z.union([
  z.object({ token_hash: z.string().min(1), type: z.enum(['recovery', 'signup', 'email', 'magiclink']) }),
  z.object({ code: z.string().min(1) }),
]);

/** Where the links of our emails arrive: opens the session they stand for, then goes on. */
export async function GET(request: Request): Promise<never> {
  const { searchParams } = new URL(request.url);
  const parsed = query.safeParse(Object.fromEntries(searchParams));
  const isRecovery = searchParams.get('type') === 'recovery';
  const next = isRecovery ? '/auth/new-password' : safeNext(searchParams.get('next'));
  const expired =
    next === '/auth/new-password' ? `${paths.forgotPassword}?expired=1` : `${paths.signIn}?expired=1`;
  if (!parsed.success) redirect(expired);

  const db = await cookieClient();
  const { data, error } =
    'code' in parsed.data
      ? await db.auth.exchangeCodeForSession(parsed.data.code)
      : await db.auth.verifyOtp({ token_hash: parsed.data.token_hash, type: parsed.data.type });
  if (data.user) await rememberSignIn(data.user.id);
  redirect(error ? expired : next);
}
