// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeApi, refusal } from '@/components/client/test-api';
import type { Attempt } from '@/lib/domain/quiz';
import { askedQuiz, solutionOf } from '@/lib/study/quiz/disclose';
import { treeItems } from '@/lib/study/quiz/test-drafts';
import { ExamPaper } from './exam-paper';

const push = vi.fn();
vi.mock('next/navigation', () => ({ useRouter: () => ({ push, refresh: vi.fn() }) }));

const items = treeItems(3);
const attempt: Attempt = {
  id: 'attempt',
  quizId: 'quiz',
  itemIds: items.map(({ id }) => id),
  answers: [],
  correct: 0,
  total: items.length,
  score: null,
  startedAt: '',
  finishedAt: null,
};
const paper = (open: Attempt | null) => (
  <ExamPaper
    quiz={askedQuiz({
      id: 'quiz',
      topic: 'Trees',
      difficulty: 'mixed',
      createdAt: '',
      threadId: null,
      finishedAttempts: 0,
      items,
      attempt: open,
      reported: [],
    })}
  />
);

let isRefused = false;
const { calls } = fakeApi(({ path, body }) => {
  if (path.endsWith('/attempts') || path.endsWith('/finish')) return Response.json({ attempt });
  if (isRefused) return refusal(503, 'Too much at once.');
  const item =
    items.find(({ id }) => id === (body as { itemId: string }).itemId) ?? expect.fail('no such question');
  return Response.json({ correct: true, graded: {}, ...solutionOf(item), attempt });
});
const sent = () => calls.map(({ path }) => path.split('/').at(-1));

const start = async () => {
  fireEvent.click(screen.getByRole('button', { name: 'Start the exam' }));
  return screen.findAllByRole('group');
};
const cross = (question: HTMLElement | undefined, option: number) => {
  const box = question && within(question).getAllByRole('radio')[option];
  if (box) fireEvent.click(box);
};
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

beforeEach(() => {
  calls.length = 0;
  isRefused = false;
  push.mockClear();
  window.localStorage.clear();
});
afterEach(() => vi.useRealTimers());

describe('a quiz as an exam', () => {
  test('asks everything at once, tells nothing, and is handed in whole', async () => {
    render(paper(null));
    const questions = await start();
    expect(questions).toHaveLength(3);
    for (const question of questions) cross(question, 0);
    expect(sent()).toEqual(['attempts']);
    press('Hand in');
    await waitFor(() => expect(push).toHaveBeenCalledWith('/practice/quiz/quiz'));
    expect(sent()).toEqual(['attempts', 'answers', 'answers', 'answers', 'finish']);
  });

  test('asks once before it is handed in with open questions', async () => {
    render(paper(null));
    const [first] = await start();
    cross(first, 1);
    press('Hand in');
    expect(screen.getByText(/2 questions without an answer. Hand in all the same/)).toBeTruthy();
    press('Yes, hand in');
    await waitFor(() => expect(sent()).toEqual(['attempts', 'answers', 'finish']));
  });

  test('keeps its crosses and its clock over a reload', async () => {
    const { unmount } = render(paper(null));
    const [first] = await start();
    cross(first, 2);
    unmount();
    render(paper(attempt));
    const [again] = await screen.findAllByRole('group');
    expect(within(again ?? document.body).getAllByRole<HTMLInputElement>('radio')[2]?.checked).toBe(true);
  });

  test('goes on with what another tab began, and ends when that tab hands it in', async () => {
    render(paper(null));
    const key = `exam:${attempt.id}`;
    const startedMs = Date.now() - 60_000;
    const [{ id = '' } = {}] = items;
    const kept = { startedMs, chosen: { [id]: 'c' }, texts: {} };
    window.localStorage.setItem(key, JSON.stringify(kept));
    await start();
    expect((await screen.findByRole('timer')).textContent).toMatch(/^\D*[34]:/);
    expect(JSON.parse(window.localStorage.getItem(key) ?? '')).toEqual(kept);
    window.localStorage.removeItem(key);
    fireEvent(window, new StorageEvent('storage', { key, newValue: null }));
    expect(push).toHaveBeenCalledWith('/practice/quiz/quiz');
    expect(sent()).toEqual(['attempts']);
  });

  test('hands in what there is when the time is over', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    render(paper(null));
    cross((await start())[0], 0);
    expect(screen.getByRole('timer').textContent).toContain('5:00');
    await act(() => vi.advanceTimersByTimeAsync(5 * 60_000 + 1_000));
    await waitFor(() => expect(sent()).toEqual(['attempts', 'answers', 'finish']));
  });

  test('keeps everything when it could not be handed in', async () => {
    render(paper(null));
    for (const question of await start()) cross(question, 0);
    isRefused = true;
    press('Hand in');
    expect(await screen.findByText(/Your answers are kept here; hand in again/)).toBeTruthy();
    expect(push).not.toHaveBeenCalled();
    isRefused = false;
    press('Hand in');
    await waitFor(() => expect(push).toHaveBeenCalled());
  });
});
