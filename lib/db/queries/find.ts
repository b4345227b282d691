import { z } from 'zod';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

export const foundSchema = z.object({
  kind: z.enum(['document', 'thread', 'quiz', 'deck']),
  id: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
});

export type Found = z.infer<typeof foundSchema>;

/** What the student has that is named like this: documents, conversations, quizzes and decks. */
export async function findAnything(
  db: DatabaseClient,
  params: { query: string; limit?: number },
): Promise<Found[]> {
  const { data, error } = await db.rpc('find_anything', {
    p_query: params.query,
    ...(params.limit === undefined ? {} : { p_limit: params.limit }),
  });
  if (error) throw databaseError(error);
  return z.array(foundSchema).parse(data);
}
