import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { ErasureProgress } from '@/components/you/erasure-progress';
import { createVisitorClient } from '@/lib/db/clients';
import { readErasure } from '@/lib/db/queries/erasure';
import { readText, Texts } from '@/lib/language/server-text';

export async function generateMetadata(): Promise<Metadata> {
  const t = await readText();
  return {
    title: t('Erased'),
    robots: { index: false, follow: false },
    referrer: 'no-referrer',
  };
}

/** What became of an account, for whoever holds the address: there is nobody to sign in as. */
export default async function ErasedPage({ params }: { params: Promise<{ erasureId: string }> }) {
  const id = z.uuid().safeParse((await params).erasureId);
  if (!id.success) notFound();
  const receipt = await readErasure(createVisitorClient(), { id: id.data }).catch(() => null);
  if (receipt === null) notFound();
  return (
    <Texts of={['you']}>
      <ErasureProgress erasureId={id.data} initial={receipt} />
    </Texts>
  );
}
