// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import '@/components/ui/test-browser';
import { SWRConfig } from 'swr';
import { fakeApi } from '@/components/client/test-api';
import { loadDrawing } from '@/components/markdown/use-drawing';
import type { Attempt, AttemptAnswer, GivenAnswer, QuizItem } from '@/lib/domain/quiz';
import type { PassageChange } from '@/lib/domain/version';
import { api as links, paths } from '@/lib/links';
import { type AskedQuiz, askedQuiz, solutionOf } from '@/lib/study/quiz/disclose';
import { treeItems } from '@/lib/study/quiz/test-drafts';
import { AnswerFeedback } from './answer-feedback';
import { QuizPlayer } from './quiz-player';

const refresh = vi.fn();
vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh }) }));

const items = treeItems(3);

let isOffline = false;
let answers: AttemptAnswer[] = [];
const attempt = (): Attempt => ({
  id: 'attempt',
  quizId: 'quiz',
  itemIds: items.map(({ id }) => id),
  answers: [...answers],
  correct: answers.filter(({ correct }) => correct).length,
  total: items.length,
  score: null,
  startedAt: '',
  finishedAt: answers.length === items.length ? 'now' : null,
});
/** The routes of the quiz, grading as the database does: the first answer to a question stays. */
let changes: Pick<PassageChange, 'quizId' | 'itemId'>[] = [];
const api = fakeApi(({ path, body }) => {
  if (path === links.passageChanges) return Response.json({ changes });
  if (isOffline) throw new TypeError('Failed to fetch');
  if (path.endsWith('/attempts')) return Response.json({ attempt: attempt() });
  if (path.endsWith('/report')) return Response.json({});
  const given = body as GivenAnswer;
  const item = items.find(({ id }) => id === given.itemId) ?? expect.fail('no such question');
  const graded = answers.find(({ itemId }) => itemId === item.id) ?? {
    ...given,
    correct: given.optionId === item.answer,
    answeredAt: '',
  };
  answers = [...answers.filter((other) => other !== graded), graded];
  return Response.json({ correct: graded.correct, graded, ...solutionOf(item), attempt: attempt() });
});

/** What was asked of the quiz itself. */
const calls = () => api.calls.filter(({ path }) => path !== links.passageChanges);

const quizWith = (attempt: Attempt | null): AskedQuiz =>
  askedQuiz({
    id: 'quiz',
    topic: 'Trees',
    difficulty: 'mixed',
    createdAt: '',
    threadId: null,
    finishedAttempts: 0,
    items,
    attempt,
    reported: [],
  });

beforeAll(loadDrawing);
beforeEach(() => {
  isOffline = false;
  answers = [];
  changes = [];
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work, 0));
  Element.prototype.scrollTo = () => undefined;
});

const press = (key: string) => fireEvent.keyDown(document.body, { key });
const options = () => screen.getAllByRole('radio');
const textOf = (item: QuizItem | undefined, id: string | undefined) =>
  item?.choices.find((choice) => choice.id === id)?.text ?? '';
const answered = (item: QuizItem | undefined, correct: boolean): AttemptAnswer => ({
  itemId: item?.id ?? '',
  optionId: correct ? (item?.answer ?? '') : (item?.choices.find(({ id }) => id !== item.answer)?.id ?? ''),
  confidence: 'certain',
  correct,
  answeredAt: '',
  durationMs: 1,
});

describe('the player', () => {
  test('says of a question alone that the passage behind it changed', async () => {
    changes = [
      { quizId: 'quiz', itemId: items[1]?.id ?? '' },
      { quizId: 'another', itemId: items[0]?.id ?? '' },
    ];
    answers = [answered(items[0], true)];
    // Each page keeps what it knows; this one knows nothing yet.
    const fresh = { provider: () => new Map() };
    const { unmount } = render(
      <SWRConfig value={fresh}>
        <QuizPlayer quiz={quizWith(attempt())} />
      </SWRConfig>,
    );
    const link = await screen.findByRole('link', { name: 'The passage changed' });
    expect(link.getAttribute('href')).toBe(paths.changedPassages);
    unmount();
    changes = changes.slice(1);
    answers = [];
    render(
      <SWRConfig value={{ provider: () => new Map() }}>
        <QuizPlayer quiz={quizWith(null)} />
      </SWRConfig>,
    );
    await waitFor(() => expect(api.calls).toHaveLength(2));
    expect(screen.queryByRole('link', { name: 'The passage changed' })).toBeNull();
  });

  test('asks how sure before it tells anything, and tells it with the proof', async () => {
    render(<QuizPlayer quiz={quizWith(null)} />);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(items[0]?.q);
    expect(screen.queryByRole('button', { name: 'Certain' })).toBeNull();
    press('b');
    expect(options()[1]?.getAttribute('aria-checked')).toBe('true');
    expect(calls()).toEqual([]);
    press('3');
    await screen.findByRole('button', { name: /Next/ });
    expect(calls().map(({ path }) => path)).toEqual([
      '/api/quizzes/quiz/attempts',
      '/api/quizzes/attempts/attempt/answers',
    ]);
    expect(calls()[1]?.body).toMatchObject({ itemId: 'q1', optionId: 'b', confidence: 'certain' });
    expect(document.querySelector('mark')?.textContent).toBe(items[0]?.source.quote);
    expect(screen.getByRole('link', { name: /Open Psychology/ }).getAttribute('href')).toContain('/library/');
    expect(document.activeElement?.textContent).toContain('Next');
  });

  test('commits a double click once', async () => {
    render(<QuizPlayer quiz={quizWith(null)} />);
    press('1');
    const certain = screen.getByRole('button', { name: 'Certain' });
    fireEvent.click(certain);
    fireEvent.click(certain);
    await screen.findByRole('button', { name: /Next/ });
    expect(calls().filter(({ path }) => path.endsWith('/answers'))).toHaveLength(1);
  });

  test('is at the first unanswered question after a reload or on another device', () => {
    answers = [answered(items[0], true)];
    render(<QuizPlayer quiz={quizWith(attempt())} />);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(items[1]?.q);
    expect(screen.getByRole('progressbar').getAttribute('aria-label')).toBe('Question 2 of 3');
  });

  test('keeps the choice while there is no connection, says so, and sends it when it is back', async () => {
    isOffline = true;
    render(<QuizPlayer quiz={quizWith(null)} />);
    press('c');
    press('1');
    await screen.findByText(/You are offline/);
    expect(options()[2]?.getAttribute('aria-checked')).toBe('true');
    isOffline = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('button', { name: /Next/ });
    expect(calls().at(-1)?.body).toMatchObject({ optionId: 'c', confidence: 'guessing' });
  });

  test('goes through to the results by keyboard alone, certain and wrong first', async () => {
    answers = [answered(items[0], false)];
    render(<QuizPlayer quiz={quizWith(attempt())} />);
    for (const item of items.slice(1)) {
      await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(item.q));
      press(item.answer);
      press('2');
      await screen.findByRole('button', { name: /Next|See how it went/ });
      fireEvent.keyDown(document.body, { key: 'Enter' });
    }
    await screen.findByRole('heading', { level: 1, name: '2 of 3 right' });
    expect(screen.getByRole('region', { name: 'Certain and wrong' }).textContent).toContain(
      textOf(items[0], items[0]?.answer),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Practise the one you missed' }));
    await waitFor(() => expect(refresh).toHaveBeenCalled());
  });

  test('writes formulas in the question, the choices and the explanation', async () => {
    const quiz = quizWith(null);
    const [first] = quiz.items;
    if (!first) throw new Error('No item.');
    const formula = { ...first, q: 'Which is the derivative of $x^2$ by $x$?' };
    formula.choices = first.choices.map(({ id }, index) => ({ id, text: `$${index + 1}x$` }));
    const solution = {
      ...solutionOf(items[0] ?? expect.fail()),
      explanation: 'It is $2x$. The rule says $nx^{n-1}$.',
    };
    const answer = { ...answered(items[0], true), confidence: 'fairly' as const };
    const { unmount } = render(<QuizPlayer quiz={{ ...quiz, items: [formula, ...quiz.items.slice(1)] }} />);
    expect(document.querySelectorAll('h1 .katex')).toHaveLength(2);
    expect(document.querySelectorAll('[role=radio] .katex')).toHaveLength(4);
    unmount();
    render(<AnswerFeedback item={formula} solution={solution} answer={answer} />);
    expect(document.querySelectorAll('.katex').length).toBeGreaterThanOrEqual(2);
  });

  test('can be skipped, reported and taken back', async () => {
    render(<QuizPlayer quiz={quizWith(null)} />);
    press('f');
    await screen.findAllByText(/left out of later rounds/);
    press('f');
    await screen.findAllByText(/taken back/);
    // The round begins first, or the question would be missing from the one that it is seen in.
    expect(calls().map(({ method, path }) => `${method} ${path.replace(/.*\//, '')}`)).toEqual([
      'POST attempts',
      'POST report',
      'DELETE report',
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Skip' }));
    await screen.findByRole('button', { name: /Next/ });
    expect(calls().at(-1)?.body).toMatchObject({ optionId: null, confidence: null });
  });

  test('the arrow keys move through the choices as in any radio group', () => {
    render(<QuizPlayer quiz={quizWith(null)} />);
    options()[0]?.focus();
    fireEvent.keyDown(options()[0] ?? document.body, { key: 'ArrowUp' });
    expect(document.activeElement).toBe(options()[3]);
    expect(options()[3]?.getAttribute('aria-checked')).toBe('true');
    expect(options().map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, -1, 0]);
  });
});
