import { z } from 'zod';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

const swept = z.object({
  answers: z.int(),
  presence: z.object({ silent: z.int(), changed: z.int() }),
  rooms: z.object({ seats: z.int(), rooms: z.int(), forgotten: z.int() }),
  /** Whether a document waits to be read, or is being read. */
  documents: z.boolean(),
  /** When the next look is due; null when nobody is there. */
  again: z.enum(['soon', 'later']).nullable(),
});

/** For the queue alone: closes dead answers, sets the silent offline, tidies rooms; gives what is left to look after. */
export async function sweep(db: DatabaseClient): Promise<z.output<typeof swept>> {
  const { data, error } = await db.rpc('sweep');
  if (error) throw databaseError(error);
  return swept.parse(data);
}
