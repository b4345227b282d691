import { deckExportSchema } from '@/app/api/requests';
import { getDeck } from '@/lib/db/queries/deck';
import { exportCards } from '@/lib/db/queries/deck-transfer';
import { AppError } from '@/lib/errors';
import { withUser } from '@/lib/http';
import { attachment } from '@/lib/http/attachment';
import { otherMethods } from '@/lib/http/methods';
import type { ExportedCard } from '@/lib/study/anki/types';
import { writeAnkiPackage } from '@/lib/study/anki/write';
import { cardsToAnkiText, cardsToCsv, cardsToQuizlet, cardsToTsv } from '@/lib/study/cards/deck-text';

export const maxDuration = 60;

const TYPES = {
  apkg: 'application/octet-stream',
  csv: 'text/csv; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  quizlet: 'text/plain; charset=utf-8',
};

const WRITERS = { csv: cardsToCsv, tsv: cardsToTsv, txt: cardsToAnkiText, quizlet: cardsToQuizlet };

function written(
  format: keyof typeof TYPES,
  cards: readonly ExportedCard[],
): string | Uint8Array<ArrayBuffer> {
  if (format === 'apkg') return writeAnkiPackage(cards, new Date());
  return WRITERS[format](
    cards.map((card) => ({ ...card, due: card.state.reps > 0 ? card.state.due : null })),
  );
}

/** A deck, or every card, for another program: never behind anything. */
export const GET = withUser(async ({ request, db }) => {
  const asked = deckExportSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new AppError('not_found');
  const { deck: deckId, format } = asked.data;
  const name = deckId ? (await getDeck(db, { id: deckId })).name : 'Clerva cards';
  const cards = await exportCards(db, { deckId: deckId ?? null });
  return new Response(written(format, cards), {
    headers: { 'content-type': TYPES[format], ...attachment(name, format === 'quizlet' ? 'txt' : format) },
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
