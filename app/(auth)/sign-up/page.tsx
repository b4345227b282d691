import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { signUp } from '@/app/auth/actions';
import { CredentialsForm } from '@/components/auth/credentials-form';
import { ProofPeek } from '@/components/auth/proof-sample';
import { ProviderButtons } from '@/components/auth/provider-buttons';
import { safeNext } from '@/components/auth/safe-next';
import { currentSession } from '@/lib/auth/session';
import { paths, withNext } from '@/lib/links';

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignUpPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const next = safeNext((await searchParams).next);
  if (await currentSession()) redirect(next);
  return (
    <>
      <h1 className="font-semibold text-2xl">Create an account</h1>
      <p className="mt-3 mb-6 text-ink-2 text-md md:mb-8">
        Your first file can be answered from in about 10 seconds.
      </p>
      <ProofPeek />
      <CredentialsForm
        action={signUp}
        submit="Create account"
        next={next}
        fields={['name', 'email', 'new-password']}
        sentNote="Open it to finish. It may take a minute."
      />
      <ProviderButtons next={next} />
      <p className="mt-3.5 text-ink-3 text-sm">
        With an account you agree to the{' '}
        <Link href={paths.terms} className="link">
          terms
        </Link>
        . What is kept, and how long, is said under{' '}
        <Link href={paths.privacy} className="link">
          privacy
        </Link>
        .
      </p>
      <p className="mt-3.5 text-ink-2">
        You have one?{' '}
        <Link href={withNext(paths.signIn, next)} className="link inline-block py-1">
          Sign in
        </Link>
      </p>
    </>
  );
}
