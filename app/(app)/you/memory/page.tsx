import type { Metadata } from 'next';
import Link from 'next/link';
import { Page } from '@/components/shell/page';
import { MemoryView } from '@/components/you/memory-view';
import { requireSession } from '@/lib/auth/session';
import { isMemoryPaused, listFacts } from '@/lib/db/queries/memory';
import { paths } from '@/lib/links';

export const metadata: Metadata = { title: 'Memory' };

export default async function MemoryPage() {
  const { user, db } = await requireSession();
  const [facts, paused] = await Promise.all([listFacts(db), isMemoryPaused(db, { userId: user.id })]);
  return (
    <Page>
      <div className="mx-auto grid max-w-measure gap-6">
        <header>
          <Link href={paths.you} className="link inline-flex min-h-11 items-center md:min-h-8">
            You
          </Link>
          <h1 className="font-semibold text-xl">Memory</h1>
          <p className="mt-1 text-ink-2">What Clerva remembers about you, and where you said it.</p>
        </header>
        <MemoryView initial={{ facts, paused }} />
      </div>
    </Page>
  );
}
