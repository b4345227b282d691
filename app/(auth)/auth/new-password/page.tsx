import Link from 'next/link';
import { redirect } from 'next/navigation';
import { setPassword } from '@/app/auth/actions';
import { CredentialsForm } from '@/components/auth/credentials-form';
import { currentSession, isFreshlySignedIn } from '@/lib/auth/session';
import { readText, titled } from '@/lib/language/server-text';
import { paths } from '@/lib/links';

export const generateMetadata = titled('New password');

export default async function NewPasswordPage() {
  const t = await readText();
  const session = await currentSession();
  if (session === null) redirect(`${paths.forgotPassword}?expired=1`);
  const fields = (await isFreshlySignedIn(session.user.id))
    ? (['new-password'] as const)
    : (['old-password', 'new-password'] as const);
  return (
    <>
      <h1 className="font-semibold text-2xl">{t('Choose a new password')}</h1>
      <p className="mt-3 mb-8 text-ink-2 text-md">{t('For {email}', { email: session.user.email })}</p>
      <CredentialsForm action={setPassword} submit={t('Save and go on')} next="/" fields={fields} />
      <p className="mt-3.5">
        <Link href={paths.forgotPassword} className="link py-1">
          {t('Forgot your password?')}
        </Link>
      </p>
    </>
  );
}
