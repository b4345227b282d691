import { z } from 'zod';

/** Whether a document takes the place of an earlier one; said of one that was replaced, `restore` brings it back. */
export const versionRequestSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('replace'),
    earlierId: z.uuid().optional().describe('Left out: the one it looks like a new version of.'),
  }),
  z.object({ do: z.literal('keep') }),
  z.object({ do: z.literal('restore') }),
]);
export type VersionRequest = z.infer<typeof versionRequestSchema>;

/** The version of a document that is in force, and those that it replaced, newest first. */
export const versionsSchema = z.object({
  current: z.object({ id: z.string(), title: z.string() }),
  earlier: z.array(z.object({ id: z.string(), title: z.string(), createdAt: z.string() })),
});
export type Versions = z.infer<typeof versionsSchema>;

/** A card or a question whose passage reads otherwise in the version in force: both texts, until it is decided on. */
export const passageChangeSchema = z.object({
  id: z.string(),
  documentId: z.string(),
  title: z.string(),
  cardId: z.string().nullable(),
  quizId: z.string().nullable(),
  itemId: z.string().nullable(),
  about: z.string().describe('The front of the card, or the question.'),
  oldText: z.string(),
  newText: z.string().nullable().describe('What comes closest now; null where nothing is like it.'),
  newPage: z.int().nullable(),
  createdAt: z.string(),
});
export type PassageChange = z.infer<typeof passageChangeSchema>;
