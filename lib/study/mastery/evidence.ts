import { z } from 'zod';
import { CONFIDENCES } from '../../domain/quiz.ts';

/** A moment as the database writes it, in milliseconds. */
const instant = z.string().transform((text, context) => {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) context.addIssue('Not a moment in time.');
  return ms;
});

/** One answer to one question of a quiz, with what was chosen. Graded by the server; meaningless when skipped. */
export const storedAnswerSchema = z
  .object({
    quizId: z.string(),
    itemId: z.string(),
    topic: z.string(),
    question: z.string().nullable(),
    optionId: z.string().nullable(),
    correct: z.boolean().nullable(),
    credit: z.number().min(0).max(1).nullish().catch(null),
    confidence: z.enum(CONFIDENCES).nullable().catch(null),
    at: instant,
  })
  .transform(({ at, question, correct, credit, ...rest }) => ({
    ...rest,
    ...(credit == null ? {} : { credit }),
    question: question ?? '',
    correct: correct ?? false,
    skipped: rest.optionId === null,
    atMs: at,
  }));

export type AnswerEvidence = Omit<z.output<typeof storedAnswerSchema>, 'optionId'>;

/** One review of a card. `state` is the card's before it: 0 new, 1 learning, 2 review, 3 relearning. */
export const reviewEvidenceSchema = z
  .object({
    cardId: z.string(),
    topic: z.string().nullable(),
    rating: z.number(),
    state: z.number(),
    at: instant,
  })
  .transform(({ at, ...rest }) => ({ ...rest, atMs: at }));

export type ReviewEvidence = z.output<typeof reviewEvidenceSchema>;

/** What the schedule knows of a card that was reviewed. */
export const cardEvidenceSchema = z
  .object({
    cardId: z.string(),
    topic: z.string().nullable(),
    stabilityDays: z.number(),
    lastReview: instant,
  })
  .transform(({ lastReview, ...rest }) => ({ ...rest, lastReviewMs: lastReview }));
export type CardEvidence = z.output<typeof cardEvidenceSchema>;

/** A belief the student called wrong: what came before is not held against them, or for them. */
export const contestEvidenceSchema = z
  .object({ topic: z.string(), at: instant })
  .transform(({ topic, at }) => ({ topic, atMs: at }));
export type ContestEvidence = z.output<typeof contestEvidenceSchema>;

/** Something ahead that decides what is worth working on: a task of the plan, or an exam. */
export type Upcoming = {
  kind: 'task' | 'exam';
  title: string;
  /** Local date, YYYY-MM-DD. */
  date: string;
  minutes: number;
  /** Topics it names outright, and a text that may mention more. */
  topics: string[];
  text: string;
};

/** Everything the profile is worked out from. Answers to reported questions are left out before. */
export type Evidence = {
  /** When the database was read; a profile made from an older reading never replaces a newer one. */
  readAt: string;
  /** Changes whenever anything below does. */
  mark: string;
  timezone: string;
  attempts: { score: number | null }[];
  answers: AnswerEvidence[];
  reviews: ReviewEvidence[];
  cards: CardEvidence[];
  contests: ContestEvidence[];
  upcoming: Upcoming[];
  /** Topics there are questions or cards for, practised or not. */
  topics: string[];
};
