import { z } from 'zod';

export const AUDIT_OUTCOMES = ['success', 'failure'] as const;

/** What a reader of the record may ask for. Days are of the reader's own clock, the last one counted in. */
export const auditFilterSchema = z.object({
  who: z.string().trim().min(1).max(254).optional(),
  action: z.string().trim().min(1).max(80).optional(),
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  before: z.coerce.number().int().positive().optional(),
  format: z.enum(['json', 'csv']).default('json'),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;
