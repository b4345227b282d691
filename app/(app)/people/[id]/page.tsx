import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { InsightView } from '@/components/people/insight-view';
import { requireSession } from '@/lib/auth/session';
import { personPair } from '@/lib/db/queries/people';
import { getProfile } from '@/lib/db/queries/profile';
import { AppError } from '@/lib/errors';
import { parseId } from '@/lib/http';
import { readText } from '@/lib/language/server-text';
import { buildInsight } from '@/lib/matching/insight';

type PersonPageProps = { params: Promise<{ id: string }> };

/** Null for nobody, for the student themselves and for who is not to be seen. */
const insightOf = cache(async (id: string) => {
  const { db } = await requireSession();
  try {
    return buildInsight(await personPair(db, { userId: parseId(id) }), new Date());
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
});

export async function generateMetadata({ params }: PersonPageProps): Promise<Metadata> {
  const t = await readText();
  const insight = await insightOf((await params).id);
  return { title: insight?.displayName ?? t('People') };
}

export default async function PersonPage({ params }: PersonPageProps) {
  const { user, db } = await requireSession();
  const [insight, profile] = await Promise.all([
    params.then(({ id }) => insightOf(id)),
    getProfile(db, { userId: user.id }),
  ]);
  if (insight === null) notFound();
  return <InsightView key={insight.userId} initial={insight} ownName={profile?.displayName ?? null} />;
}
