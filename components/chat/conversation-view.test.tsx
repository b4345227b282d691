// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, refusal } from '@/components/client/test-api';
import { browserTransport } from '@/components/library/transport';
import { stubResizeObserver } from '@/components/ui/test-browser';
import { type ClervaMessage, messageText } from '@/lib/agent/messages';
import { ERRORS } from '@/lib/errors';
import { Conversation } from './conversation';
import { ConversationView } from './conversation-view';
import { answer, citation, citationPart, question, textPart } from './fixtures';
import { chatEngine } from './lazy-chat';
import { Messages } from './messages';
import { deleteThread } from './thread-api';
import { passagePanel } from './use-passages';

vi.mock('next/navigation', () => ({
  usePathname: () => '/ask',
  useRouter: () => ({ push: vi.fn(), replace: vi.fn(), refresh: vi.fn() }),
}));

const THREAD = '22222222-2222-4222-8222-222222222222';
const CONTENT = 'Before it. most people can retain about 7 items in STM. After it.';

const first = citation(1, { quoteStart: 1_011, quoteEnd: 1_055 });
const second = citation(2, { quote: 'words that are not on the page at all, ever', verdict: 'paraphrase' });
const third = citation(3, { quote: 'After it.', quoteStart: 1_056, quoteEnd: 1_065 });

const MESSAGES: ClervaMessage[] = [
  question('How much does it hold?'),
  answer([
    citationPart(first),
    citationPart(second),
    citationPart(third),
    textPart('About seven [1], or close [2], and after [3].'),
  ]),
];

const PAGE = {
  documentId: first.docId,
  fileName: null,
  title: first.title,
  page: 244,
  pageCount: 334,
  locator: 'page',
  label: null,
  content: CONTENT,
  charStart: 1_000,
  charEnd: 1_000 + CONTENT.length,
};
let pageStatus = 200;
const api = fakeApi(({ method }) => {
  if (method === 'POST') {
    return Response.json({ title: 'The model does not answer.', code: 'model_unavailable' }, { status: 500 });
  }
  return Response.json(PAGE, { status: pageStatus });
});
const messagesCode = { get: () => ({ Messages }), load: async () => undefined };
const posts = () => api.calls.filter(({ method }) => method === 'POST').map(({ path }) => path);

beforeAll(() => Promise.all([chatEngine.load(), passagePanel.load()]));

beforeEach(() => {
  window.localStorage.clear();
  pageStatus = 200;
  stubResizeObserver();
  vi.stubGlobal('matchMedia', () => ({
    matches: true,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});

function show(messages = MESSAGES, fetch?: typeof globalThis.fetch) {
  const conversation = new Conversation({
    threadId: THREAD,
    messages,
    pause: async () => undefined,
    ...(fetch && { fetch }),
  });
  render(
    <SWRConfig value={{ provider: () => new Map(), dedupingInterval: 0 }}>
      <ConversationView {...{ conversation, messagesCode }} threadId={THREAD} title="Memory" />
    </SWRConfig>,
  );
  return conversation;
}

const chip = (n: number) => screen.getByRole('button', { name: new RegExp(`^Source ${n},`) });
const panel = () => screen.getByRole('complementary');
const marks = () => [...panel().querySelectorAll('mark')].map(({ textContent }) => textContent);

describe('the document of the last answer', () => {
  const scoped = answer([
    {
      type: 'tool-searchNotes',
      toolCallId: 'call-1',
      state: 'output-available',
      input: { query: 'memory', limit: null, courseId: null, filters: null, purpose: null },
      output: {
        chunks: [],
        evidence: { score: 1, band: 'strong', missing: [] },
        documents: 1,
        scope: [{ docId: first.docId, title: 'memory.md' }],
        absent: null,
        table: null,
        unread: [],
        mended: [],
      },
    },
    textPart('It holds seven.'),
  ]);

  it('stands at the box, goes with the next question, and is left for all notes', async () => {
    const conversation = show([question('What does memory.md say?'), scoped]);
    expect(screen.getByText('memory.md')).toBeTruthy();
    await act(() => conversation.ask('And how long?'));
    expect(api.calls.at(-1)?.body).toMatchObject({ docId: first.docId });
    fireEvent.click(screen.getByRole('button', { name: 'Ask all my notes' }));
    expect(screen.queryByText('memory.md')).toBeNull();
    await act(() => conversation.ask('And how much?'));
    expect(api.calls.at(-1)?.body).not.toHaveProperty('docId');
  });
});

it('keeps to the notes that were chosen before the first question', async () => {
  const conversation = show([]);
  const chosen = { course: 'Biology', docIds: [] };
  conversation.chosen = { ...chosen, title: 'Biology' };
  await act(() => conversation.ask('What is osmosis?'));
  expect(api.calls.at(-1)?.body).toMatchObject({ within: chosen });
});

it('an answer that asks which document is answered by a press', async () => {
  const title = 'Cells and tissues';
  api.answer = ({ path }) =>
    Response.json(
      path === '/api/documents' ? { documents: [{ id: 'a', title, status: 'ready' }], next: null } : {},
    );
  show([question('Quiz me'), answer([textPart('On which topic or document should the questions be?')])]);
  fireEvent.click(await screen.findByRole('button', { name: title }));
  await waitFor(() => expect(api.calls.at(-1)?.body).toMatchObject({ message: title }));
});

describe('a question that is asked otherwise', () => {
  const asked: ClervaMessage = {
    ...question('How much does it hold?'),
    metadata: { versions: ['question-0', 'question-1'] } as unknown as ClervaMessage['metadata'],
  };
  const field = () =>
    screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'The question in other words' });
  const pencil = () => screen.getByRole('button', { name: 'Edit the question' });

  it('is changed in its place: Escape leaves it, Enter asks, and what cannot begin stays in the field', async () => {
    show([asked, answer([textPart('Seven.')])]);
    fireEvent.click(pencil());
    expect(document.activeElement).toBe(field());
    expect(field().value).toBe('How much does it hold?');
    fireEvent.change(field(), { target: { value: 'Something else?' } });
    fireEvent.keyDown(field(), { key: 'Escape' });
    await waitFor(() => expect(document.activeElement).toBe(pencil()));
    expect(posts()).toEqual([]);

    fireEvent.click(pencil());
    fireEvent.change(field(), { target: { value: 'How long does it hold?' } });
    fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
    fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true });
    expect(posts()).toEqual([]);
    await act(async () => void fireEvent.keyDown(field(), { key: 'Enter' }));
    expect(api.calls.at(-1)?.body).toMatchObject({ message: 'How long does it hold?', edits: 'question-1' });
    await waitFor(() => expect(field().value).toBe('How long does it hold?'));
    expect(screen.getByText('Seven.')).toBeTruthy();
  });

  it('is walked through its versions by buttons that say where one is', async () => {
    show([asked, answer([textPart('Seven.')])]);
    const group = screen.getByRole('group', { name: 'Versions of this question' });
    expect(group.textContent).toContain('Version 2 of 2');
    const [earlier, later] = within(group).getAllByRole('button');
    expect(later?.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(later as HTMLElement);
    expect(api.calls.filter(({ method }) => method === 'PUT')).toEqual([]);
    fireEvent.click(earlier as HTMLElement);
    await waitFor(() =>
      expect(api.calls.at(-1)).toMatchObject({ method: 'PUT', body: { messageId: 'question-0' } }),
    );
  });
});

describe('the passage panel', () => {
  it('opens at the quote, marks exactly its words and says what that proves', async () => {
    show();
    fireEvent.click(chip(1));
    await waitFor(() => expect(marks()).toEqual([first.quote]));
    expect(panel().getAttribute('aria-label')).toBe('Passage 1 of 3');
    expect(within(panel()).getAllByText('page 244 of 334')).toBeTruthy();
    expect(panel().textContent).toContain('Verifiedthese exact words are on page 244');
    const link = within(panel()).getByRole('link', { name: 'Open document' });
    expect(link.getAttribute('href')).toBe(`/library/${first.docId}?p=244&from=1011&to=1055`);
  });

  it('marks nothing when the words are not on the page, and says so', async () => {
    show();
    fireEvent.click(chip(2));
    await waitFor(() =>
      expect(panel().textContent).toContain('I found the page, not the exact words, so nothing is marked.'),
    );
    expect(marks()).toEqual([]);
    expect(panel().textContent).not.toContain('Verified');
  });

  it('walks with brackets and closes with Escape, giving the focus back to the chip it stands at', async () => {
    show();
    fireEvent.click(chip(1));
    fireEvent.keyDown(document.body, { key: ']' });
    fireEvent.keyDown(document.body, { key: ']' });
    expect(panel().getAttribute('aria-label')).toBe('Passage 3 of 3');
    fireEvent.keyDown(document.body, { key: ']' });
    fireEvent.keyDown(document.body, { key: '[' });
    expect(panel().getAttribute('aria-label')).toBe('Passage 2 of 3');
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(screen.queryByRole('complementary')).toBeNull();
    expect(document.activeElement).toBe(chip(2));
  });

  it('walks only one kind of proof after a press on the proof line', () => {
    show();
    fireEvent.click(screen.getByRole('button', { name: '2 verified' }));
    expect(panel().getAttribute('aria-label')).toBe('Passage 1 of 2');
    fireEvent.keyDown(document.body, { key: ']' });
    expect(chip(3).getAttribute('aria-expanded')).toBe('true');
  });

  it('says that the document is gone, and keeps the words the answer quoted', async () => {
    pageStatus = 404;
    show();
    fireEvent.click(chip(1));
    await waitFor(() => expect(panel().textContent).toContain('no longer in your library'));
    expect(panel().textContent).toContain(first.quote);
    expect(marks()).toEqual([]);
  });
});

describe('the box', () => {
  const box = () => screen.getByRole<HTMLTextAreaElement>('textbox');

  it('sends once for two presses, and keeps the text with the sentence when it cannot', async () => {
    show();
    fireEvent.change(box(), { target: { value: 'And why?' } });
    await act(async () => {
      fireEvent.keyDown(box(), { key: 'Enter' });
      fireEvent.keyDown(box(), { key: 'Enter' });
    });
    await waitFor(() =>
      expect(screen.getByRole('alert').textContent).toContain('The model does not answer.'),
    );
    expect(posts()).toEqual(['/api/ai-agent/chat']);
    expect(box().value).toBe('And why?');
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2));
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it('does not send while an input method chooses a word, nor on shift and Enter', () => {
    show();
    fireEvent.change(box(), { target: { value: '記憶' } });
    fireEvent.keyDown(box(), { key: 'Enter', isComposing: true });
    fireEvent.keyDown(box(), { key: 'Enter', keyCode: 229 });
    fireEvent.keyDown(box(), { key: 'Enter', shiftKey: true });
    expect(posts()).toEqual([]);
  });

  it('brings the last question back with the arrow in an empty box', () => {
    show();
    fireEvent.keyDown(box(), { key: 'ArrowUp' });
    expect(box().value).toBe('How much does it hold?');
  });
});

it('keeps a stopped answer and says where it ended', () => {
  show([question('Long?'), answer([textPart('So far')], { status: 'stopped' })]);
  expect(screen.getByText('stopped here')).toBeTruthy();
});

it('says that an answer was stopped before its first word, and offers to ask again', () => {
  show([question('Long?'), answer([], { status: 'stopped' })]);
  expect(screen.getByText(/^Stopped before an answer/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Ask again' })).toBeTruthy();
});

describe('what stands in the box', () => {
  const box = () => screen.getByRole<HTMLTextAreaElement>('textbox');
  const type = (value: string) => fireEvent.change(box(), { target: { value } });
  const press = () => act(async () => void fireEvent.keyDown(box(), { key: 'Enter' }));
  const KEY = `clerva-draft  ${THREAD}`;
  const reload = () => {
    cleanup();
    show();
  };
  let turns = 1;
  const turn = (...chunks: unknown[]) =>
    vi.fn(
      async () =>
        new Response(
          [{ type: 'start', messageId: `answer-${++turns}`, messageMetadata: answer([]).metadata }, ...chunks]
            .map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)
            .join(''),
          { headers: { 'content-type': 'text/event-stream' } },
        ),
    );

  it('is kept over a reload, until it is emptied', () => {
    show();
    type('Half a thought');
    reload();
    expect(box().value).toBe('Half a thought');
    type('');
    reload();
    expect(box().value).toBe('');
  });

  it.each([
    ['was answered', [{ type: 'finish', messageMetadata: answer([]).metadata }]],
    ['broke off', [{ type: 'error', errorText: 'The answer broke off.' }]],
  ])('is gone once it was asked and %s', async (_name, chunks) => {
    show(MESSAGES, turn(...chunks));
    type('And why?');
    await press();
    await waitFor(() => expect(screen.queryByText('And why?')?.closest('article')).toBeTruthy());
    expect(window.localStorage).toHaveLength(0);
    reload();
    expect(box().value).toBe('');
  });

  it('is kept over a reload when it was refused', async () => {
    show();
    type('And why?');
    await press();
    await waitFor(() => expect(screen.getByRole('alert')).toBeTruthy());
    reload();
    expect(box().value).toBe('And why?');
  });

  it('is not for another student of the same device, nor forgotten by a tab that kept other words', async () => {
    show(MESSAGES, turn({ type: 'finish', messageMetadata: answer([]).metadata }));
    type('Here');
    window.localStorage.setItem(KEY, 'In another tab');
    window.localStorage.setItem(`clerva-draft somebody ${THREAD}`, 'Not yours');
    await press();
    reload();
    expect(box().value).toBe('In another tab');
  });

  it('leaves nothing behind where a new conversation gets its thread', async () => {
    const conversation = show();
    const threadId = vi.spyOn(conversation, 'threadId', 'get').mockReturnValue(undefined);
    type('Next: ho');
    threadId.mockReturnValue(THREAD);
    type('Next: how?');
    expect({ ...window.localStorage }).toEqual({ [KEY]: 'Next: how?' });
  });

  it('goes with its conversation', async () => {
    window.localStorage.setItem(KEY, 'Half a thought');
    await deleteThread(THREAD);
    expect(window.localStorage).toHaveLength(0);
  });

  it('stays while what waited is asked, which itself outlives a reload and loses nothing to a second one', async () => {
    const answers = turn({ type: 'finish', messageMetadata: answer([]).metadata });
    const { promise: held, resolve: finish } = Promise.withResolvers<void>();
    const conversation = show(MESSAGES, () => held.then(answers));
    for (const question of ['Now', 'First', 'Second']) {
      type(question);
      await press();
    }
    type('A thought');
    expect(window.localStorage.getItem(KEY)).toBe('First\nSecond\nA thought');
    finish();
    await waitFor(() =>
      expect(conversation.chat.messages.map(({ parts }) => messageText(parts))).toContain('First\nSecond'),
    );
    expect(box().value).toBe('A thought');
  });

  it('waits on while the answer before it asks something', async () => {
    const asks = [
      {
        type: 'tool-input-available',
        toolCallId: 'call',
        toolName: 'sendNudge',
        input: { message: 'Eight?' },
      },
      { type: 'tool-approval-request', toolCallId: 'call', approvalId: 'approval' },
      { type: 'finish', messageMetadata: answer([]).metadata },
    ];
    const answers = turn({ type: 'finish', messageMetadata: answer([]).metadata });
    const first = turn(...asks);
    const { promise: held, resolve: finish } = Promise.withResolvers<void>();
    show(
      MESSAGES,
      vi.fn(answers).mockImplementationOnce(() => held.then(first)),
    );
    for (const question of ['Send it', 'Next']) {
      type(question);
      await press();
    }
    finish();
    expect(await screen.findByRole('button', { name: 'Do not send' })).toBeTruthy();
    expect(screen.getByText('Asked when this answer is done')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Do not send' }));
    await waitFor(() => expect(screen.queryByText('Asked when this answer is done')).toBeNull());
  });
});

describe('an answer that failed', () => {
  const CASES = [
    ['a cut', 'model_interrupted', true],
    ['a filter', 'model_filtered', false],
    ['a quota', 'model_quota', false],
    ['a refusal', 'model_refused', false],
    ['a busy model', 'model_rate_limited', true],
  ] as const;

  it.each(CASES)('says what stopped it: %s', (_name, errorCode, goesOn) => {
    show([question('How much?'), answer([textPart('Half an ans')], { status: 'error', errorCode })]);
    expect(screen.getByText('Half an ans')).toBeTruthy();
    expect(screen.getByText(ERRORS[errorCode].message)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Continue' }) !== null).toBe(goesOn);
  });

  it('and fails again when it is continued says why again, in the words that came with it', async () => {
    const broken = answer([], { status: 'error', errorCode: 'model_unavailable' });
    const said = 'The model is busy. Try again in 40 seconds.';
    const metadata = { ...broken.metadata, errorCode: 'model_rate_limited' };
    const chunks = [
      { type: 'start', messageId: 'answer-2', messageMetadata: { ...metadata, status: 'streaming' } },
      { type: 'message-metadata', messageMetadata: metadata },
      { type: 'error', errorText: said },
    ];
    const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
    const stored = [question('How much?'), { ...broken, status: 'error' }];
    const fetch = vi.fn(async (_url: unknown, init?: RequestInit) =>
      init?.method === 'POST'
        ? new Response(events, { headers: { 'content-type': 'text/event-stream' } })
        : Response.json({
            isAnswering: false,
            messages: stored.map((message) => ({ metadata: {}, status: 'done', ...message })),
          }),
    );
    show(stored, fetch);
    for (let press = 0; press < 2; press++) {
      fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
      expect(await screen.findByText(said)).toBeTruthy();
      expect(screen.queryByText(/connection/)).toBeNull();
    }
  });
});

it('offers to go on after an answer broke off', () => {
  show([question('Long?'), answer([textPart('So far')], { status: 'error' })]);
  expect(screen.getByRole('alert').textContent).toContain('The answer broke off. What arrived is kept.');
  expect(screen.getByRole('button', { name: 'Continue' })).toBeTruthy();
});

it('takes the answer of the study brain for what it is', () => {
  show([question('Q'), answer([textPart('A')], { model: 'clerva-study-brain' })]);
  expect(screen.getByText('offline brain')).toBeTruthy();
  expect(messageText(MESSAGES[1]?.parts ?? [])).toContain('seven');
});

describe('a question whose file is still read', () => {
  const ID = '33333333-3333-4333-8333-333333333333';
  let status = 'processing';
  const asked = () => api.calls.filter(({ path }) => path === '/api/ai-agent/chat').map(({ body }) => body);

  /** Attaches a file that arrives and is read for as long as `status` says, and asks about it. */
  async function askWithFile() {
    status = 'processing';
    api.answer = ({ path, method }) => {
      if (path.endsWith('/sign')) {
        return Response.json({ attachmentId: ID, upload: { signedUrl: 'https://store/put' } });
      }
      if (path.includes('/attach/') && method !== 'DELETE') {
        const error = status === 'error' ? { code: 'file_damaged', message: 'It is damaged.' } : null;
        const fields = { id: ID, fileName: 'a.md', mimeType: 'text/markdown', sizeBytes: 4, progress: 1 };
        return Response.json({ attachment: { ...fields, status, error } });
      }
      return refusal(500, 'The model does not answer.');
    };
    const put = vi.spyOn(browserTransport, 'put').mockResolvedValue();
    const conversation = show();
    conversation.attaching.add([new File(['text'], 'a.md')]);
    const box = screen.getByRole('textbox');
    fireEvent.change(box, { target: { value: 'What does it say?' } });
    fireEvent.keyDown(box, { key: 'Enter' });
    const waiting = await screen.findByRole('article', { name: 'Your next question' });
    expect(waiting.textContent).toContain('Asked when a.md is read');
    expect(asked()).toEqual([]);
    put.mockRestore();
    return { waiting, box };
  }

  it('is asked by itself, with the file, once that is ready', async () => {
    await askWithFile();
    status = 'ready';
    await waitFor(
      () => expect(asked()).toMatchObject([{ message: 'What does it say?', attachments: [ID] }]),
      {
        timeout: 3_000,
      },
    );
  });

  it('says that the file cannot go with it, and is asked without it only when told so', async () => {
    const { waiting } = await askWithFile();
    status = 'error';
    await waitFor(() => expect(waiting.textContent).toContain('Not asked yet: a.md cannot go with it'), {
      timeout: 3_000,
    });
    expect(asked()).toEqual([]);
    fireEvent.click(within(waiting).getByRole('button', { name: 'Ask without' }));
    await waitFor(() => expect(asked()).toHaveLength(1));
    expect(asked()[0]).not.toHaveProperty('attachments');
  });

  it('comes back to the box with Escape', async () => {
    const { box } = await askWithFile();
    fireEvent.keyDown(window, { key: 'Escape' });
    expect(screen.queryByRole('article', { name: 'Your next question' })).toBeNull();
    expect(box).toHaveProperty('value', 'What does it say?');
    expect(asked()).toEqual([]);
  });
});
