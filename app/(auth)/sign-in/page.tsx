import Link from 'next/link';
import { redirect } from 'next/navigation';
import { signIn } from '@/app/auth/actions';
import { CredentialsForm } from '@/components/auth/credentials-form';
import { DemoEntry } from '@/components/auth/demo-entry';
import { ProofPeek } from '@/components/auth/proof-sample';
import { ProviderButtons } from '@/components/auth/provider-buttons';
import { safeNext } from '@/components/auth/safe-next';
import { Strip } from '@/components/ui/strip';
import { currentSession } from '@/lib/auth/session';
import { serverEnv } from '@/lib/env';
import { readText, titled } from '@/lib/language/server-text';
import { paths, withNext } from '@/lib/links';

export const generateMetadata = titled('Sign in');

type SignInProps = {
  searchParams: Promise<{ next?: string | string[]; expired?: string; refused?: string }>;
};

export default async function SignInPage({ searchParams }: SignInProps) {
  const t = await readText();
  const { next: asked, expired, refused } = await searchParams;
  const next = safeNext(asked);
  if (await currentSession()) redirect(next);
  const { DEMO_EMAIL, DEMO_PASSWORD } = serverEnv();
  return (
    <>
      <h1 className="font-semibold text-2xl">{t('Your notes, with proof')}</h1>
      <p className="mt-3 mb-6 text-ink-2 text-md md:mb-8">{t('Ask from what you actually wrote down.')}</p>
      <ProofPeek />
      {expired && <Strip className="mb-4">{t('This link has expired. Sign in with your password.')}</Strip>}
      {refused && (
        <Strip className="mb-4">{t('Signing in there did not work. Try again, or use your password.')}</Strip>
      )}
      <CredentialsForm action={signIn} submit={t('Sign in')} next={next} fields={['email', 'password']} />
      <p className="mt-3.5 flex flex-wrap justify-between gap-x-4 gap-y-2">
        <Link href={paths.forgotPassword} className="link py-1">
          {t('Forgot your password?')}
        </Link>
        <Link href={withNext(paths.signUp, next)} className="link py-1">
          {t('Create an account')}
        </Link>
      </p>
      <ProviderButtons next={next} />
      {DEMO_EMAIL && DEMO_PASSWORD && <DemoEntry next={next} />}
    </>
  );
}
