// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { describe, expect, test, vi } from 'vitest';
import { fakeApi, refusal } from '@/components/client/test-api';
import { messagesOf } from '@/lib/language/catalogues';
import { TextProvider } from '@/lib/language/use-text';
import { Facets } from './insight-parts';
import { InsightView } from './insight-view';
import { INES, insight } from './test-people';

vi.mock('@/components/live/use-presence-of', () => ({ usePresenceOf: () => undefined }));

const api = fakeApi(({ method }) =>
  method === 'GET' ? Response.json(insight()) : Response.json(sent, { status: 201 }),
);
const { calls } = api;
const sentBy = () => calls.filter(({ path, method }) => path === '/api/nudges' && method === 'POST');
const sent = {
  nudgeId: 'n',
  sentAt: '2026-11-21T12:00:00Z',
  toName: 'Inês',
  deliverAt: null,
  duplicate: false,
};
const show = (initial = insight(), ownName: string | null = 'Maya') => {
  const old = api.answer;
  api.answer = (call) => (call.method === 'GET' ? Response.json(initial) : old(call));
  return render(
    <SWRConfig value={{ provider: () => new Map(), revalidateOnFocus: false }}>
      <InsightView initial={initial} channels={[]} ownName={ownName} />
    </SWRConfig>,
  );
};
const message = () => screen.getByLabelText<HTMLTextAreaElement>('Ask Inês');

describe('a person who is open', () => {
  test('shows the fit, and what is not known as not known', () => {
    show();
    expect(screen.getByRole('heading', { name: 'A fair fit, with times to meet' })).toBeTruthy();
    expect(screen.getByText('not known')).toBeTruthy();
    expect(screen.getByText(/60% in all/)).toBeTruthy();
    expect(screen.getByText(/40% of the fit: You both study Psychology/)).toBeTruthy();
    expect(screen.getByText(/Worth knowing: Your free times meet only twice/)).toBeTruthy();
  });

  test('writes the shares of the fit as the language does', () => {
    render(
      <TextProvider language="de" messages={messagesOf('de', ['people', 'told'])}>
        <Facets insight={insight()} />
      </TextProvider>,
    );
    const shares = document.body.textContent?.match(/\d+\s?%/g) ?? [];
    expect(shares.length).toBeGreaterThan(3);
    expect(shares.filter((share) => !share.includes('\u00a0'))).toEqual([]);
  });

  test('offers times on both clocks, the unsure ones as a maybe', () => {
    show();
    expect(screen.getByRole('radio', { name: /Sat 21 Nov, 18:00.*17:00 for them/ })).toBeTruthy();
    expect(
      screen.getByRole('radio', { name: /Tue 24 Nov, 00:30, maybe.*Mon 23 Nov, 23:30 for them/ }),
    ).toBeTruthy();
  });

  test('offers to start now when both are free', () => {
    show(insight({ canStudyNow: true, minutesNow: 40, draftMessage: 'Hi Inês, 25 minutes now?' }));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Now, 40 min' }).checked).toBe(true);
    expect(screen.getByText('You are both free for the next 40 min')).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: /Sat 21 Nov/ }));
    expect(message().value).toBe('Hi Inês, 25 minutes on Sat 21 Nov, 17:00 your time?');
  });

  test('puts a chosen time into the message, and leaves what the student wrote themselves', () => {
    show();
    fireEvent.click(screen.getByRole('radio', { name: /Tue 24 Nov/ }));
    expect(message().value).toContain('on Mon 23 Nov, 23:30 your time?');
    fireEvent.change(message(), { target: { value: 'Shall we meet?' } });
    fireEvent.click(screen.getByRole('radio', { name: /Sat 21 Nov/ }));
    expect(message().value).toBe('Shall we meet?');
  });

  test('says everything that the other will see', () => {
    show();
    expect(
      screen.getByText('Inês sees your name, Maya, this text, and Encoding · 25 min · Sat 21 Nov, 18:00.'),
    ).toBeTruthy();
  });

  test('sends once, however often Send is pressed', async () => {
    show();
    const button = screen.getByRole('button', { name: 'Send' });
    fireEvent.click(button);
    fireEvent.click(button);
    fireEvent.submit(button.closest('form') ?? button);
    await screen.findByText('Sent to Inês');
    expect(sentBy()).toEqual([
      {
        path: '/api/nudges',
        method: 'POST',
        body: {
          toUserId: INES,
          message: insight().draftMessage,
          nudgeType: 'study_invite',
          metadata: { minutes: 25, topic: 'Encoding', whenISO: '2026-11-21T18:00:00.000Z' },
        },
      },
    ]);
  });

  test('says when a message waits for the end of quiet hours', async () => {
    const deliverAt = new Date(Date.now() + 60_000).toISOString();
    api.answer = () => Response.json({ ...sent, deliverAt }, { status: 201 });
    show();
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(await screen.findByText(/Inês has quiet hours\. It arrives /)).toBeTruthy();
  });

  test('keeps the text and says why when it could not be sent', async () => {
    api.answer = () => refusal(429, 'Today’s limit is reached. It starts again at midnight.');
    show();
    fireEvent.change(message(), { target: { value: 'Join me?' } });
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect((await screen.findByRole('alert')).textContent).toContain('limit is reached');
    expect(message().value).toBe('Join me?');
  });

  test('does not send nothing', async () => {
    show();
    fireEvent.change(message(), { target: { value: '   ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect((await screen.findByRole('alert')).textContent).toBe('Write a few words first.');
    expect(sentBy()).toEqual([]);
  });

  test.each([
    ['here by now', 'studying', 1],
    ['what was shown', insight().currentActivity, 0],
  ])('is asked for anew where the list beside it says %s', async (_what, currentActivity, asked) => {
    const initial = insight();
    const list = {
      here: { users: currentActivity ? [{ ...initial, currentActivity }] : [] },
      matches: [initial],
    };
    api.answer = () => Response.json(initial);
    render(
      <SWRConfig value={{ provider: () => new Map([['/api/people', { data: list }]]) }}>
        <InsightView initial={initial} channels={[]} ownName="Maya" />
      </SWRConfig>,
    );
    await new Promise((done) => setTimeout(done, 20));
    expect(calls.map(({ path }) => path)).toEqual(Array(asked).fill(`/api/people/${initial.userId}`));
  });

  test('who hides while they are open is not shown any more', async () => {
    const initial = insight();
    api.answer = () => refusal(404, 'There is nothing here, or it is not yours.');
    render(
      <SWRConfig value={{ provider: () => new Map(), focusThrottleInterval: 0 }}>
        <InsightView initial={initial} channels={[]} ownName="Maya" />
      </SWRConfig>,
    );
    // The page looks again when it is turned to.
    fireEvent.focus(window);
    expect(await screen.findByRole('heading', { name: 'There is nobody here to see' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Send' })).toBeNull();
  });

  test('is blocked at once, and unblocked in the same place', async () => {
    api.answer = () => new Response(null, { status: 204 });
    show();
    fireEvent.pointerDown(screen.getByRole('button', { name: 'More: block, report' }), {
      button: 0,
      ctrlKey: false,
    });
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Block Inês' }));
    await screen.findByRole('heading', { name: 'Inês is blocked' });
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Inês is blocked' })).toBeNull());
    const blocking = calls.filter(({ path }) => path.endsWith('/block')).map(({ method }) => method);
    expect(blocking).toEqual(['POST', 'DELETE']);
  });
});
