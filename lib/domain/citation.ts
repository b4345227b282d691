import { z } from 'zod';
import { locatorSchema } from './document.ts';
import { VERDICTS } from './sets.ts';

export { VERDICTS, type Verdict } from './sets.ts';

/** What of them a citation can be: a passage that does not hold the claim is not cited. */
const citedVerdict = z.enum(VERDICTS).exclude(['unsupported']);
export type CitedVerdict = z.infer<typeof citedVerdict>;

/** Proof: a passage's own words, and where in which document they stand. */
const proof = z.object({
  docId: z.string(),
  title: z.string(),
  page: z.int().nullable(),
  locator: locatorSchema,
  headingPath: z.array(z.string()),
  quote: z.string().describe('The passage’s own words.'),
  quoteStart: z.int().describe('Offset of the quote into the document’s text.'),
  quoteEnd: z.int(),
});

/** Where a question or a card comes from. Stored beside the item it proves. */
export const studySourceSchema = proof.extend({ ord: z.int().describe('Which chunk of the document.') });
export type StudySource = z.infer<typeof studySourceSchema>;

/** A marker `[n]` of the text and the passage it stands on. `n` counts within the message, from 1. */
export const citationSchema = proof.extend({
  n: z.int().positive(),
  chunkOrd: z.int(),
  verdict: citedVerdict,
});
export type Citation = z.infer<typeof citationSchema>;

/** A statement whose cited passage does not hold it. Its marker was removed; offsets are into the message's text. */
export const unsupportedSchema = z.object({ text: z.string(), start: z.int(), end: z.int() });
export type Unsupported = z.infer<typeof unsupportedSchema>;

/** How well the notes answer a question. */
export const EVIDENCE_BANDS = ['strong', 'weak', 'none'] as const;
export type EvidenceBand = (typeof EVIDENCE_BANDS)[number];
