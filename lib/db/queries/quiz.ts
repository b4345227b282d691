import { z } from 'zod';
import {
  type Attempt,
  type AttemptAnswer,
  attemptAnswerSchema,
  attemptSchema,
  type GivenAnswer,
  QUIZ_DIFFICULTIES,
  type QuizDifficulty,
  type QuizItem,
  quizItemSchema,
  toldItemSchema,
} from '../../domain/quiz.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { type DatabaseFailure, databaseError } from '../errors.ts';
import type { Json } from '../types.gen.ts';

/** Rows that no tool of ours wrote may hold anything; what is no question is not one of the quiz. */
const itemsSchema = z.array(z.unknown()).transform((items) =>
  items.flatMap((item) => {
    const parsed = toldItemSchema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  }),
);

const storedQuizSchema = z.object({
  id: z.string(),
  topic: z.string(),
  difficulty: z.enum(QUIZ_DIFFICULTIES),
  items: itemsSchema,
  createdAt: z.string(),
  threadId: z.string().nullable(),
  reported: z.array(z.string()),
  attempt: attemptSchema.nullable(),
  finishedAttempts: z.int(),
});

/** A quiz with the attempt to show: the open one, else the one that ended last. */
export type StoredQuiz = z.infer<typeof storedQuizSchema>;

/** Null when there is none, or it is another student's. */
export async function readQuiz(db: DatabaseClient, params: { quizId: string }): Promise<StoredQuiz | null> {
  const { data, error } = await db.rpc('read_quiz', { p_quiz_id: params.quizId });
  if (error) throw databaseError(error);
  return storedQuizSchema.nullable().parse(data);
}

export type NewQuiz = {
  threadId: string | null;
  topic: string;
  difficulty: QuizDifficulty;
  items: readonly QuizItem[];
  metadata: { asked: number; concepts: string[]; rejected: Record<string, number> };
  signal?: AbortSignal;
};

export async function createQuiz(db: DatabaseClient, quiz: NewQuiz): Promise<string> {
  const row = {
    topic: quiz.topic.slice(0, 200),
    difficulty: quiz.difficulty,
    // Both are plain JSON; a type alias of objects only lacks the index signature that `Json` asks for.
    items: quiz.items as unknown as Json,
    metadata: quiz.metadata as Json,
    thread_id: quiz.threadId,
  };
  const request = db.rpc('create_quiz', { p_quiz: row });
  const { data, error } = await (quiz.signal ? request.abortSignal(quiz.signal) : request);
  if (error) throw databaseError(error);
  return data;
}

export async function deleteQuiz(db: DatabaseClient, params: { quizId: string }): Promise<boolean> {
  const { data, error } = await db.from('quiz').delete().eq('id', params.quizId).select('id');
  if (error) throw databaseError(error);
  return data.length > 0;
}

export type QuizSummary = {
  id: string;
  topic: string;
  difficulty: QuizDifficulty;
  questions: number;
  /** How many were asked for when it was made. */
  asked: number;
  createdAt: string;
  running: { attemptId: string; answered: number; total: number } | null;
  finishedAttempts: number;
  last: { score: number; correct: number; total: number; finishedAt: string } | null;
};

/** The student's quizzes: unfinished ones first, then the newest. */
export async function listQuizzes(
  db: DatabaseClient,
  params: { limit?: number; unfinishedOnly?: boolean } = {},
): Promise<QuizSummary[]> {
  const { data, error } = await db.rpc('quiz_overview', {
    p_limit: params.limit ?? 50,
    p_unfinished_only: params.unfinishedOnly ?? false,
  });
  if (error) throw databaseError(error);
  return data.map((row) => ({
    id: row.id,
    topic: row.topic,
    difficulty: z.enum(QUIZ_DIFFICULTIES).parse(row.difficulty),
    questions: row.questions,
    asked: row.asked,
    createdAt: row.created_at,
    running:
      row.running_attempt_id === null
        ? null
        : {
            attemptId: row.running_attempt_id,
            answered: row.running_answered ?? 0,
            total: row.running_total ?? row.questions,
          },
    finishedAttempts: row.finished_attempts,
    last:
      row.last_score === null || row.last_finished_at === null
        ? null
        : {
            score: row.last_score,
            correct: row.last_correct ?? 0,
            total: row.last_total ?? 0,
            finishedAt: row.last_finished_at,
          },
  }));
}

export type UnfinishedAttempt = {
  quizId: string;
  attemptId: string;
  topic: string;
  answered: number;
  total: number;
};

/** The attempt begun last and not finished. */
export async function unfinishedAttempt(db: DatabaseClient): Promise<UnfinishedAttempt | null> {
  const [quiz] = await listQuizzes(db, { limit: 1, unfinishedOnly: true });
  return quiz?.running ? { quizId: quiz.id, topic: quiz.topic, ...quiz.running } : null;
}

const RECENT_QUIZZES = 12;
const conceptsSchema = z.object({ concepts: z.array(z.string()).catch([]) }).catch({ concepts: [] });

/** What the latest quizzes asked about, newest first. */
export async function recentConcepts(
  db: DatabaseClient,
  params: { signal: AbortSignal },
): Promise<{ topic: string; concepts: string[] }[]> {
  const { data, error } = await db
    .from('quiz')
    .select('topic, metadata')
    .order('created_at', { ascending: false })
    .limit(RECENT_QUIZZES)
    .abortSignal(params.signal);
  if (error) throw databaseError(error);
  return data.map(({ topic, metadata }) => ({ topic, concepts: conceptsSchema.parse(metadata).concepts }));
}

/** A refusal of the grading functions, with the sentence of the case. */
function attemptError(failure: DatabaseFailure): AppError {
  if (failure.code === 'PT400') {
    return new AppError('invalid_request', {
      cause: failure,
      message: 'This question or choice is not part of the attempt.',
    });
  }
  if (failure.code === 'PT409') {
    return new AppError('conflict', { cause: failure, message: 'No question of this quiz is left to ask.' });
  }
  return databaseError(failure);
}

/** The unfinished attempt at a quiz, or a new one: at the given questions, else at all that were not reported. */
export async function startAttempt(
  db: DatabaseClient,
  params: { quizId: string; itemIds?: string[] | undefined },
): Promise<Attempt> {
  const { data, error } = await db.rpc('start_attempt', {
    p_quiz_id: params.quizId,
    ...(params.itemIds ? { p_item_ids: params.itemIds } : {}),
  });
  if (error) throw attemptError(error);
  return attemptSchema.parse(data);
}

const gradedSchema = z.object({
  isNew: z.boolean(),
  item: quizItemSchema,
  graded: attemptAnswerSchema,
  attempt: attemptSchema,
});

export type GradedAnswer = { isNew: boolean; item: QuizItem; graded: AttemptAnswer; attempt: Attempt };

/** Answers a question, once: later answers to it give the first one's result. */
export async function answerQuestion(
  db: DatabaseClient,
  params: GivenAnswer & { attemptId: string },
): Promise<GradedAnswer> {
  const { data, error } = await db.rpc('answer_question', {
    p_attempt_id: params.attemptId,
    p_item_id: params.itemId,
    p_option_id: params.optionId,
    p_confidence: params.confidence,
    p_duration_ms: params.durationMs,
    ...(params.text == null ? {} : { p_text: params.text }),
  });
  if (error) throw attemptError(error);
  return gradedSchema.parse(data);
}

const finishedSchema = z.object({ isNew: z.boolean(), attempt: attemptSchema });

/** Ends an attempt; what was not answered counts as skipped. */
export async function finishAttempt(
  db: DatabaseClient,
  params: { attemptId: string },
): Promise<{ isNew: boolean; attempt: Attempt }> {
  const { data, error } = await db.rpc('finish_attempt', { p_attempt_id: params.attemptId });
  if (error) throw attemptError(error);
  return finishedSchema.parse(data);
}

/** Calls a question unsound: later attempts and the learning profile leave it out. */
export async function reportQuestion(
  db: DatabaseClient,
  params: { quizId: string; itemId: string; reason: string | null },
): Promise<void> {
  const { error } = await db.rpc('report_question', {
    p_quiz_id: params.quizId,
    p_item_id: params.itemId,
    p_reason: params.reason,
  });
  if (error) throw attemptError(error);
}

/** Takes a report back. */
export async function withdrawReport(
  db: DatabaseClient,
  params: { quizId: string; itemId: string },
): Promise<void> {
  const { error } = await db
    .from('quiz_item_report')
    .delete()
    .eq('quiz_id', params.quizId)
    .eq('item_id', params.itemId);
  if (error) throw databaseError(error);
}
