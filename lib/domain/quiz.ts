import { z } from 'zod';
import { DAY_MINUTES } from './bounds.ts';
import { studySourceSchema } from './citation.ts';
import { CONFIDENCES } from './sets.ts';

export { CONFIDENCES, examMinutesFor } from './sets.ts';

const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;
export const difficultySchema = z.enum(DIFFICULTIES);
export type Difficulty = z.infer<typeof difficultySchema>;

/** How hard a whole quiz is: one difficulty, or all of them. */
export const QUIZ_DIFFICULTIES = [...DIFFICULTIES, 'mixed'] as const;
export type QuizDifficulty = (typeof QUIZ_DIFFICULTIES)[number];

export const confidenceSchema = z.enum(CONFIDENCES);
export type Confidence = z.infer<typeof confidenceSchema>;

/** The id of a question, or of one of its choices. */
export const quizPartId = z.string().min(1).max(100);

const choiceSchema = z.object({
  id: z.string(),
  text: z.string(),
  why: z.string().nullable().describe('Why this choice is wrong; null for the answer.'),
});

/** A question as it is stored, and as the tool returns it. */
export const quizItemSchema = z.object({
  id: z.string(),
  q: z.string().describe('The question.'),
  choices: z.array(choiceSchema).length(4),
  answer: z.string().describe('The id of the right choice.'),
  explanation: z.string(),
  topic: z.string(),
  concept: z.string(),
  difficulty: difficultySchema,
  kind: z.string().nullable(),
  source: studySourceSchema,
});
export type QuizItem = z.infer<typeof quizItemSchema>;

/** A question as the database tells it: what proves its answer is there once it was answered. */
export const toldItemSchema = z.union([
  quizItemSchema,
  quizItemSchema
    .omit({ answer: true, explanation: true, source: true })
    .extend({ choices: z.array(choiceSchema.omit({ why: true })).length(4) }),
]);
export type ToldItem = z.infer<typeof toldItemSchema>;

/** An answer as it is given. */
export const givenAnswerSchema = z.object({
  itemId: quizPartId,
  optionId: quizPartId.nullable().describe('Null: skipped.'),
  confidence: confidenceSchema.nullable().default(null),
  durationMs: z
    .int()
    .min(0)
    .max(DAY_MINUTES * 60_000)
    .nullable()
    .default(null),
});
export type GivenAnswer = z.output<typeof givenAnswerSchema>;

/** One answer of an attempt as the database keeps it. */
export const attemptAnswerSchema = z.object({
  itemId: z.string(),
  optionId: z.string().nullable().describe('Null: skipped.'),
  confidence: confidenceSchema.nullable(),
  correct: z.boolean(),
  answeredAt: z.string(),
  durationMs: z.number().nullable(),
});
export type AttemptAnswer = z.infer<typeof attemptAnswerSchema>;

export const attemptSchema = z.object({
  id: z.string(),
  quizId: z.string(),
  itemIds: z.array(z.string()),
  answers: z.array(attemptAnswerSchema),
  correct: z.int(),
  total: z.int(),
  score: z.number().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;
