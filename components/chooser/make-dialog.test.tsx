// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { act } from 'react';
import { SWRConfig } from 'swr';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeApi, refusal } from '@/components/client/test-api';
import { FewerMade } from '@/components/make/fewer-made';
import { makingStore, openMaking } from '@/components/make/make-store';
import { api, paths } from '@/lib/links';
import { MakeDialog } from './make-dialog';

const push = vi.hoisted(() => vi.fn());
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }) }));

const MEMORY = '11111111-1111-4111-8111-111111111111';
const BIOLOGY = '22222222-2222-4222-8222-222222222222';
const QUIZ = '33333333-3333-4333-8333-333333333333';
const documents = [
  { id: MEMORY, title: 'Memory', course: 'Psychology', status: 'ready', stage: null, fileName: null },
  { id: BIOLOGY, title: 'Cells', course: 'Biology', status: 'ready', stage: null, fileName: null },
];
const sections = [
  { heading: 'Encoding', level: 1, from: 0, to: 2 },
  { heading: 'Storage', level: 1, from: 3, to: 4 },
];
const made = { kind: 'quiz', topic: 'Memory', quizId: QUIZ, flashcardIds: [], asked: 5, made: 5, note: null };
const lines = (...told: object[]) => new Response(told.map((line) => `${JSON.stringify(line)}\n`).join(''));

let library: object[] = documents;
let answer = (): Response | Promise<Response> => lines({ made });
const { calls } = fakeApi(({ path }) => {
  if (path === api.documents) return Response.json({ documents: library, next: null });
  if (path === api.documentSections(MEMORY)) return Response.json({ sections });
  if (path === api.make) return answer();
  return Response.json({ sections: [] });
});
const orders = () => calls.flatMap(({ path, body }) => (path === api.make ? [body] : []));

async function open(kind: 'quiz' | 'cards', docId?: string) {
  openMaking({ kind, ...(docId && { docId }) });
  const shown = () => (
    <SWRConfig value={{ provider: () => new Map(), dedupingInterval: 0 }}>
      <MakeDialog making={makingStore.get()} />
    </SWRConfig>
  );
  render(shown());
  await screen.findByRole('dialog');
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('the chooser', () => {
  beforeEach(() => {
    push.mockClear();
    library = documents;
    answer = () => lines({ progress: { stage: 'writing', done: 1, of: 5 } }, { made });
  });

  test('makes a quiz of a section of the document it was opened for, and leads to it', async () => {
    await open('quiz', MEMORY);
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Storage' }));
    fireEvent.click(screen.getByRole('radio', { name: '5' }));
    fireEvent.click(screen.getByRole('radio', { name: 'hard' }));
    press('Make the quiz');
    await waitFor(() => expect(push).toHaveBeenCalledWith(paths.quiz(QUIZ)));
    expect(orders()).toEqual([
      {
        kind: 'quiz',
        n: 5,
        difficulty: 'hard',
        topic: 'Storage',
        sources: [{ docId: MEMORY, ordRange: { from: 3, to: 4 } }],
      },
    ]);
    expect(makingStore.get()).toBeNull();
  });

  test.each([
    ['all notes', 'All my notes', {}],
    ['a course', 'Biology', { topic: 'Biology', sources: [{ docId: BIOLOGY }] }],
    ['a document', 'Cells', { sources: [{ docId: BIOLOGY }] }],
  ])('makes cards of %s', async (_, name, of) => {
    await open('cards');
    const row = await screen.findByText(name);
    fireEvent.click(row);
    press('Make the cards');
    await waitFor(() => expect(orders()).toEqual([{ kind: 'cards', n: 10, difficulty: 'mixed', ...of }]));
  });

  test('says what went wrong in a sentence, keeps the choice, and can be pressed again', async () => {
    answer = () => refusal(422, 'These notes hold no more.');
    await open('quiz', MEMORY);
    await screen.findByRole('checkbox', { name: 'Storage' });
    press('Make the quiz');
    expect((await screen.findByRole('alert')).textContent).toBe('These notes hold no more.');
    answer = () => lines({ problem: { code: 'timeout', detail: 'That took too long.' } });
    press('Make the quiz');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('That took too long.'));
    answer = () => lines({ progress: { stage: 'searching' } });
    press('Make the quiz');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toMatch(/broke off/));
    expect((screen.getByRole('checkbox', { name: 'Memory' }) as HTMLInputElement).checked).toBe(true);
    expect(push).not.toHaveBeenCalled();
  });

  test('tells how far it is, makes nothing twice, and can be cancelled', async () => {
    const told = new TransformStream<string, string>();
    const writer = told.writable.getWriter();
    answer = () => new Response(told.readable.pipeThrough(new TextEncoderStream()));
    await open('quiz');
    await screen.findByText('All my notes');
    const form = screen.getByRole('button', { name: 'Make the quiz' }).closest('form');
    press('Make the quiz');
    if (form) fireEvent.submit(form);
    void writer.write(`${JSON.stringify({ progress: { stage: 'writing', done: 2, of: 10 } })}\n`);
    await screen.findByText('Writing question 3 of 10');
    press('Cancel');
    await screen.findByRole('button', { name: 'Make the quiz' });
    await act(async () => writer.close().catch(() => undefined));
    expect([orders().length, push.mock.calls.length]).toEqual([1, 0]);
  });

  test.each([
    ['2 of 5: your notes hold no more.', QUIZ, 1],
    ['2 of 5: your notes hold no more.', null, 0],
    [null, QUIZ, 0],
  ])(
    'leads to fewer than were asked for in the same press, where that is said: %s',
    async (note, of, told) => {
      answer = () => lines({ made: { ...made, made: 2, note } });
      await open('quiz');
      await screen.findByText('All my notes');
      press('Make the quiz');
      await waitFor(() => expect(push).toHaveBeenCalledWith(paths.quiz(QUIZ)));
      render(<FewerMade quizId={of} />);
      expect(screen.queryAllByText('2 of 5: your notes hold no more.')).toHaveLength(told);
    },
  );

  test('leads to the library where there are no notes', async () => {
    library = [];
    await open('cards');
    expect((await screen.findByRole('link', { name: 'Add notes' })).getAttribute('href')).toBe(paths.library);
  });
});
