// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { makingStore } from '@/components/make/make-store';
import type { QuizSummary } from '@/lib/db/queries/quiz';
import { QuizList, quizState } from './quiz-list';

afterEach(cleanup);

const quiz = (change: Partial<QuizSummary> = {}): QuizSummary => ({
  id: 'one',
  topic: 'mitosis',
  difficulty: 'mixed',
  questions: 8,
  asked: 8,
  createdAt: '2026-11-20T10:00:00Z',
  running: null,
  finishedAttempts: 0,
  last: null,
  ...change,
});

describe('the list of quizzes', () => {
  test('says how far each is, and what was not made', () => {
    expect(quizState(quiz())).toBe('8 questions, about 6 min');
    expect(quizState(quiz({ asked: 10 }))).toBe('8 of 10 questions, about 6 min');
    expect(quizState(quiz({ questions: 1, asked: 1 }))).toBe('1 question, about 1 min');
    expect(quizState(quiz({ running: { attemptId: 'a', answered: 3, total: 8 } }))).toBe('3 of 8 answered');
    const last = { score: 0.75, correct: 6, total: 8, finishedAt: '' };
    expect(quizState(quiz({ last }))).toBe('6 of 8 right');
  });

  test('leads to the player, or to making the first one', () => {
    const { unmount } = render(
      <QuizList quizzes={[quiz({ running: { attemptId: 'a', answered: 3, total: 8 } })]} />,
    );
    expect(screen.getByRole('link').getAttribute('href')).toBe('/practice/quiz/one');
    expect(screen.getByRole('link').textContent).toContain('Go on');
    unmount();
    render(<QuizList quizzes={[]} />);
    fireEvent.click(screen.getByRole('button', { name: 'Make a quiz' }));
    expect(makingStore.get()).toEqual({ kind: 'quiz' });
  });
});
