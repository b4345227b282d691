import Link from 'next/link';
import { Page } from '@/components/shell/page';
import { MemoryView } from '@/components/you/memory-view';
import { requireSession } from '@/lib/auth/session';
import { isMemoryPaused, listFacts } from '@/lib/db/queries/memory';
import { readText, titled } from '@/lib/language/server-text';
import { paths } from '@/lib/links';

export const generateMetadata = titled('Memory');

export default async function MemoryPage() {
  const t = await readText();
  const { user, db } = await requireSession();
  const [facts, paused] = await Promise.all([listFacts(db), isMemoryPaused(db, { userId: user.id })]);
  return (
    <Page>
      <div className="mx-auto grid max-w-measure gap-6">
        <header>
          <Link href={paths.you} className="link inline-flex min-h-11 items-center md:min-h-8">
            {t('You')}
          </Link>
          <h1 className="font-semibold text-xl">{t('Memory')}</h1>
          <p className="mt-1 text-ink-2">{t('What Clerva remembers about you, and where you said it.')}</p>
        </header>
        <MemoryView initial={{ facts, paused }} />
      </div>
    </Page>
  );
}
