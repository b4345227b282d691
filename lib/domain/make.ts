import { z } from 'zod';
import { MAX_QUESTIONS } from './bounds.ts';
import { title } from './fields.ts';
import { QUIZ_DIFFICULTIES, QUIZ_FORMATS } from './quiz.ts';
import { saidSchema } from './said.ts';
import { MAX_CHOSEN_DOCUMENTS } from './turn.ts';

/** What is made of notes without a conversation. */
export const MADE = ['quiz', 'cards'] as const;
export type Made = (typeof MADE)[number];

/** A part of a document that has a heading, as the range of its passages. */
export const sectionSchema = z.object({
  heading: z.string(),
  /** 1 for the outermost that differ. */
  level: z.int().min(1),
  from: z.int().min(0),
  to: z.int().min(0),
});
export type Section = z.infer<typeof sectionSchema>;

export const makeRequestSchema = z.object({
  kind: z.enum(MADE),
  /** Only these documents, or parts of them; all notes when left out. */
  sources: z
    .array(
      z.object({
        docId: z.uuid(),
        ordRange: z.object({ from: z.int().min(0), to: z.int().min(0) }).nullish(),
      }),
    )
    .min(1)
    .max(MAX_CHOSEN_DOCUMENTS)
    .optional(),
  n: z.int().min(1).max(MAX_QUESTIONS),
  difficulty: z.enum(QUIZ_DIFFICULTIES).default('mixed'),
  /** How a quiz asks, in turn; four choices when left out. */
  formats: z.array(z.enum(QUIZ_FORMATS)).min(1).max(QUIZ_FORMATS.length).optional(),
  /** What it is called; the documents’ names when left out. */
  topic: title.optional(),
});
export type MakeRequest = z.output<typeof makeRequestSchema>;

export const madeSchema = z.object({
  kind: z.enum(MADE),
  topic: z.string(),
  quizId: z.uuid().nullable(),
  flashcardIds: z.array(z.uuid()),
  asked: z.int(),
  made: z.int(),
  note: z.string().nullable().describe('What was not made, and why.'),
  said: saidSchema.optional(),
});
export type MadeItems = z.infer<typeof madeSchema>;
