// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import '@/components/ui/test-browser';
import { fakeApi } from '@/components/client/test-api';
import { loadDrawing } from '@/components/markdown/use-drawing';
import type { QueueCard } from '@/lib/db/queries/review';
import { newCardState } from '@/lib/study/cards/card-state';
import { ReviewView } from './review-view';
import type { ReviewViewProps } from './use-review';

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => undefined }) }));

let isOnline = true;
/** Reviews that have reached the server. */
let sent: { requestId: string; cardId: string; rating: number }[] = [];
const { calls } = fakeApi(({ path, body }) => {
  if (!isOnline) throw new TypeError('Failed to fetch');
  if (path.endsWith('/undo')) return Response.json({ outcome: 'undone', cardId: 'a' });
  const { reviews } = body as { reviews: typeof sent };
  sent.push(...reviews);
  return Response.json({ results: reviews.map(({ requestId }) => ({ requestId, outcome: 'stored' })) });
});

const QUOTE = 'Short-term memory storage lasts about 20 seconds.';
const SOURCE = {
  docId: '00000000-0000-4000-8000-000000000001',
  ord: 0,
  title: 'Psychology',
  page: 3,
  locator: { kind: 'page' as const, index: 3, total: 9, label: null },
  headingPath: ['Memory'],
  quote: QUOTE,
  quoteStart: 12,
  quoteEnd: 12 + QUOTE.length,
};

let lastUser = 0;

const card = (id: string, fields: Partial<QueueCard> = {}): QueueCard => ({
  id,
  front: `Question ${id}?`,
  back: `Answer ${id}`,
  kind: 'basic',
  clozeIndex: 1,
  guid: id,
  topic: null,
  tags: [],
  deckId: 'd',
  deck: 'Psychology',
  sourceDocId: null,
  source: null,
  passage: null,
  proposed: false,
  suspended: false,
  examDate: null,
  desiredRetention: 0.9,
  createdAt: '2026-11-20T12:00:00Z',
  state: newCardState(new Date('2026-11-20T12:00:00Z')),
  ...fields,
});

function show(cards: readonly QueueCard[], props: Partial<ReviewViewProps> = {}) {
  const userId = props.userId ?? `student-${++lastUser}`;
  const view = (
    <>
      <ReviewView
        userId={userId}
        deck={null}
        cards={cards}
        timezone="UTC"
        rolloverHour={4}
        secondsPerReview={null}
        nextDue={null}
        total={cards.length}
        ahead={false}
        {...props}
      />
    </>
  );
  return { ...render(view), userId };
}

const press = (key: string) => fireEvent.keyDown(document.body, { key });
const status = () =>
  screen
    .getAllByRole('status')
    .map(({ textContent }) => textContent)
    .join(' ');

beforeAll(loadDrawing);
beforeEach(() => {
  isOnline = true;
  sent = [];
  localStorage.clear();
});

describe('a review', () => {
  test('goes by keys: space shows, a number rates, the next card comes', async () => {
    show([card('a'), card('b')]);
    press('3');
    expect(screen.queryByText('Answer a')).toBeNull();
    press(' ');
    expect(screen.getByText('Answer a')).toBeTruthy();
    expect(
      screen.getAllByRole('button', { name: /Again|Hard|Good|Easy/ }).map(({ textContent }) => textContent),
    ).toEqual(['Again1 min1', 'Hard6 min2', 'Good10 min3', expect.stringMatching(/^Easy\d+ days4$/)]);
    press('4');
    expect(screen.getByText('Question b?')).toBeTruthy();
    expect(screen.queryByText('Answer b')).toBeNull();
    await waitFor(() => expect(sent).toMatchObject([{ cardId: 'a', rating: 4 }]));
  });

  test('takes a typed answer, holds it against the card, and keeps that it is typed', () => {
    const { unmount } = show([card('a', { back: 'Sensory memory' }), card('b')]);
    fireEvent.click(screen.getByRole('button', { name: 'Type answers instead' }));
    const line = screen.getByLabelText('Your answer');
    fireEvent.change(line, { target: { value: 'memory' } });
    fireEvent.keyDown(line, { key: 'Enter' });
    expect(screen.getByText('Sensory memory')).toBeTruthy();
    expect(status()).toContain('50% of it is there. Missing: sensory.');
    press('3');
    expect(screen.getByLabelText<HTMLInputElement>('Your answer').value).toBe('');
    unmount();
    show([card('c')]);
    expect(screen.getByLabelText('Your answer')).toBeTruthy();
  });

  test('says that a card was forgotten for the eighth time', () => {
    const state = {
      ...newCardState(new Date('2026-11-01T12:00:00Z')),
      state: 2 as const,
      reps: 20,
      lapses: 7,
      stability: 3,
      difficulty: 8,
      lastReview: '2026-11-10T12:00:00Z',
    };
    show([card('a', { state }), card('b')]);
    press(' ');
    press('1');
    expect(status()).toContain('You have forgotten that card 8 times.');
  });

  test('counts one answer however fast the key repeats', async () => {
    show([card('a'), card('b')]);
    press(' ');
    for (let repeat = 0; repeat < 5; repeat++) press('4');
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(screen.getByText('Question b?')).toBeTruthy();
  });

  test('shows a cloze’s answer in its place, marked only where the notes hold it', () => {
    const front = 'Short-term memory storage lasts about {{c1::20 seconds}}.';
    const passage = { text: `Before it. ${'x'} ${QUOTE} After it.`, start: 0 };
    const { container, unmount } = show([
      card('a', { kind: 'cloze', front, back: '', source: SOURCE, passage }),
    ]);
    expect(container.querySelector('mark')).toBeNull();
    expect(container.textContent).not.toContain('20 seconds');
    expect(container.querySelector('.card-blank')).toBeTruthy();
    press(' ');
    expect([...container.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual([
      '20 seconds',
      QUOTE,
    ]);
    unmount();

    const unproven = show([card('b', { kind: 'cloze', front, back: '' })]).container;
    press(' ');
    expect(unproven.querySelector('mark')).toBeNull();
    expect(unproven.querySelector('.card-answer')?.textContent).toBe('20 seconds');
  });

  test('marks nothing where the words are not found any more', () => {
    const passage = { text: 'The document was read again and says something else.', start: 0 };
    const { container } = show([card('a', { source: SOURCE, passage })]);
    press(' ');
    expect(container.querySelector('mark')).toBeNull();
    expect(screen.getByRole('button', { name: 'Open' })).toBeTruthy();
  });

  test('keeps answers on this device while there is no connection, and counts them after a reload', async () => {
    isOnline = false;
    const { userId, unmount } = show([card('a'), card('b')]);
    press(' ');
    press('4');
    await waitFor(() => expect(status()).toContain('saved here'));
    expect(Object.keys(localStorage)).toHaveLength(1);
    unmount();

    show([card('a'), card('b')], { userId });
    await waitFor(() => expect(screen.getByText('Question b?')).toBeTruthy());
    isOnline = true;
    fireEvent(window, new Event('online'));
    await waitFor(() => expect(sent).toMatchObject([{ cardId: 'a' }]));
    await waitFor(() => expect(Object.keys(localStorage)).toHaveLength(0));
  });

  test('takes the last answer back, from this device or from the server', async () => {
    show([card('a'), card('b')]);
    press(' ');
    press('4');
    await waitFor(() => expect(sent).toHaveLength(1));
    press('u');
    await waitFor(() => expect(screen.getByText('Question a?')).toBeTruthy());
    expect(calls.at(-1)).toMatchObject({
      path: '/api/flashcards/reviews/undo',
      body: { requestId: sent[0]?.requestId },
    });

    isOnline = false;
    press(' ');
    press('4');
    await waitFor(() => expect(screen.getByText('Question b?')).toBeTruthy());
    press('u');
    await waitFor(() => expect(screen.getByText('Question a?')).toBeTruthy());
    expect(Object.keys(localStorage)).toHaveLength(0);
  });

  test('says how it goes on when nothing is left, and shows no number of cards', async () => {
    const { container } = show([card('a')], { nextDue: null });
    expect(container.textContent).toMatch(/about \d+ min left/);
    expect(container.textContent).not.toMatch(/\b1 card|of 1\b/);
    press(' ');
    press('4');
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Done for now' })).toBeTruthy());
    expect(container.textContent).toContain('The next cards come on');
  });

  test('with nothing due says when the next cards come', () => {
    const nextDue = new Date(Date.now() + 86_400_000).toISOString();
    show([], { nextDue, total: 4 });
    expect(status()).toContain('Nothing is due. The next cards come tomorrow. Rest is part of it.');
  });

  test('runs no markup of a card', () => {
    const { container } = show([
      card('a', {
        front:
          '<img src=x onerror=alert(1)> <b>x</b> [l](https://evil.example) ![p](https://evil.example/p.png)',
      }),
    ]);
    expect(container.querySelector('article img, article b, article a')).toBeNull();
    expect(container.textContent).toContain('<b>x</b>');
  });

  test('draws formulas, also around and inside a cloze', () => {
    const front = 'If \\(x = {{c1::5}}\\) then {{c1::$y^2$}} holds.';
    const { container } = show([card('a', { kind: 'cloze', front, back: '' })]);
    expect(container.querySelectorAll('.katex')).toHaveLength(1);
    expect(container.innerHTML).not.toMatch(/katex-error|\uE000|\uE001/);
    press(' ');
    expect(container.querySelectorAll('.katex')).toHaveLength(2);
    expect(container.querySelector('.card-answer .katex')).toBeTruthy();
  });
});
