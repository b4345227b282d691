import { notFound } from 'next/navigation';
import { z } from 'zod';
import { CardsView } from '@/components/practice/cards-view';
import { Page } from '@/components/shell/page';
import { requireSession } from '@/lib/auth/session';
import { dueSummary } from '@/lib/db/queries/deck';
import { CARD_LISTS } from '@/lib/domain/card';
import { titled } from '@/lib/language/server-text';

export const generateMetadata = titled('Cards');

type CardsPageProps = { searchParams: Promise<{ deck?: string; show?: string }> };

const shown = z.enum(CARD_LISTS).catch('kept');

export default async function CardsPage({ searchParams }: CardsPageProps) {
  const [{ deck, show }, { db }] = await Promise.all([searchParams, requireSession()]);
  const summary = await dueSummary(db, { now: new Date() });
  if (deck !== undefined && !summary.decks.some(({ id }) => id === deck)) notFound();
  return (
    <Page>
      <CardsView key={`${deck} ${show}`} summary={summary} deckId={deck ?? null} show={shown.parse(show)} />
    </Page>
  );
}
