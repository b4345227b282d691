import { z } from 'zod';
import { share } from './fields.ts';
import { LEARNING_STYLES } from './profile.ts';
import { saidSchema } from './said.ts';

/** What others may see of a student wherever they may see them at all. */
export const publicPersonSchema = z.object({
  userId: z.string(),
  displayName: z.string(),
  gradeLevel: z.string().nullable(),
  subjects: z.array(z.string()),
  learningStyle: z.enum(LEARNING_STYLES).nullable(),
});

export type PublicPerson = z.infer<typeof publicPersonSchema>;

export const FACET_NAMES = ['subjects', 'learning_style', 'grade', 'complementary'] as const;
export type FacetName = (typeof FACET_NAMES)[number];

/** One part of a score, told to the student it was worked out for. */
export const facetSchema = z.object({
  facet: z.enum(FACET_NAMES),
  label: z.string(),
  weight: share,
  score: share,
  reason: z.string(),
  known: z.boolean().describe('False when there is nothing to go by and the score is neutral.'),
  said: saidSchema.optional(),
});
export type Facet = z.infer<typeof facetSchema>;

/** Who can explain what to whom, and where neither can. */
export const exchangeSchema = z.object({
  youExplain: z.array(z.string()),
  theyExplain: z.array(z.string()),
  bothWeak: z.array(z.string()),
});
export type Exchange = z.infer<typeof exchangeSchema>;

export type Compatibility = { score: number; facets: Facet[]; exchange: Exchange };

/** A topic that one of two can explain to the other. */
export const complementarySkillSchema = z.object({ topic: z.string(), explainedBy: z.enum(['you', 'them']) });

export const REPORT_REASONS = ['spam', 'harassment', 'inappropriate', 'safety', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];
