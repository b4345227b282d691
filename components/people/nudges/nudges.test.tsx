// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NudgeInbox } from '@/lib/db/queries/nudge';
import type { Nudge } from '@/lib/domain/nudge';
import { Inbox } from './inbox';
import { NudgeToasts } from './nudge-toasts';
import { mute, putOff, wake } from './quiet-store';
import { endOfDay, toastOf } from './toast-choice';

const push = vi.fn();
let pathname = '/';
vi.mock('next/navigation', () => ({ usePathname: () => pathname, useRouter: () => ({ push }) }));

const nudge = (change: Partial<Nudge> = {}): Nudge => ({
  id: 'a',
  direction: 'received',
  otherId: 'ines',
  otherName: 'Inês',
  type: 'study_invite',
  message: 'Join me?',
  status: 'sent',
  metadata: {},
  sentAt: '2026-11-21T12:00:00Z',
  deliverAt: null,
  respondedAt: null,
  ...change,
});
const inbox = (nudges: Nudge[], quietUntil: string | null = null): NudgeInbox => ({
  nudges,
  unread: nudges.filter(({ direction, status }) => direction !== 'sent' && status === 'sent').length,
  quietUntil,
});

describe('the message that asks for attention', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const moment = { snoozed: {}, mutedUntil: 0, now, inFocus: false };
  const newest = nudge({ id: 'new' });
  const oldest = nudge({ id: 'old' });

  test('is the one that waited longest, one at a time', () => {
    expect(toastOf(inbox([newest, oldest]), moment)?.id).toBe('old');
  });
  test('is none in focus modes, in quiet hours, or on a day that is muted', () => {
    expect(toastOf(inbox([newest]), { ...moment, inFocus: true })).toBeUndefined();
    expect(toastOf(inbox([newest], '2026-11-21T13:00:00Z'), moment)).toBeUndefined();
    expect(toastOf(inbox([newest]), { ...moment, mutedUntil: now + 1 })).toBeUndefined();
    expect(toastOf(inbox([newest]), { ...moment, mutedUntil: now - 1 })?.id).toBe('new');
  });
  test('is never one that was sent, read or answered', () => {
    const rest = [
      { direction: 'sent' as const },
      { status: 'read' },
      { status: 'accepted' },
      { status: 'declined' },
    ];
    expect(toastOf(inbox(rest.map(nudge)), moment)).toBeUndefined();
  });
  test('comes back when its snooze is over, unless it was answered', () => {
    const read = nudge({ status: 'read' });
    expect(toastOf(inbox([read]), { ...moment, snoozed: { a: now + 1 } })).toBeUndefined();
    expect(toastOf(inbox([read]), { ...moment, snoozed: { a: now - 1 } })?.id).toBe('a');
    expect(
      toastOf(inbox([nudge({ status: 'accepted' })]), { ...moment, snoozed: { a: now - 1 } }),
    ).toBeUndefined();
  });
  test('is muted until midnight', () => {
    const end = new Date(endOfDay(now));
    expect([end.getHours(), end.getMinutes(), end.getTime() > now]).toEqual([0, 0, true]);
  });
});

describe('on the page', () => {
  let stored: NudgeInbox;
  let refuse: boolean;
  const patches: unknown[] = [];
  beforeEach(() => {
    pathname = '/';
    push.mockClear();
    patches.length = 0;
    refuse = false;
    window.localStorage.clear();
    mute(0);
    for (const id of Object.keys(putOff().snoozed)) wake(id);
    stored = inbox([nudge()]);
    vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
      if (path === '/api/rooms') return Response.json({ roomId: 'r', code: 'ABC234', path: '/room/ABC234' });
      if (init.method !== 'PATCH')
        return Response.json({ due: 0, here: 0, inbox: stored, presence: null, threads: [] });
      const { status } = JSON.parse(String(init.body));
      patches.push(status);
      if (refuse)
        return Response.json({ title: 'The database does not answer.', code: 'x' }, { status: 503 });
      const answered = { ...nudge(), status };
      stored = inbox([answered]);
      return Response.json({ nudge: answered });
    });
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });
  const show = (what = <NudgeToasts />) =>
    render(<SWRConfig value={{ provider: () => new Map(), revalidateOnFocus: false }}>{what}</SWRConfig>);

  test('an invitation for now can be taken at once, which leads to the room where the other waits', async () => {
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Yes, now' }));
    await waitFor(() => expect(push).toHaveBeenCalledWith('/room/ABC234'));
    expect(patches).toEqual(['accepted']);
    expect(screen.queryByRole('button', { name: 'Yes, now' })).toBeNull();
  });

  test('Not now leaves it in the list, answered by nobody', async () => {
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Not now' }));
    await waitFor(() => expect(patches).toEqual(['read']));
    expect(push).not.toHaveBeenCalled();
  });

  test('Mute for today tells nobody and lasts on this device', async () => {
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Mute for today' }));
    await waitFor(() => expect(screen.queryByText('Join me?')).toBeNull());
    expect(patches).toEqual([]);
    expect(putOff().mutedUntil).toBeGreaterThan(Date.now());
  });

  test('an answer that could not be saved is taken back and said', async () => {
    refuse = true;
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Yes, now' }));
    expect((await screen.findByRole('alert')).textContent).toContain('does not answer');
    expect(push).not.toHaveBeenCalled();
  });

  test('nothing is shown during a quiz', async () => {
    pathname = '/practice/quiz/1';
    show();
    await new Promise((done) => setTimeout(done, 50));
    expect(screen.queryByText('Join me?')).toBeNull();
  });

  test('the inbox counts what is new, and an accepted one leads back to its sender', async () => {
    show(<Inbox />);
    await screen.findByText('1 new');
    fireEvent.click(screen.getByRole('button', { name: 'Yes' }));
    const link = await screen.findByRole('link', { name: 'Write back, or plan a time', hidden: true });
    expect(link.getAttribute('href')).toBe('/people/ines');
    expect(screen.queryByText('1 new')).toBeNull();
  });

  test('a snoozed message can be woken', async () => {
    show(<Inbox />);
    fireEvent.click(await screen.findByRole('button', { name: 'In an hour' }));
    fireEvent.click(await screen.findByRole('button', { name: /Snoozed here until \d\d:\d\d/ }));
    expect(await screen.findByRole('button', { name: 'In an hour' })).toBeTruthy();
    expect(patches).toEqual([]);
  });

  test('what a sender reads about a message held back is when it arrives', async () => {
    stored = inbox([nudge({ direction: 'sent', deliverAt: new Date(Date.now() + 60_000).toISOString() })]);
    show(<Inbox />);
    expect(await screen.findByText(/Quiet hours: arrives/)).toBeTruthy();
  });
});
