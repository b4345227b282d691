import Link from 'next/link';
import { redirect } from 'next/navigation';
import { signUp } from '@/app/auth/actions';
import { CredentialsForm } from '@/components/auth/credentials-form';
import { ProofPeek } from '@/components/auth/proof-sample';
import { ProviderButtons } from '@/components/auth/provider-buttons';
import { safeNext } from '@/components/auth/safe-next';
import { currentSession } from '@/lib/auth/session';
import { readText, titled } from '@/lib/language/server-text';
import { paths, withNext } from '@/lib/links';

export const generateMetadata = titled('Create an account');

export default async function SignUpPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const t = await readText();
  const next = safeNext((await searchParams).next);
  if (await currentSession()) redirect(next);
  return (
    <>
      <h1 className="font-semibold text-2xl">{t('Create an account')}</h1>
      <p className="mt-3 mb-6 text-ink-2 text-md md:mb-8">
        {t('Your first file can be answered from in about 10 seconds.')}
      </p>
      <ProofPeek />
      <CredentialsForm
        action={signUp}
        submit={t('Create account')}
        next={next}
        fields={['name', 'email', 'new-password']}
        sentNote={t('Open it to finish. It may take a minute.')}
      />
      <ProviderButtons next={next} />
      <p className="mt-3.5 text-ink-3 text-sm">
        {t.rich(
          'With an account you agree to the <link>terms</link>. What is kept, and how long, is said under <link2>privacy</link2>.',
          {
            link: (words) => (
              <Link href={paths.terms} className="link">
                {words}
              </Link>
            ),
            link2: (words) => (
              <Link href={paths.privacy} className="link">
                {words}
              </Link>
            ),
          },
        )}
      </p>
      <p className="mt-3.5 text-ink-2">
        {t.rich('You have one? <link>Sign in</link>', {
          link: (words) => (
            <Link href={withNext(paths.signIn, next)} className="link inline-block py-1">
              {words}
            </Link>
          ),
        })}
      </p>
    </>
  );
}
