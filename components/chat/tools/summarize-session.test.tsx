// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, refusal } from '@/components/client/test-api';
import { noteFileName } from '@/components/library/save-note';
import { SummarizeSessionCard } from './summarize-session';

const put = vi.fn();
const ingest = vi.fn();
const remove = vi.fn(async () => undefined);
vi.mock('@/components/library/transport', () => ({
  browserTransport: {
    hash: async () => 'a'.repeat(64),
    put: (...given: unknown[]) => put(...given),
    ingest: (...given: unknown[]) => ingest(...given),
    remove: () => remove(),
  },
}));

const OUTPUT = {
  title: 'Working memory',
  source: 'thread' as const,
  isCut: false,
  summary: 'It is small and short.',
  keyPoints: ['It holds about four items.'],
  tasks: [{ title: 'Read chapter 8', etaMin: 25 }],
  flashcards: [{ front: 'How much?', back: 'About four.' }],
};

let broken = '';
let release: (() => void) | undefined;
const added = { documentId: 'd', alreadyInLibrary: false, upload: { signedUrl: 'http://store/d' } };
const api = fakeApi(({ path }) => {
  if (path === broken) return refusal(503, 'The database does not answer.');
  return Response.json(path === '/api/documents' ? added : {});
});

beforeEach(() => {
  broken = '';
  release = undefined;
  localStorage.clear();
  put.mockReset().mockResolvedValue(undefined);
  ingest.mockReset().mockResolvedValue(undefined);
});

const card = (output: Partial<typeof OUTPUT> = {}, toolCallId = 'call-1') =>
  render(
    <SummarizeSessionCard
      part={{ toolCallId, input: {}, output: { ...OUTPUT, ...output } }}
      threadId="22222222-2222-4222-8222-222222222222"
    />,
  );
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const paths = () => api.calls.map(({ path }) => path).toSorted();
const sentTo = (path: string) => api.calls.find((call) => call.path === path)?.body;
const ALL = ['/api/documents', '/api/flashcards', '/api/plans/tasks'];

describe('the card of a summary', () => {
  it('saves the note, the cards and the tasks with one press, each where it belongs', async () => {
    card();
    press('Save all');
    await screen.findByText('Everything is saved.');
    expect(paths()).toEqual(ALL);
    expect(sentTo('/api/flashcards')).toEqual({
      cards: [{ front: 'How much?', back: 'About four.', deck: 'Working memory' }],
      proposed: false,
    });
    expect(sentTo('/api/plans/tasks')).toEqual({ tasks: OUTPUT.tasks });
    expect(sentTo('/api/documents')).toMatchObject({
      title: 'Working memory',
      fileName: 'Working memory.md',
      mimeType: 'text/markdown',
      sourceType: 'session',
    });
    expect(ingest).toHaveBeenCalledWith('d', expect.anything());
  });

  it('saves once, however often it is pressed', async () => {
    put.mockImplementation(
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    card();
    press('Save all');
    press('Save all');
    press('Save the cards');
    await waitFor(() => expect(release).toBeDefined());
    press(/save all/i);
    release?.();
    await screen.findByText('Everything is saved.');
    expect(paths()).toEqual(ALL);
  });

  it('saves one part alone, and then only the rest', async () => {
    card();
    press('Save the tasks');
    await screen.findByText('In your plan');
    expect(paths()).toEqual(['/api/plans/tasks']);
    press('Save all');
    await screen.findByText('Everything is saved.');
    expect(paths()).toEqual(ALL);
  });

  it('says what is saved and what is not, and tries only what is left', async () => {
    broken = '/api/plans/tasks';
    card();
    press('Save all');
    const alert = await screen.findByRole('alert');
    await waitFor(() => expect(alert.textContent).toContain('Saved: the'));
    expect(alert.textContent).toContain('The tasks could not be saved. The database does not answer.');
    expect(alert.textContent).toMatch(/the summary|the cards/);
    broken = '';
    await waitFor(() => screen.getByRole('button', { name: 'Save the rest' }));
    press('Save the rest');
    await screen.findByText('Everything is saved.');
    expect(paths()).toEqual([...ALL, '/api/plans/tasks'].toSorted());
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('takes its place in the library back when the file did not arrive', async () => {
    put.mockRejectedValue(new Error('The connection broke during the upload.'));
    card();
    press('Save as a note');
    expect((await screen.findByRole('alert')).textContent).toContain('The connection broke');
    expect(remove).toHaveBeenCalledTimes(1);
    expect(ingest).not.toHaveBeenCalled();
  });

  it('knows on the next visit what it saved, and another card does not', async () => {
    card();
    press('Save all');
    await screen.findByText('Everything is saved.');
    cleanup();
    card();
    expect(screen.getByText('Everything is saved.')).toBeTruthy();
    cleanup();
    card({}, 'call-2');
    expect(screen.getByRole('button', { name: 'Save all' })).toBeTruthy();
  });

  it('offers only what there is', async () => {
    card({ tasks: [], flashcards: [], keyPoints: [], isCut: true });
    expect(screen.queryByRole('button', { name: /cards|tasks/ })).toBeNull();
    expect(screen.getByText(/beginning is left out/)).toBeTruthy();
    press('Save all');
    await screen.findByText('Everything is saved.');
    expect(paths()).toEqual(['/api/documents']);
  });

  it('names the note as file systems like it', () => {
    expect(noteFileName('Was ist "Kodierung"? / Teil 2: Übung')).toBe('Was ist Kodierung Teil 2 Übung.md');
    expect(noteFileName('???')).toBe('Note.md');
  });
});
