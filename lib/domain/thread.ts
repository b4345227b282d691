import { z } from 'zod';
import { MAX_QUERY_CHARACTERS, MAX_TITLE_CHARACTERS } from './bounds.ts';
import { namesAField, title } from './fields.ts';

/** What a student may change of a conversation. `deleted: false` takes a deletion back. */
export const threadChangeSchema = z
  .strictObject({
    title: title.optional(),
    pinned: z.boolean().optional(),
    archived: z.boolean().optional(),
    deleted: z.literal(false, { error: 'Use DELETE to delete; false takes it back.' }).optional(),
  })
  .refine(namesAField, 'Name what to change: title, pinned, archived, or deleted.');
export type ThreadChange = z.infer<typeof threadChangeSchema>;

/** Rows of a page of a list: as many as asked for, within reason. */
const pageSize = (usual: number, most: number) =>
  z.coerce
    .number({ error: `A whole number from 1 to ${most}.` })
    .int()
    .min(1)
    .max(most)
    .default(usual);

/** A place in a list, as text that says nothing to whoever carries it. */
const cursorOf = <Schema extends z.ZodType>(place: Schema) =>
  z
    .string()
    .max(500)
    .transform((text, context) => {
      try {
        return place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
      } catch {
        context.addIssue({ code: 'custom', message: 'This is not a place that was given here.' });
        return z.NEVER;
      }
    });
export const toCursor = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url');

const threadPlace = z.object({
  pinned: z.boolean(),
  updatedAt: z.iso.datetime({ offset: true }),
  id: z.uuid(),
});
export type ThreadPlace = z.infer<typeof threadPlace>;

const MOST_THREADS = 1_000;

/** `before` and `after` are places that a page gave: what is newer than it, and what is older. */
export const threadListSchema = z.object({
  limit: pageSize(50, MOST_THREADS),
  q: z.string().trim().max(MAX_QUERY_CHARACTERS).default(''),
  archived: z.stringbool().default(false),
  after: cursorOf(threadPlace).optional(),
  before: cursorOf(threadPlace).optional(),
});

export const conversationListSchema = z.object({
  limit: pageSize(20, 100),
  cursor: cursorOf(threadPlace).optional(),
});

export const messageListSchema = z.object({
  limit: pageSize(50, 200),
  cursor: cursorOf(z.int().positive()).optional(),
  conversationId: z.string().trim().min(1).max(MAX_TITLE_CHARACTERS).optional(),
});
