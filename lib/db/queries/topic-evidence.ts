import { z } from 'zod';
import { type StudySource, studySourceSchema } from '../../domain/citation.ts';
import { type Confidence, QUIZ_FORMATS } from '../../domain/quiz.ts';
import { withoutContested } from '../../study/mastery/contests.ts';
import { topicKey } from '../../study/mastery/topic.ts';
import { givenText, rightText } from '../../study/quiz/told.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import { readEvidence, type StoredAnswer } from './evidence.ts';

/** What a student reads before they believe or contest something; older ones hardly count any more. */
const ROWS_SHOWN = 50;

export type AnswerRow = {
  quizId: string;
  itemId: string;
  question: string;
  /** Null when the question was skipped. */
  chosen: string | null;
  right: string | null;
  correct: boolean;
  confidence: Confidence | null;
  at: string;
  source: StudySource | null;
};
export type ReviewRow = {
  cardId: string;
  front: string;
  rating: number;
  at: string;
  source: StudySource | null;
};
export type TopicEvidence = {
  topic: string;
  contestedAt: string | null;
  answers: AnswerRow[];
  reviews: ReviewRow[];
  /** How many there are beyond those listed. */
  older: number;
};

const item = z.object({
  id: z.string(),
  q: z.string().catch(''),
  format: z.enum(QUIZ_FORMATS).optional().catch(undefined),
  right: z.string().optional().catch(undefined),
  choices: z.array(z.object({ id: z.string(), text: z.string() })).catch([]),
  answer: z.string().catch(''),
  source: studySourceSchema.nullable().catch(null),
});
type Item = z.infer<typeof item>;

async function itemsOf(db: DatabaseClient, answers: readonly StoredAnswer[]): Promise<Map<string, Item>> {
  const quizIds = [...new Set(answers.map(({ quizId }) => quizId))];
  if (quizIds.length === 0) return new Map();
  const { data, error } = await db.rpc('answered_items', { p_quiz_ids: quizIds });
  if (error) throw databaseError(error);
  return new Map(
    data.flatMap(({ quiz_id: quizId, item: stored }) => {
      const parsed = item.safeParse(stored);
      return parsed.success ? [[`${quizId} ${parsed.data.id}`, parsed.data] as const] : [];
    }),
  );
}

async function cardsOf(db: DatabaseClient, cardIds: readonly string[]) {
  if (cardIds.length === 0) return new Map<string, { front: string; source: StudySource | null }>();
  const { data, error } = await db
    .from('flashcard')
    .select('id, front, source')
    .in('id', [...new Set(cardIds)]);
  if (error) throw databaseError(error);
  return new Map(
    data.map(({ id, front, source }) => [
      id,
      { front, source: studySourceSchema.safeParse(source).data ?? null },
    ]),
  );
}

function answerRow(answer: StoredAnswer, found: Item | undefined): AnswerRow {
  const textOf = (optionId: string | null) =>
    (found && optionId !== null && givenText(found, { optionId, text: null })) || null;
  const { quizId, itemId, question, correct, confidence, atMs } = answer;
  return {
    quizId,
    itemId,
    question: found?.q ?? question,
    chosen: textOf(answer.optionId),
    right: found ? rightText(found, found) || null : null,
    correct,
    confidence,
    at: new Date(atMs).toISOString(),
    source: found?.source ?? null,
  };
}

const newestFirst = <Row extends { atMs: number }>(rows: readonly Row[]) =>
  rows.toSorted((left, right) => right.atMs - left.atMs);

/** The answers and reviews that a belief about a topic rests on, the newest first; what was contested is left out. */
export async function topicEvidence(
  db: DatabaseClient,
  params: { userId: string; topic: string; now: Date },
): Promise<TopicEvidence> {
  const key = topicKey(params.topic);
  const all = await readEvidence(db, params);
  const standing = withoutContested(all);
  const isIts = ({ topic }: { topic: string | null }) => topic !== null && topicKey(topic) === key;
  const itsAnswers = newestFirst(standing.answers.filter(isIts));
  const itsReviews = newestFirst(standing.reviews.filter(isIts));
  const answers = itsAnswers.slice(0, ROWS_SHOWN);
  const shownReviews = itsReviews.slice(0, ROWS_SHOWN);
  const [items, cards] = await Promise.all([
    itemsOf(db, answers),
    cardsOf(
      db,
      shownReviews.map(({ cardId }) => cardId),
    ),
  ]);
  const contested = all.contests.filter(isIts).map(({ atMs }) => atMs);
  return {
    topic: itsAnswers[0]?.topic ?? itsReviews[0]?.topic ?? params.topic,
    contestedAt: contested.length === 0 ? null : new Date(Math.max(...contested)).toISOString(),
    answers: answers.map((answer) => answerRow(answer, items.get(`${answer.quizId} ${answer.itemId}`))),
    reviews: shownReviews.map(({ cardId, rating, atMs }) => ({
      cardId,
      front: cards.get(cardId)?.front ?? '',
      rating,
      at: new Date(atMs).toISOString(),
      source: cards.get(cardId)?.source ?? null,
    })),
    older: itsAnswers.length - answers.length + itsReviews.length - shownReviews.length,
  };
}
