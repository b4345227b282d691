import { z } from 'zod';
import { difficultySchema } from '../../domain/quiz.ts';

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
      'definition, meaning, statement, subject, contrast, number, year, reason, sequence, list, cloze, application, true or false, matching, or null.',
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
