// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeApi } from '@/components/client/test-api';
import { Conversation } from './conversation';
import { ConversationView } from './conversation-view';
import { Messages } from './messages';

vi.mock('next/navigation', () => ({
  usePathname: () => '/ask',
  useRouter: () => ({ push: vi.fn(), replace: vi.fn(), refresh: vi.fn() }),
}));
vi.stubGlobal('matchMedia', () => ({
  matches: true,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}));

const api = fakeApi(({ method }) =>
  method === 'POST'
    ? Response.json({ title: 'The model does not answer.', code: 'model_unavailable' }, { status: 500 })
    : Response.json({}),
);
const posts = () => api.calls.filter(({ method }) => method === 'POST');

beforeEach(() => window.localStorage.clear());
afterEach(cleanup);

const box = () => screen.getByRole<HTMLTextAreaElement>('textbox');
const press = () => fireEvent.click(screen.getByRole('button', { name: 'Ask' }));

/** A page whose code for what is asked and answered is still on its way. */
function show(early?: string) {
  let arrive: (came: boolean) => void = () => undefined;
  let code: { Messages: typeof Messages } | undefined;
  const load = vi.fn(async () => {
    const came = await new Promise<boolean>((resolve) => {
      arrive = resolve;
    });
    if (!came) throw new Error('The code did not arrive.');
    code = { Messages };
  });
  const view = (
    <SWRConfig value={{ provider: () => new Map(), dedupingInterval: 0 }}>
      <ConversationView
        conversation={new Conversation({ pause: async () => undefined })}
        messagesCode={{ get: () => code, load }}
        threadId={undefined}
        title={null}
      />
    </SWRConfig>
  );
  if (early === undefined) render(view);
  else {
    const container = document.body.appendChild(document.createElement('div'));
    container.innerHTML = renderToString(view);
    const field = container.querySelector('textarea');
    if (field) field.value = early;
    render(view, { container, hydrate: true });
  }
  return { load, arrive: (came: boolean) => act(async () => arrive(came)) };
}

it('keeps what was typed before the page could listen, behind what was kept from another visit', () => {
  show('What is memory?');
  expect(box().value).toBe('What is memory?');
  cleanup();
  show('And why?');
  expect(box().value).toBe('What is memory?\nAnd why?');
});

it('loads nothing to ask with until something is pressed or typed', () => {
  const { load } = show();
  expect(load).not.toHaveBeenCalled();
  fireEvent.keyDown(box(), { key: 'a' });
  expect(load).toHaveBeenCalledOnce();
});

it('keeps a question while what sends it is on its way, and sends it once', async () => {
  const { arrive } = show();
  fireEvent.change(box(), { target: { value: 'What is memory?' } });
  press();
  press();
  expect(screen.getByRole('article', { name: 'Your next question' }).textContent).toContain(
    'What is memory?',
  );
  expect(screen.getByText('Asked in a moment')).toBeTruthy();
  expect(Object.values(window.localStorage)).toContain('What is memory?');
  expect(posts()).toEqual([]);
  await arrive(true);
  await waitFor(() => expect(posts()).toHaveLength(1));
  expect(posts()[0]?.body).toMatchObject({ message: 'What is memory?' });
});

it('gives a question back to the box where what sends it does not arrive, and asks it at the next press', async () => {
  const { arrive } = show();
  fireEvent.change(box(), { target: { value: 'What is memory?' } });
  press();
  await arrive(false);
  await waitFor(() => expect(box().value).toBe('What is memory?'));
  expect(screen.getByText(/The connection did not hold/)).toBeTruthy();
  expect(posts()).toEqual([]);
  // The same words at once would be a double press.
  fireEvent.change(box(), { target: { value: 'What is memory made of?' } });
  press();
  await arrive(true);
  await waitFor(() => expect(posts()).toHaveLength(1));
});
