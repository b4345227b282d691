import { z } from 'zod';
import { MAX_NAME_CHARACTERS } from './bounds.ts';
import { citationSchema } from './citation.ts';
import { line } from './fields.ts';
import { MESSAGE_ROLES, MESSAGE_STATUSES } from './message.ts';
import { saidSchema } from './said.ts';

/** Proof as it leaves the app: in words of the document, and with no id that leads back into it. */
const sourceSchema = citationSchema.pick({
  n: true,
  title: true,
  page: true,
  locator: true,
  headingPath: true,
  quote: true,
  verdict: true,
});

/** A message as whoever has no access to its thread may read it. */
export const transcriptMessageSchema = z.object({
  role: z.enum(MESSAGE_ROLES),
  text: z.string(),
  createdAt: z.string(),
  status: z.enum(MESSAGE_STATUSES),
  /** Written elsewhere and brought here; nothing of it was checked. */
  imported: z.boolean(),
  sources: z.array(sourceSchema),
  /** Statements that their passage does not hold. */
  unsupported: z.array(z.string()),
  /** What tools did, in words. */
  tools: z.array(
    z.object({
      tool: z.string(),
      said: z.string(),
      lines: z.array(z.string()),
      madeOf: saidSchema.optional(),
    }),
  ),
});
export type TranscriptMessage = z.infer<typeof transcriptMessageSchema>;

/** What a shared link shows. */
export const snapshotSchema = z.object({
  /** Whom the student chose to be; null: nobody. */
  name: z.string().nullable(),
  withSources: z.boolean(),
  messages: z.array(transcriptMessageSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** How long a link opens, in days; null: until it is revoked. */
export const SHARE_DAYS = { '1d': 1, '7d': 7, '30d': 30, never: null } as const;
export type ShareExpiry = keyof typeof SHARE_DAYS;

export const shareRequestSchema = z.strictObject({
  withSources: z.boolean().default(false),
  expires: z.enum(['1d', '7d', '30d', 'never']).default('7d'),
  name: line(MAX_NAME_CHARACTERS).nullish(),
});
export type ShareRequest = z.infer<typeof shareRequestSchema>;
