import { addDeck, dueSummary } from '@/lib/db/queries/deck';
import { newDeckSchema } from '@/lib/domain/deck';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Every deck with what is due in it. */
export const GET = withUser(async ({ db }) => Response.json(await dueSummary(db, { now: new Date() })));

export const POST = withUser(async ({ request, db }) =>
  Response.json(await addDeck(db, await parseJson(request, newDeckSchema)), { status: 201 }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
