import { z } from 'zod';
import { ERASE_WORD } from './sets.ts';

export { ERASE_WORD } from './sets.ts';

export const eraseRequestSchema = z.strictObject({
  confirm: z.literal(ERASE_WORD, `Type the word ${ERASE_WORD}.`),
  /** Not needed within ten minutes of signing in. */
  password: z.string().min(1).max(200).optional(),
});

/** What was removed, by table, and the files: it names nobody. */
export const erasureReceiptSchema = z.object({
  status: z.enum(['running', 'done']),
  requestedAt: z.string(),
  at: z.string().nullable(),
  removed: z.record(z.string(), z.int()),
});
export type ErasureReceipt = z.infer<typeof erasureReceiptSchema>;
