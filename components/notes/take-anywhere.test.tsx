// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { fakeApi } from '@/components/client/test-api';
import { uploadQueue } from '@/components/library/stores';
import { takenNotice } from '@/components/library/take-files';
import { TakenFiles } from '@/components/library/taken-files';
import { TakeAnywhere } from './take-anywhere';

const push = vi.fn();
const at = vi.hoisted(() => ({ pathname: '/plan' }));
vi.mock('next/navigation', () => ({ usePathname: () => at.pathname, useRouter: () => ({ push }) }));

const { calls } = fakeApi(() => Response.json({ isSaved: true, revision: 1 }));
const TEXT = 'Short-term memory holds about seven items, and rehearsal keeps them.';

const transfer = (files: File[], texts: Record<string, string> = {}) => ({
  types: [...(files.length > 0 ? ['Files'] : []), ...Object.keys(texts)],
  files,
  items: files.map((file) => ({
    kind: 'file',
    getAsFile: () => file,
    webkitGetAsEntry: () => ({ isDirectory: file.type === 'folder' }),
  })),
  getData: (type: string) => texts[type] ?? '',
});
const file = (name: string, type = 'application/pdf') => new File(['a'], name, { type });
const taken: File[] = [];
const given = () => taken.map(({ name }) => name);

beforeEach(() => {
  taken.length = 0;
  vi.spyOn(uploadQueue, 'add').mockImplementation((files) => {
    taken.push(...files);
    return { added: files.length, repeated: 0 };
  });
  takenNotice.set(undefined);
  at.pathname = '/plan';
  render(
    <TakenFiles limits={{ maxBytes: 1_000 }}>
      <TakeAnywhere />
      <div data-testid="page">
        <textarea aria-label="Box" />
        <section aria-label="Own" data-testid="takes" onDrop={(event) => event.preventDefault()} />
        <div role="dialog" data-testid="dialog" />
      </div>
    </TakenFiles>,
  );
});

test('shows where files go while they are held over a page, and takes what is dropped there', () => {
  const page = screen.getByTestId('page');
  fireEvent.dragEnter(page, { dataTransfer: transfer([file('a.pdf')]) });
  expect(screen.getByText('Let go to add it to your library')).toBeTruthy();
  fireEvent.drop(page, { dataTransfer: transfer([file('a.pdf'), file('week', 'folder')]) });
  expect(screen.queryByText('Let go to add it to your library')).toBeNull();
  expect(given()).toEqual(['a.pdf']);
  expect(screen.getByText(/That is a folder/)).toBeTruthy();
});

test.each(['takes', 'dialog'])('leaves to a part of the page (%s) what is its own', (id) => {
  fireEvent.dragEnter(screen.getByTestId(id), { dataTransfer: transfer([file('a.pdf')]) });
  const isGone = !fireEvent.drop(screen.getByTestId(id), { dataTransfer: transfer([file('a.pdf')]) });
  expect([isGone, given()]).toEqual([true, []]);
  expect(screen.queryByText('Let go to add it to your library')).toBeNull();
});

test('takes a pasted picture under a name of its own, and nothing where something is typed', () => {
  const clipboardData = transfer([file('image.png', 'image/png')]);
  fireEvent.paste(screen.getByLabelText('Box'), { clipboardData });
  expect(given()).toEqual([]);
  fireEvent.paste(document.body, { clipboardData: transfer([file('image.png', 'image/png')]) });
  expect(given()).toEqual([expect.stringMatching(/^Picture of \d+ \w+ \d\d\.\d\d\.\d\d\.png$/)]);
});

test('asks before a copied text becomes a note, or an address a page', async () => {
  const paste = (text: string) =>
    act(() => fireEvent.paste(document.body, { clipboardData: transfer([], { 'text/plain': text }) }));
  paste('too short');
  expect(screen.queryByText(/Keep what you pasted/)).toBeNull();
  paste(TEXT);
  expect(calls).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Keep as a note' }));
  await waitFor(() => expect(push).toHaveBeenCalledWith(expect.stringMatching(/^\/library\/.+\/edit$/)));
  expect(calls[0]).toMatchObject({ method: 'PUT', body: { content: TEXT, base: 0 } });
  paste('https://example.org/cells');
  fireEvent.click(screen.getByRole('button', { name: 'Add page' }));
  await waitFor(() =>
    expect(calls.at(-1)).toMatchObject({ method: 'POST', body: { url: 'https://example.org/cells' } }),
  );
});
