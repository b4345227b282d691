import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { InsightView } from '@/components/people/insight-view';
import { requireSession } from '@/lib/auth/session';
import { personPair } from '@/lib/db/queries/people';
import { presenceChannels } from '@/lib/db/queries/presence';
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
  const { id } = await params;
  const insight = await insightOf(id);
  if (insight === null) notFound();
  const [profile, channels] = await Promise.all([
    getProfile(db, { userId: user.id }),
    presenceChannels(db, { userIds: [id] }),
  ]);
  return (
    <InsightView
      key={insight.userId}
      initial={insight}
      channels={channels}
      ownName={profile?.displayName ?? null}
    />
  );
}
