// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, renderHook, screen, waitFor } from '@testing-library/react';
import { createRef, type RefObject } from 'react';
import { SWRConfig } from 'swr';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { readStored } from '@/components/client/stored';
import { fakeApi } from '@/components/client/test-api';
import { stubResizeObserver } from '@/components/ui/test-browser';
import type { ReaderDocument, ReaderPage } from '@/lib/db/queries/reader';
import { accountOf } from '@/lib/domain/account';
import { api, paths } from '@/lib/links';
import { PassageText } from './passage-text';
import { ReadAs } from './read-as';
import { ReaderFind } from './reader-find';
import { ReaderSelection } from './reader-selection';
import { useHighlights } from './use-highlights';
import { usePlace } from './use-place';

const [push, refresh] = vi.hoisted(() => [vi.fn(), vi.fn()]);
vi.mock('next/navigation', () => ({ useRouter: () => ({ push, refresh }) }));

const DOC = '11111111-1111-4111-8111-111111111111';
const CONTENT = 'Some **bold words** lead to the quote that matters here.';
const read: ReaderDocument = {
  id: DOC,
  title: 'Memory',
  fileName: 'memory.md',
  status: 'ready',
  pageCount: 3,
  locator: 'section',
  account: accountOf({}),
  sourceType: 'upload',
  errorCode: null,
  errorMessage: null,
  replacedBy: null,
};
const page: ReaderPage = {
  page: 2,
  label: null,
  content: CONTENT,
  charStart: 100,
  charEnd: 100 + CONTENT.length,
  headingPath: ['Storage'],
  ord: 4,
  words: null,
};
const matches = [
  { page: 1, from: 3, to: 8 },
  { page: 2, from: 120, to: 125 },
  { page: 3, from: 230, to: 235 },
];
const { calls } = fakeApi(({ path, method, body }) => {
  if (path.includes('/find')) return Response.json({ matches, isCut: false });
  if (!path.includes('/highlights')) return Response.json({ flashcardIds: ['a'] });
  if (method === 'GET') return Response.json({ highlights: [] });
  const kept = {
    prefix: '',
    suffix: '',
    note: '',
    createdAt: '2026-01-01',
    ...(body as { charStart: number }),
  };
  return Response.json({
    ...kept,
    place: { page: 2, charStart: kept.charStart, charEnd: kept.charStart + 10 },
  });
});

beforeEach(() => {
  push.mockClear();
  window.localStorage.clear();
  stubResizeObserver();
});

describe('finding in a document', () => {
  test('goes to the first place from here on, and round', async () => {
    render(<ReaderFind docId={DOC} page={2} />);
    fireEvent.keyDown(window, { key: 'f' });
    const field = screen.getByRole('textbox', { name: 'Find in this document' });
    fireEvent.change(field, { target: { value: 'quote' } });
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    await screen.findByText('2 of 3');
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    await screen.findByText('3 of 3');
    fireEvent.click(screen.getByRole('button', { name: 'Next place' }));
    await screen.findByText('1 of 3');
    fireEvent.click(screen.getByRole('button', { name: 'Previous place' }));
    const went = push.mock.calls.map(([href]) => href);
    const hrefs = matches.map((match) => paths.passage(DOC, match.page, match));
    expect(went).toEqual([hrefs[1], hrefs[2], hrefs[0], hrefs[2]]);
    expect(calls).toHaveLength(1);
  });

  test('leaves the browser its own search', () => {
    render(<ReaderFind docId={DOC} page={1} />);
    fireEvent.keyDown(window, { key: 'f', ctrlKey: true });
    expect(screen.queryByRole('textbox')).toBeNull();
  });
});

describe('words that are selected', () => {
  const onNote = vi.fn();
  function Reader({ view }: { view: RefObject<HTMLDivElement | null> }) {
    const highlights = useHighlights(DOC);
    return (
      <SWRConfig value={{ provider: () => new Map() }}>
        <div ref={view}>
          <PassageText content={CONTENT} format="markdown" />
          <ReaderSelection document={read} page={page} view={view} highlights={highlights} onNote={onNote} />
        </div>
      </SWRConfig>
    );
  }
  function select(quote: string) {
    const view = createRef<HTMLDivElement>();
    render(<Reader view={view} />);
    const walker = document.createTreeWalker(view.current as HTMLDivElement, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(quote) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + quote.length);
      window.getSelection()?.removeAllRanges();
      window.getSelection()?.addRange(range);
    }
    act(() => void document.dispatchEvent(new Event('selectionchange')));
  }

  test('become a card with their exact place as its proof', async () => {
    select('the quote that matters');
    fireEvent.click(await screen.findByRole('button', { name: 'Make a card' }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Front' }), { target: { value: 'What matters?' } });
    fireEvent.click(screen.getByRole('button', { name: 'Add the card' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const start = 100 + CONTENT.indexOf('the quote');
    expect(calls.at(-1)?.body).toMatchObject({
      cards: [
        {
          front: 'What matters?',
          back: 'the quote that matters',
          deck: 'Memory',
          source: {
            docId: DOC,
            ord: 4,
            page: null,
            quote: 'the quote that matters',
            quoteStart: start,
            quoteEnd: start + 'the quote that matters'.length,
          },
        },
      ],
    });
  });

  test('are highlighted with their place in the whole text, and written beside', async () => {
    select('bold words');
    fireEvent.click(await screen.findByRole('button', { name: 'Highlight in green' }));
    await waitFor(() => expect(calls.at(-1)?.method).toBe('POST'));
    const charStart = 100 + CONTENT.indexOf('bold words');
    expect(calls.at(-1)?.body).toMatchObject({ quote: 'bold words', charStart, color: 'green' });
    cleanup();
    select('bold words');
    fireEvent.click(await screen.findByRole('button', { name: 'Note' }));
    await waitFor(() => expect(onNote).toHaveBeenCalledOnce());
  });

  test('are asked about in their document alone', async () => {
    select('the quote');
    fireEvent.click(await screen.findByRole('button', { name: 'Ask about it' }));
    expect(push).toHaveBeenCalledWith(paths.askingIn(DOC, 'What does this mean: “the quote”?'));
  });
});

test('a document is opened where it was left, unless a place is named', () => {
  const goTo = vi.fn();
  const open = (at: number, isNamed: boolean) =>
    renderHook(() => usePlace(DOC, { page: at, isNamed, goTo })).unmount();
  open(3, true);
  expect(readStored(`clerva-place:${DOC}`)).toBe('3');
  open(1, false);
  expect(goTo).toHaveBeenCalledWith(3);
  open(2, true);
  open(1, true);
  open(1, false);
  expect(goTo).toHaveBeenCalledTimes(1);
});

test('a text is read again as what its student chooses, first of all as what it may be instead', async () => {
  render(
    <ReadAs docId={DOC} account={{ encoding: 'Cyrillic (CP866)', rivalEncoding: 'Cyrillic (KOI8-R)' }} />,
  );
  const choice = screen.getByLabelText<HTMLSelectElement>('Read it as');
  expect(choice.value).toBe('koi8-u');
  fireEvent.change(choice, { target: { value: 'windows-1251' } });
  fireEvent.click(screen.getByRole('button', { name: 'Read again' }));
  await waitFor(() => expect(refresh).toHaveBeenCalled());
  expect(calls.at(-1)).toMatchObject({ method: 'POST', path: api.readAs(DOC, 'windows-1251') });
});
