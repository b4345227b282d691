import type { Attempt, AttemptAnswer, Confidence } from '../../domain/quiz.ts';

export type AnsweredItem<Item> = { item: Item; answer: AttemptAnswer };

export type TopicResult<Item> = {
  topic: string;
  correct: number;
  total: number;
  answered: AnsweredItem<Item>[];
};

export type QuizResults<Item> = {
  correct: number;
  total: number;
  skipped: number;
  /** Not right, and worth part of the mark. */
  partly: number;
  /** Sure and wrong: what is worth looking at first. */
  certainAndWrong: AnsweredItem<Item>[];
  /** Right by a guess: it counts, and should be asked again. */
  guessedRight: AnsweredItem<Item>[];
  missed: AnsweredItem<Item>[];
  /** The weakest first. */
  topics: TopicResult<Item>[];
};

/** What an attempt says, for the page of its results. Items the quiz no longer has are left out. */
export function quizResults<Item extends { id: string; topic: string }>(
  items: readonly Item[],
  attempt: Pick<Attempt, 'answers' | 'itemIds'>,
): QuizResults<Item> {
  const answered = attempt.itemIds.flatMap((id) => {
    const item = items.find((one) => one.id === id);
    const answer = attempt.answers.find(({ itemId }) => itemId === id);
    return item && answer ? [{ item, answer }] : [];
  });
  const topics = new Map<string, TopicResult<Item>>();
  for (const one of answered) {
    // Topics are compared without their case: "Cell walls" and "Cell Walls" are one.
    const key = one.item.topic.toLocaleLowerCase();
    const known = topics.get(key) ?? { topic: one.item.topic, correct: 0, total: 0, answered: [] };
    known.total += 1;
    known.correct += one.answer.correct ? 1 : 0;
    known.answered.push(one);
    topics.set(key, known);
  }
  const of = (correct: boolean, confidence: Confidence) =>
    answered.filter(({ answer }) => answer.correct === correct && answer.confidence === confidence);
  return {
    correct: answered.filter(({ answer }) => answer.correct).length,
    total: answered.length,
    skipped: answered.filter(({ answer }) => answer.optionId === null).length,
    partly: answered.filter(({ answer }) => !answer.correct && (answer.credit ?? 0) > 0).length,
    certainAndWrong: of(false, 'certain'),
    guessedRight: of(true, 'guessing'),
    missed: answered.filter(({ answer }) => !answer.correct),
    topics: [...topics.values()].sort(
      (a, b) => a.correct / a.total - b.correct / b.total || b.total - a.total,
    ),
  };
}
