import { z } from 'zod';
import { MAX_NUDGE_CHARACTERS, MAX_TITLE_CHARACTERS } from './bounds.ts';
import { line } from './fields.ts';

export const NUDGE_TYPES = ['study_invite', 'reminder', 'match_suggestion', 'plan_update'] as const;
export type NudgeType = (typeof NUDGE_TYPES)[number];

/** What the receiver may answer. */
export const NUDGE_ANSWERS = ['read', 'accepted', 'declined'] as const;
export type NudgeAnswer = (typeof NUDGE_ANSWERS)[number];

/** A message to another student. Of the details those are left out that nobody named. */
export const newNudgeSchema = z.object({
  toUserId: z.guid(),
  message: line(MAX_NUDGE_CHARACTERS),
  nudgeType: z.enum(NUDGE_TYPES).default('study_invite'),
  metadata: z
    .object({
      topic: z.string().max(MAX_TITLE_CHARACTERS).optional(),
      whenISO: z.iso.datetime({ offset: true }).optional(),
      minutes: z.int().min(1).max(600).optional(),
    })
    .default({}),
});

export const nudgeSchema = z.object({
  id: z.string(),
  /** `own` is a reminder to oneself. */
  direction: z.enum(['sent', 'received', 'own']),
  otherId: z.string(),
  otherName: z.string(),
  type: z.enum(NUDGE_TYPES),
  message: z.string(),
  status: z.string(),
  metadata: z.record(z.string(), z.unknown()),
  sentAt: z.string(),
  /** When the receiver learns of it, because it was sent in their quiet hours; null: at once. */
  deliverAt: z.string().nullable(),
  respondedAt: z.string().nullable(),
});
export type Nudge = z.output<typeof nudgeSchema>;
