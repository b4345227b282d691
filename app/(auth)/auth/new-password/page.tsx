import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { setPassword } from '@/app/auth/actions';
import { CredentialsForm } from '@/components/auth/credentials-form';
import { currentSession, isFreshlySignedIn } from '@/lib/auth/session';
import { paths } from '@/lib/links';

export const metadata: Metadata = { title: 'New password' };

export default async function NewPasswordPage() {
  const session = await currentSession();
  if (session === null) redirect(`${paths.forgotPassword}?expired=1`);
  const fields = (await isFreshlySignedIn(session.user.id))
    ? (['new-password'] as const)
    : (['old-password', 'new-password'] as const);
  return (
    <>
      <h1 className="font-semibold text-2xl">Choose a new password</h1>
      <p className="mt-3 mb-8 text-ink-2 text-md">For {session.user.email}</p>
      <CredentialsForm action={setPassword} submit="Save and go on" next="/" fields={fields} />
      <p className="mt-3.5">
        <Link href={paths.forgotPassword} className="link py-1">
          Forgot your password?
        </Link>
      </p>
    </>
  );
}
