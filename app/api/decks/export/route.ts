import { deckExportSchema } from '@/app/api/requests';
import type { DatabaseClient } from '@/lib/db/clients';
import { getDeck } from '@/lib/db/queries/deck';
import { exportCards } from '@/lib/db/queries/deck-transfer';
import { cardPictures } from '@/lib/db/queries/note';
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

/** Pictures of a package beyond this stay behind: it has to fit into memory, and through the door when it comes back. */
const MOST_PICTURE_BYTES = 30_000_000;

async function written(
  db: DatabaseClient,
  format: keyof typeof TYPES,
  cards: readonly ExportedCard[],
): Promise<string | Uint8Array<ArrayBuffer>> {
  if (format === 'apkg') {
    const texts = cards.flatMap(({ front, back }) => [front, back]);
    const pictures = await cardPictures(db, { texts, mostBytes: MOST_PICTURE_BYTES });
    return writeAnkiPackage(cards, new Date(), pictures);
  }
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
  return new Response(await written(db, format, cards), {
    headers: { 'content-type': TYPES[format], ...attachment(name, format === 'quizlet' ? 'txt' : format) },
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
