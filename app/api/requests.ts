import { z } from 'zod';
import { isTimeZone } from '@/lib/calendar/dates';
import { windowSchema } from '@/lib/domain/availability';
import {
  MAX_CALENDAR_BYTES,
  MAX_LABEL_CHARACTERS,
  MAX_QUERY_CHARACTERS,
  MAX_QUESTIONS,
  MAX_REPORT_CHARACTERS,
  MAX_REVIEWS_SENT,
  MAX_TAG_CHARACTERS,
} from '@/lib/domain/bounds';
import { CARD_LISTS, cardWordsSchema, madeReviewSchema } from '@/lib/domain/card';
import { EXPORT_FORMATS, IMPORT_KINDS } from '@/lib/domain/deck';
import { line, namesAField } from '@/lib/domain/fields';
import { NUDGE_ANSWERS } from '@/lib/domain/nudge';
import { REPORT_REASONS } from '@/lib/domain/person';
import { ACTIVITIES, FREE_MINUTES } from '@/lib/domain/presence';
import { ownProfileSchema } from '@/lib/domain/profile';
import { quizPartId } from '@/lib/domain/quiz';
import {
  durationsSchema,
  MAX_GOAL_CHARACTERS,
  MAX_ROOM_MESSAGE_CHARACTERS,
  MAX_ROOM_TITLE_CHARACTERS,
  timerActionSchema,
} from '@/lib/domain/room';
import { cleanTopic, MAX_TOPIC_CHARACTERS } from '@/lib/study/mastery/topic';

/*
 * What single routes take, beyond the shapes of lib/domain. It stands outside of them because a route exports nothing but
 * its methods, and the description of the API reads it too.
 */

export const findSchema = z.object({ q: line(MAX_QUERY_CHARACTERS) });

export const chatSwitchSchema = z.object({ off: z.boolean(), reason: z.string().trim().max(200).optional() });

export const versionChoiceSchema = z.object({ messageId: z.uuid() });

export const threadExportSchema = z.object({ format: z.enum(['md', 'json']).default('md') });

export const calendarSourceSchema = z.union([
  z.object({ ics: z.string().min(1).max(MAX_CALENDAR_BYTES) }),
  z.object({ url: z.string().min(1).max(2_000) }),
]);

/** A tool's input as `input`, or its fields beside `approved`. What it holds is parsed by the tool. */
export const toolCallSchema = z
  .looseObject({
    input: z.record(z.string(), z.unknown()).optional(),
    approved: z.boolean().default(false),
  })
  .transform(({ approved, input, ...fields }) => ({ approved, input: input ?? fields }));

const NAME_A_ZONE = 'Name a time zone, such as Europe/Lisbon.';
/** Seven days of quarter hours painted one by one are fewer once those that touch are one. */
const MAX_SENT = 700;
const sentWindow = windowSchema
  .extend({ timezone: windowSchema.shape.timezone.refine(isTimeZone, NAME_A_ZONE) })
  .refine(({ startMin, endMin }) => startMin !== endMin, 'A window has to last.');
/** A window that ends at or before its start runs over midnight. */
export const weekSchema = z.object({ windows: z.array(sentWindow).max(MAX_SENT) });

export const ownProfileChangeSchema = ownProfileSchema
  .extend({ timezone: ownProfileSchema.shape.timezone.refine(isTimeZone, NAME_A_ZONE) })
  .partial()
  .refine(namesAField, 'Name at least one field to change.');

export const deckExportSchema = z.object({
  deck: z.uuid().nullish(),
  format: z.enum(EXPORT_FORMATS).default('apkg'),
});

export const deckImportSchema = z.object({
  kind: z.enum(IMPORT_KINDS),
  /** Where all cards go, whatever the file says of their decks. */
  deck: z.string().trim().max(MAX_LABEL_CHARACTERS).nullish(),
  /** Where those go of which the file says nothing. */
  usualDeck: z.string().trim().max(MAX_LABEL_CHARACTERS).nullish(),
  /** What POST …/upload gave, for a file that was put there in place of a body. */
  upload: z.uuid().optional(),
});

export const importUploadSchema = z.object({ sizeBytes: z.int().min(1) });

export const cardSearchSchema = z.object({
  deck: z.uuid().nullable().catch(null),
  q: z.string().max(MAX_QUERY_CHARACTERS).default(''),
  which: z.enum(CARD_LISTS).default('kept'),
  tag: z.string().max(MAX_TAG_CHARACTERS).nullable().default(null),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const keptCardsSchema = z.object({
  keep: z
    .array(cardWordsSchema.extend({ id: z.uuid() }))
    .max(200)
    .default([]),
  drop: z.array(z.uuid()).max(200).default([]),
});

export const madeReviewsSchema = z.object({
  reviews: z.array(madeReviewSchema).min(1).max(MAX_REVIEWS_SENT),
});

export const reviewUndoSchema = z.object({ requestId: z.uuid().nullable().default(null) });

export const nudgeAnswerSchema = z.object({ status: z.enum(NUDGE_ANSWERS) });

export const personReportSchema = z.object({
  reason: z.enum(REPORT_REASONS),
  note: line(MAX_REPORT_CHARACTERS).nullish(),
});

export const presenceSignSchema = z.object({
  /** Left out, what the student does stays as it was. */
  activity: z.enum(ACTIVITIES).nullish(),
  isOnline: z.boolean().default(true),
  /** Whether the tab that says so is joined to the student's channel. */
  isLive: z.boolean().default(false),
  /** With `isOnline: false`: the tab that closes while others may be open. */
  closingTab: z.string().min(1).max(64).optional(),
});

export const presenceChoiceSchema = z.object({
  isHidden: z.boolean(),
  freeMinutes: z.literal([...FREE_MINUTES]).nullish(),
});

export const contestedTopicSchema = z.object({
  topic: z.string().trim().min(1).max(MAX_TOPIC_CHARACTERS).transform(cleanTopic),
});

export const attemptRequestSchema = z.object({
  /** Only these questions; all that were not reported when left out. An open attempt keeps its own. */
  itemIds: z.array(quizPartId).min(1).max(MAX_QUESTIONS).nullish(),
});

export const itemReportSchema = z.object({ reason: z.string().trim().max(500).nullish() });

const goal = z.string().trim().max(MAX_GOAL_CHARACTERS);

export const newRoomSchema = z.object({
  title: z.string().trim().max(MAX_ROOM_TITLE_CHARACTERS).nullish(),
  goal: goal.nullish(),
  durations: durationsSchema.optional(),
  /** An invitation: both sides get the same room by it. */
  nudgeId: z.guid().nullish(),
});

export const roomEntrySchema = z.object({ code: z.string().max(300), goal: goal.nullish() });

export const roomActSchema = z.discriminatedUnion('action', [
  /** A sign of life: ten minutes without one give the seat free. */
  z.object({ action: z.literal('seen') }),
  z.object({ action: z.literal('leave') }),
  z.object({ action: z.literal('close') }),
  z.object({ action: z.literal('goal'), goal: goal.nullable() }),
  z.object({ action: z.literal('remove'), userId: z.guid() }),
]);

export const newRoomMessageSchema = z.object({
  /** Made by the client: the same message sent again after a drop is one message. */
  clientId: z.uuid(),
  body: z.string().trim().min(1).max(MAX_ROOM_MESSAGE_CHARACTERS),
});

export const raceAnswerSchema = z.object({ raceId: z.guid(), itemId: quizPartId, optionId: quizPartId });

export const timerChangeSchema = z.object({ act: timerActionSchema, revision: z.int().min(0) });
