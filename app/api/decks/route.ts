import { z } from 'zod';
import { addDeck, dueSummary } from '@/lib/db/queries/deck';
import { parseJson, withUser } from '@/lib/http';

const newDeck = z.object({
  name: z.string().trim().min(1).max(120),
  examDate: z.iso.date().nullable().default(null),
});

/** Every deck with what is due in it. */
export const GET = withUser(async ({ db }) => Response.json(await dueSummary(db, { now: new Date() })));

export const POST = withUser(async ({ request, db }) =>
  Response.json(await addDeck(db, await parseJson(request, newDeck)), { status: 201 }),
);
