import { z } from 'zod';

const words = z.record(z.string(), z.union([z.string(), z.number()]));

/** What a sentence is made of. A string in it may be a sentence of the same record again. */
const saying = z.union([
  z.object({ text: z.string(), values: words }),
  z.object({ list: z.array(z.string()), most: z.number().nullable() }),
  z.object({ all: z.array(z.string()) }),
  z.object({ day: z.string(), from: z.string(), as: z.enum(['spoken', 'dated', 'weekday']) }),
  z.object({ days: z.number() }),
  z.object({ at: z.number(), zone: z.string() }),
  z.object({ share: z.number() }),
  z.object({ amount: z.number() }),
  z.object({ capital: z.string() }),
]);
export type Saying = z.infer<typeof saying>;

/** Goes beside English sentences that were made here, stored or sent: `lib/language/said.ts` says them in other languages. */
export const saidSchema = z
  .record(z.string(), saying)
  .describe('English sentences of this answer, each with what it is made of, for pages in other languages.');
export type Sayings = z.infer<typeof saidSchema>;
