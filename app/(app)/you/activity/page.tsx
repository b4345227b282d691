import { z } from 'zod';
import { AuditTable } from '@/components/audit/audit-table';
import { Page } from '@/components/shell/page';
import { ButtonLink } from '@/components/ui/button';
import { requireSession } from '@/lib/auth/session';
import { getOwnProfile } from '@/lib/db/queries/own-profile';
import { readText, titled } from '@/lib/language/server-text';
import { api, paths } from '@/lib/links';
import { auditPage } from '@/lib/operations/audit';

export const generateMetadata = titled('Your activity');

const place = z.coerce.number().int().positive().optional().catch(undefined);

type ActivityPageProps = { searchParams: Promise<{ before?: string | string[] }> };

export default async function ActivityPage({ searchParams }: ActivityPageProps) {
  const t = await readText();
  const { db, user } = await requireSession();
  const before = place.parse((await searchParams).before);
  const [{ lines, nextBefore }, profile] = await Promise.all([
    auditPage(db, { everybody: false, filter: before === undefined ? {} : { before } }),
    getOwnProfile(db, { userId: user.id }),
  ]);
  return (
    <Page>
      <div className="grid gap-6">
        <header>
          <h1 className="font-semibold text-xl">{t('Your activity')}</h1>
          <p className="mt-1 max-w-measure text-ink-2">
            {t(
              'What was changed in your account, and what failed. No text of yours is kept here, and nobody can change it. It goes with your account.',
            )}
          </p>
        </header>
        {lines.length > 0 ? (
          <AuditTable lines={lines} timezone={profile.timezone} />
        ) : (
          <p className="text-ink-2">{t('Nothing yet.')}</p>
        )}
        <div className="flex flex-wrap gap-2">
          {nextBefore !== null && (
            <ButtonLink href={`${paths.activity}?before=${nextBefore}`}>{t('Earlier')}</ButtonLink>
          )}
          <ButtonLink variant="quiet" prefetch={false} href={api.audit({ format: 'csv' })}>
            {t('Save as CSV')}
          </ButtonLink>
        </div>
      </div>
    </Page>
  );
}
