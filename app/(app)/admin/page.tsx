import type { Metadata } from 'next';
import Link from 'next/link';
import { Page } from '@/components/shell/page';
import { requireRole } from '@/lib/auth/session';
import { paths } from '@/lib/links';
import { FLAGS, isEnabled, isFlag } from '@/lib/operations/flags';

export const metadata: Metadata = { title: 'Admin' };

export default async function AdminPage() {
  await requireRole('admin');
  return (
    <Page>
      <div className="mx-auto grid max-w-measure gap-12">
        <header>
          <h1 className="font-semibold text-xl">Admin</h1>
          <p className="mt-1">
            <Link href={paths.costs()} className="link inline-flex min-h-8 items-center">
              Cost
            </Link>
          </p>
        </header>
        <section aria-labelledby="flags-title">
          <h2 id="flags-title" className="mb-4 font-semibold text-lg">
            Flags
          </h2>
          <dl className="grid gap-4">
            {Object.entries(FLAGS).map(([flag, does]) => (
              <div key={flag} className="flex flex-wrap items-baseline justify-between gap-x-4">
                <dt className="font-medium wrap-anywhere">{flag}</dt>
                <dd>{isFlag(flag) && isEnabled(flag) ? 'On' : 'Off'}</dd>
                <dd className="w-full text-ink-3 text-sm">{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Page>
  );
}
