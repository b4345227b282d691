import { z } from 'zod';
import { studySourceSchema } from '../source.ts';

export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;
export const difficultySchema = z.enum(DIFFICULTIES);
export type Difficulty = z.infer<typeof difficultySchema>;

export const CONFIDENCES = ['guessing', 'fairly', 'certain'] as const;
export const confidenceSchema = z.enum(CONFIDENCES);
export type Confidence = z.infer<typeof confidenceSchema>;

export const choiceSchema = z.object({
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

/**
 * A question as the model writes it. The server owns ids, the order of the choices and the proof, so none of them is
 * asked for. Texts have no upper bound here: one overlong field must cost its own question, never all of them.
 */
export const quizDraftSchema = z.object({
  concept: z.string().describe('The one thing this question tests, in the words of the notes.'),
  topic: z.string().describe('The subject it belongs to: the heading above the passage, or the asked topic.'),
  question: z.string().describe('One clean question that can be understood without the passage.'),
  difficulty: difficultySchema,
  kind: z
    .string()
    .nullable()
    .describe(
      'definition, meaning, subject, contrast, number, year, reason, sequence, list, application, or null.',
    ),
  passage: z.int().describe('The n of the passage that proves the answer.'),
  quote: z.string().describe('One or two sentences of that passage, copied word for word.'),
  answer: z.string().describe('The right choice, in words of the quote.'),
  explanation: z.string().describe('Why it is right, in one to three sentences.'),
  distractors: z
    .array(
      z.object({
        text: z.string().describe('A wrong choice that a student could really confuse with the answer.'),
        why: z.string().describe('Why it is wrong, in one sentence.'),
      }),
    )
    .describe('Exactly three.'),
});
export type QuizDraft = z.infer<typeof quizDraftSchema>;

export const MAX_DRAFTS = 60;
export const quizDraftsSchema = z.object({
  items: z
    .array(quizDraftSchema)
    .max(MAX_DRAFTS)
    .describe('Fewer than asked when the passages hold no more.'),
});

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
