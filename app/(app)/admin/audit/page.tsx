import { AuditTable } from '@/components/audit/audit-table';
import { Page } from '@/components/shell/page';
import { ButtonLink, buttonClass } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { TextField } from '@/components/ui/text-field';
import { requireRole } from '@/lib/auth/session';
import { AUDIT_OUTCOMES } from '@/lib/domain/audit';
import { AppError } from '@/lib/errors';
import { readText, titled } from '@/lib/language/server-text';
import { api, paths } from '@/lib/links';
import { auditPage } from '@/lib/operations/audit';

export const generateMetadata = titled('Who did what');

type AuditPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AdminAuditPage({ searchParams }: AuditPageProps) {
  const t = await readText();
  const { db } = await requireRole('admin');
  const given = Object.entries(await searchParams).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' && name !== 'format' ? [[name, value] as const] : [],
  );
  const asked = Object.fromEntries(given);
  const found = await auditPage(db, { everybody: true, filter: asked }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'invalid_request') return error.message;
    throw error;
  });
  const field = (name: string, label: string, type = 'text') => (
    <TextField key={name} name={name} label={label} type={type} defaultValue={asked[name] ?? ''} />
  );
  const { before: _before, ...filter } = asked;
  return (
    <Page>
      <div className="grid gap-8">
        <h1 className="font-semibold text-xl">{t('Who did what')}</h1>
        <form className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {field('who', t('Email or id'))}
          {field('action', t('Action begins with'))}
          <div>
            <label htmlFor="outcome" className="mb-1.5 block font-semibold">
              {t('Outcome')}
            </label>
            <select
              id="outcome"
              name="outcome"
              defaultValue={asked.outcome ?? ''}
              className="block h-12 w-full min-w-0 rounded-2 border border-edge bg-page px-3 text-md"
            >
              <option value="">{t('Any')}</option>
              {AUDIT_OUTCOMES.map((outcome) => (
                <option key={outcome}>{outcome}</option>
              ))}
            </select>
          </div>
          {field('from', t('From, UTC'), 'date')}
          {field('to', t('To, UTC'), 'date')}
          <div className="flex flex-wrap gap-2">
            <button type="submit" className={buttonClass()}>
              {t('Show')}
            </button>
            <ButtonLink variant="quiet" prefetch={false} href={api.adminAudit({ ...filter, format: 'csv' })}>
              {t('Save as CSV')}
            </ButtonLink>
          </div>
        </form>
        {typeof found === 'string' ? (
          <ProblemText problem={found} />
        ) : (
          <>
            <p role="status" className={found.lines.length > 0 ? 'sr-only' : 'text-ink-2'}>
              {found.lines.length > 0
                ? t('{count} lines', { count: found.lines.length })
                : t('Nothing was done that fits this.')}
            </p>
            {found.lines.length > 0 && <AuditTable lines={found.lines} timezone="UTC" withWho />}
            {found.nextBefore !== null && (
              <ButtonLink
                className="justify-self-start"
                href={`${paths.adminAudit}?${new URLSearchParams({ ...filter, before: String(found.nextBefore) })}`}
              >
                {t('Earlier')}
              </ButtonLink>
            )}
          </>
        )}
      </div>
    </Page>
  );
}
