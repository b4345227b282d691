import { z } from 'zod';
import { DAY_MINUTES, MAX_TYPED_CHARACTERS } from './bounds.ts';
import { studySourceSchema } from './citation.ts';
import { CONFIDENCES, QUIZ_FORMATS } from './sets.ts';

export { CONFIDENCES, examMinutesFor, QUIZ_FORMATS, type QuizFormat } from './sets.ts';

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

/** A question with four choices says nothing of its format. */
const hasItsChoices = ({
  format = 'choice',
  choices,
}: {
  format?: string | undefined;
  choices: readonly unknown[];
}) => format !== 'choice' || choices.length === 4;

const itemSchema = z.object({
  id: z.string(),
  q: z.string().describe('The question.'),
  format: z.enum(QUIZ_FORMATS).optional().describe('How it is asked; four choices when left out.'),
  choices: z
    .array(choiceSchema)
    .max(8)
    .describe(
      'Four to choose from; the answers to match, the steps to put in order; none where the answer is typed.',
    ),
  prompts: z
    .array(z.object({ id: z.string(), text: z.string() }))
    .max(8)
    .optional()
    .describe('What the choices are matched with.'),
  claim: z.string().optional().describe('What is true or false.'),
  answer: z
    .string()
    .describe(
      'The id of the right choice; of pairs and orders all ids with commas; of a typed one its text.',
    ),
  right: z.string().optional().describe('What is right instead of a false claim.'),
  words: z
    .array(z.array(z.string()))
    .optional()
    .describe('What a typed answer is graded by, each in its forms.'),
  foes: z.array(z.string()).optional().describe('Words that belong to another answer.'),
  sources: z.array(studySourceSchema).optional().describe('The proof of each pair.'),
  explanation: z.string(),
  topic: z.string(),
  concept: z.string(),
  difficulty: difficultySchema,
  kind: z.string().nullable(),
  source: studySourceSchema,
});

/** A question as it is stored, and as the tool returns it. */
export const quizItemSchema = itemSchema.refine(hasItsChoices, 'A choice is one of four.');
export type QuizItem = z.infer<typeof quizItemSchema>;

/** A question as the database tells it: what proves its answer is there once it was answered. */
export const toldItemSchema = z.union([
  quizItemSchema,
  itemSchema
    .omit({
      answer: true,
      explanation: true,
      source: true,
      words: true,
      foes: true,
      right: true,
      sources: true,
    })
    .extend({ concept: z.string().optional(), choices: z.array(choiceSchema.omit({ why: true })).max(8) })
    .refine(hasItsChoices),
]);
export type ToldItem = z.infer<typeof toldItemSchema>;

/** An answer as it is given. */
export const givenAnswerSchema = z.object({
  itemId: quizPartId,
  optionId: quizPartId
    .nullable()
    .describe(
      'The chosen one; ids with commas in the order of the pairs or steps; “typed” with a text. Null: skipped.',
    ),
  text: z
    .string()
    .max(MAX_TYPED_CHARACTERS)
    .nullish()
    .describe('What was typed: the answer, or what is right instead of a false claim.'),
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
  credit: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Of what is not right or wrong alone, how much is right.'),
  text: z.string().nullish(),
  there: z.array(z.string()).optional().describe('Words of the answer that were written.'),
  missed: z.array(z.string()).optional().describe('Words of the answer that were not.'),
  astray: z.array(z.string()).optional().describe('Written words that belong to another answer.'),
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
