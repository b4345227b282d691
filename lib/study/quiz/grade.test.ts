import { describe, expect, test } from 'vitest';
import type { Attempt, AttemptAnswer, Confidence } from '../../domain/quiz.ts';
import { askedQuiz, itemIdsOf } from './disclose.ts';
import { quizResults } from './grade.ts';
import { treeItems } from './test-drafts.ts';

const items = treeItems(6, 5).map((item, index) => ({
  ...item,
  topic: ['Roots', 'leaves', 'Leaves'][index % 3] ?? '',
}));

function answer(index: number, correct: boolean, confidence: Confidence | null = 'fairly'): AttemptAnswer {
  const item = items[index] ?? expect.fail('no such item');
  const wrong = item.choices.find(({ id }) => id !== item.answer)?.id ?? '';
  return {
    itemId: item.id,
    optionId: correct ? item.answer : wrong,
    confidence,
    correct,
    answeredAt: '',
    durationMs: 1,
  };
}
const attemptOf = (answers: AttemptAnswer[]): Attempt => ({
  id: 'a',
  quizId: 'q',
  itemIds: items.map(({ id }) => id),
  answers,
  correct: 0,
  total: items.length,
  score: null,
  startedAt: '',
  finishedAt: null,
});

describe('results', () => {
  test('are counted by topic whatever its case, the weakest first, and show what was certain and wrong', () => {
    const skipped = { ...answer(5, false, null), optionId: null };
    const results = quizResults(
      items,
      attemptOf([
        answer(0, true),
        answer(1, false, 'certain'),
        answer(2, true, 'guessing'),
        answer(3, true),
        answer(4, false),
        skipped,
      ]),
    );
    expect(results).toMatchObject({ correct: 3, total: 6, skipped: 1 });
    expect(results.topics.map(({ topic, correct, total }) => [topic, correct, total])).toEqual([
      ['leaves', 1, 4],
      ['Roots', 2, 2],
    ]);
    expect(results.certainAndWrong.map(({ item }) => item.id)).toEqual([items[1]?.id]);
    expect(results.guessedRight.map(({ item }) => item.id)).toEqual([items[2]?.id]);
    expect(results.missed).toHaveLength(3);
  });

  test('leave out what the quiz no longer has', () => {
    expect(quizResults([], attemptOf([answer(0, true)]))).toMatchObject({ correct: 0, total: 0, topics: [] });
  });
});

describe('a quiz on its way to a student', () => {
  const quiz = {
    id: 'q',
    topic: 'Trees',
    difficulty: 'mixed' as const,
    createdAt: '',
    threadId: null,
    finishedAttempts: 0,
  };

  test('holds no answer, reason, explanation or quote of a question that was not answered', () => {
    const asked = askedQuiz({ ...quiz, items, attempt: attemptOf([answer(2, true)]), reported: [] });
    for (const [index, item] of asked.items.entries()) {
      const text = JSON.stringify(item);
      const isTold = index === 2;
      expect(item.solution !== null).toBe(isTold);
      for (const secret of ['"answer"', '"why', 'explanation', '"quote"'])
        expect(text.includes(secret)).toBe(isTold);
    }
  });

  test('asks for what was not reported, or for the questions of its attempt', () => {
    const reported = [items[0]?.id ?? ''];
    const asked = askedQuiz({ ...quiz, items, attempt: null, reported });
    expect(itemIdsOf(asked.items, null)).toEqual(items.slice(1).map(({ id }) => id));
    expect(itemIdsOf(asked.items, { itemIds: ['q3'] })).toEqual(['q3']);
  });
});
