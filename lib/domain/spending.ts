import { z } from 'zod';

/** What spending is added up by. */
export const COST_GROUPS = ['day', 'model', 'student', 'tool'] as const;
export type CostGroup = (typeof COST_GROUPS)[number];

const date = z.iso.date('A date, as 2026-11-30.');

/** What a report is asked for; what is left out is the last thirty days, by day. */
export const costRequestSchema = z
  .object({
    by: z.enum(COST_GROUPS).default('day'),
    from: date.optional(),
    to: date.optional(),
    format: z.enum(['json', 'csv']).default('json'),
  })
  .refine(({ from, to }) => !from || !to || from <= to, {
    path: ['to'],
    error: 'The end comes before the begin.',
  });

const count = z.number();

export const costRowSchema = z.object({
  key: z.string(),
  calls: count,
  failures: count,
  inputTokens: count,
  outputTokens: count,
  costUsd: count,
});
export type CostRow = z.infer<typeof costRowSchema>;
