import Link from 'next/link';
import { requestPasswordReset } from '@/app/auth/actions';
import { CredentialsForm } from '@/components/auth/credentials-form';
import { Strip } from '@/components/ui/strip';
import { isLoopback, serverEnv } from '@/lib/env';
import { readText, titled } from '@/lib/language/server-text';
import { paths } from '@/lib/links';

export const generateMetadata = titled('Forgot your password');

export default async function ForgotPasswordPage({
  searchParams,
}: {
  searchParams: Promise<{ expired?: string }>;
}) {
  const t = await readText();
  const { expired } = await searchParams;
  const { supabaseUrl } = serverEnv();
  const hasMailbox = isLoopback(supabaseUrl);
  return (
    <>
      <h1 className="font-semibold text-2xl">{t('Set a new password')}</h1>
      <p className="mt-3 mb-8 text-ink-2 text-md">
        {t('Tell me your email and I send a link that opens your account.')}
      </p>
      {expired && <Strip className="mb-4">{t('This link has expired. Ask for a new one.')}</Strip>}
      <CredentialsForm
        action={requestPasswordReset}
        submit={t('Send the link')}
        next="/"
        fields={['email']}
        sentNote={t('It works for one hour, if there is an account with this address.')}
      />
      {hasMailbox && (
        <p className="mt-3.5 text-ink-2 text-sm">
          {t.rich('Mails do not leave this machine. Read them in its <link>mailbox</link>.', {
            link: (words) => (
              <a href={`${supabaseUrl}/mailbox`} className="link">
                {words}
              </a>
            ),
          })}
        </p>
      )}
      <p className="mt-3.5">
        <Link href={paths.signIn} className="link inline-block py-1">
          {t('Back to sign in')}
        </Link>
      </p>
    </>
  );
}
