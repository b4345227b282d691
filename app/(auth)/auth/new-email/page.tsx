import { redirect } from 'next/navigation';
import { changeEmail } from '@/app/auth/actions';
import { CredentialsForm } from '@/components/auth/credentials-form';
import { Strip } from '@/components/ui/strip';
import { currentSession, isFreshlySignedIn } from '@/lib/auth/session';
import { readText, titled } from '@/lib/language/server-text';
import { paths } from '@/lib/links';

export const generateMetadata = titled('New email');

type Arrival = { searchParams: Promise<{ one?: string; expired?: string }> };

export default async function NewEmailPage({ searchParams }: Arrival) {
  const t = await readText();
  const { one, expired } = await searchParams;
  const session = await currentSession();
  if (one !== undefined) {
    return (
      <>
        <h1 className="mb-4 font-semibold text-2xl">{t('One more to go')}</h1>
        <Strip>
          {t(
            'This address agrees. Open the link that I sent to the other one as well; until then nothing changes.',
          )}
        </Strip>
      </>
    );
  }
  if (session === null) redirect(paths.signIn);
  const fields = (await isFreshlySignedIn(session.user.id))
    ? (['email'] as const)
    : (['email', 'old-password'] as const);
  return (
    <>
      <h1 className="font-semibold text-2xl">{t('Change your email')}</h1>
      <p className="mt-3 mb-8 text-ink-2 text-md wrap-anywhere">
        {t('Now {email}', { email: session.user.email })}
      </p>
      {expired !== undefined && (
        <div className="mb-4">
          <Strip tone="bad">{t('This link has expired or was used already. Ask for a new one.')}</Strip>
        </div>
      )}
      <CredentialsForm
        action={changeEmail}
        submit={t('Send the links')}
        next={paths.you}
        fields={fields}
        sentNote={t('Another is on its way to {email}. Open both; until then nothing changes.', {
          email: session.user.email,
        })}
      />
    </>
  );
}
