import { z } from 'zod';
import { deckImportSchema } from '@/app/api/requests';
import { importCards, takeImport } from '@/lib/db/queries/deck-transfer';
import { AppError } from '@/lib/errors';
import { withUser } from '@/lib/http';
import { readBytes } from '@/lib/http/body';
import { otherMethods } from '@/lib/http/methods';
import { readAside } from '@/lib/ingestion/reader/pool';

// Ten thousand cards with their reviews are some ten seconds of work for a small database.
export const maxDuration = 60;

const TOO_LARGE = 'A file over 4 MB is not sent with the request: ask /api/decks/import/upload for a place.';

/** Takes the cards of an Anki package, a table or lines of text. What is here already stays as it is. */
export const POST = withUser(async ({ request, db, user }) => {
  const asked = deckImportSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new AppError('invalid_request', { message: z.prettifyError(asked.error) });
  const { kind, deck, usualDeck, upload } = asked.data;
  const bytes = upload
    ? await takeImport(db, { userId: user.id, uploadId: upload })
    : await readBytes(request, TOO_LARGE);
  const now = new Date();
  const { parcels, decks, skipped, skippedLines, reasons, media } =
    kind === 'apkg'
      ? await readAside(user.id, 'anki', { bytes, now })
      : await readAside(user.id, 'cards', {
          bytes,
          kind,
          deck: deck || null,
          usualDeck: usualDeck || null,
          now,
        });
  const { added, already } = await importCards(db, { parcels });
  return Response.json({ added, already, skipped, skippedLines, reasons, media, decks });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
