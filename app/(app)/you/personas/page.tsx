import type { Metadata } from 'next';
import Link from 'next/link';
import { Page } from '@/components/shell/page';
import { PersonasView } from '@/components/you/personas-view';
import { requireSession } from '@/lib/auth/session';
import { listPersonas } from '@/lib/db/queries/persona';
import { serverEnv } from '@/lib/env';
import { paths } from '@/lib/links';

export const metadata: Metadata = { title: 'Tutor styles' };

export default async function PersonasPage() {
  const { db } = await requireSession();
  const personas = await listPersonas(db);
  return (
    <Page>
      <div className="mx-auto grid max-w-measure gap-6">
        <header>
          <Link href={paths.you} className="link inline-flex min-h-11 items-center md:min-h-8">
            You
          </Link>
          <h1 className="font-semibold text-xl">Tutor styles</h1>
          <p className="mt-1 text-ink-2">
            How the tutor speaks. Proof and tools are the same in every style; choose one at the top of a
            conversation.
          </p>
        </header>
        <PersonasView initial={{ personas, default: serverEnv().defaultPersona }} />
      </div>
    </Page>
  );
}
