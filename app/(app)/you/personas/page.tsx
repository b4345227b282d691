import Link from 'next/link';
import { Page } from '@/components/shell/page';
import { PersonasView } from '@/components/you/personas-view';
import { requireSession } from '@/lib/auth/session';
import { listPersonas } from '@/lib/db/queries/persona';
import { serverEnv } from '@/lib/env';
import { readText, titled } from '@/lib/language/server-text';
import { paths } from '@/lib/links';

export const generateMetadata = titled('Tutor styles');

export default async function PersonasPage() {
  const t = await readText();
  const { db } = await requireSession();
  const personas = await listPersonas(db);
  return (
    <Page>
      <div className="mx-auto grid max-w-measure gap-6">
        <header>
          <Link href={paths.you} className="link inline-flex min-h-11 items-center md:min-h-8">
            {t('You')}
          </Link>
          <h1 className="font-semibold text-xl">{t('Tutor styles')}</h1>
          <p className="mt-1 text-ink-2">
            {t(
              'How the tutor speaks. Proof and tools are the same in every style; choose one at the top of a conversation.',
            )}
          </p>
        </header>
        <PersonasView initial={{ personas, default: serverEnv().defaultPersona }} />
      </div>
    </Page>
  );
}
