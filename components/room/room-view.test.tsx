// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newTimer, type Room, type RoomMessage, type Timer } from '@/lib/domain/room';
import { actOnTimer } from '@/lib/study/room/timer';
import { CodeField } from './room-entry';
import { RoomRecap } from './room-recap';
import { RoomView } from './room-view';
import { memberWith, NOW, raceWith, roomWith } from './test-room';

const router = { refresh: vi.fn(), push: vi.fn() };
vi.mock('next/navigation', () => ({ useRouter: () => router }));

type Handlers = {
  onBroadcast: (event: string, payload: unknown) => void;
  onJoined: (channel: unknown) => void;
};
let topic: { name: string | undefined; handlers: Handlers | undefined };
vi.mock('@/components/live/use-topic', () => ({
  useTopic: (name: string | undefined, handlers: Handlers) => {
    topic = { name, handlers };
    return { isJoined: true, send: async () => true };
  },
}));
vi.mock('@/components/live/live-provider', () => ({
  useLive: () => ({ client: undefined, status: 'live', userId: 'me' }),
}));
vi.mock('@/components/ui/tooltip', () => ({ Tooltip: ({ children }: { children: ReactNode }) => children }));

/** The routes of one room: messages are numbered as they come, one for each client id. */
function server(room: Room) {
  const state = { room, isOffline: false, refusal: null as Response | null, said: [] as RoomMessage[] };
  const posts: { path: string; body: Record<string, unknown> }[] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (state.isOffline) throw new TypeError('Failed to fetch');
    if (init?.method !== 'POST') return Response.json({ room: { ...state.room, messages: state.said } });
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : {};
    posts.push({ path, body });
    if (state.refusal) return state.refusal.clone();
    if (path.endsWith('/timer')) {
      const timer = actOnTimer(state.room.timer ?? newTimer(), body.act, Date.parse(NOW)) as Timer;
      state.room = { ...state.room, timer, revision: state.room.revision + 1 };
      return Response.json({ changed: true, timer, revision: state.room.revision, now: NOW });
    }
    if (path.endsWith('/race')) {
      state.room = { ...state.room, race: raceWith({ startedBy: 'me' }) };
      return Response.json({ race: state.room.race, now: NOW });
    }
    if (path.endsWith('/answers')) {
      const race = state.room.race ?? raceWith();
      const items = race.items.map((item) =>
        item.id === body.itemId ? { ...item, mine: String(body.optionId), answer: 'b' } : item,
      );
      const racers = race.racers.map((racer) =>
        racer.userId === 'me' ? { ...racer, right: 1, answered: 1, lastRightAt: NOW } : racer,
      );
      state.room = { ...state.room, race: { ...race, items, racers } };
      return Response.json({ race: state.room.race, now: NOW });
    }
    if (path.endsWith('/messages')) {
      const known = state.said.find(({ clientId }) => clientId === body.clientId);
      const message = known ?? { ...body, seq: state.said.length + 1, userId: 'me', createdAt: NOW };
      if (!known) state.said.push(message);
      return Response.json({ message });
    }
    return Response.json({ changed: true, now: NOW });
  });
  return { state, posts };
}
const show = (room: Room) => {
  const made = server(room);
  render(<RoomView initial={room} />);
  return made;
};
const say = (text: string) => {
  const box = screen.getByRole('textbox', { name: 'Say something to the room' });
  fireEvent.change(box, { target: { value: text } });
  fireEvent.keyDown(box, { key: 'Enter' });
};
const tell = (event: string, payload: unknown) =>
  act(async () => topic.handlers?.onBroadcast(event, payload));

beforeEach(() => {
  localStorage.clear();
  router.refresh.mockReset();
  router.push.mockReset();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a room', () => {
  test('shows the clock, the seats with their goals, and one ink button', () => {
    show(roomWith());
    expect(screen.getByRole('timer').getAttribute('data-clock')).toBe('25:00');
    const seats = within(screen.getByRole('list', { name: 'Seats' }));
    expect(seats.getByText('14 cards')).toBeTruthy();
    expect(seats.getByText('3 seats free')).toBeTruthy();
    expect(topic.name).toBe('room:channel');
    expect(
      screen.getAllByRole('button').filter(({ className }) => className.includes('bg-ink ')),
    ).toHaveLength(1);
  });

  test('starts the clock with the revision that is shown, and takes the clock of others over', async () => {
    const { posts } = show(roomWith());
    fireEvent.click(screen.getByRole('button', { name: 'Start' }));
    await screen.findAllByText('Focus, round 1 of 3');
    expect(posts.find(({ path }) => path.endsWith('/timer'))?.body).toEqual({
      act: { action: 'start' },
      revision: 0,
    });
    const timer = { ...newTimer(), phase: 'break', startedAt: NOW };
    await tell('timer', { timer, revision: 2, by: 'other', action: 'skip' });
    await screen.findAllByText('Break after round 1 of 3');
    expect(screen.getByText('Ben skipped ahead')).toBeTruthy();
    // What was overtaken on the way changes nothing.
    await tell('timer', { timer: newTimer(), revision: 1, by: 'other', action: 'rhythm' });
    expect(screen.getAllByText('Break after round 1 of 3').length).toBeGreaterThan(0);
  });

  test('announces a phase and not the seconds', async () => {
    show(roomWith());
    const timer = { ...newTimer(), phase: 'focus', startedAt: NOW };
    await tell('timer', { timer, revision: 1, by: 'other', action: 'start' });
    await waitFor(() =>
      expect(
        screen.getAllByRole('status').some(({ textContent }) => textContent === 'Focus, round 1 of 3'),
      ).toBe(true),
    );
    expect(screen.getByRole('timer').closest('[aria-live]')).toBeNull();
  });

  test('shows what is said at once, and the same message once when it also comes by the channel', async () => {
    const { state } = show(roomWith());
    say('Shall we start?');
    const log = within(screen.getByRole('log'));
    expect(log.getByText('Shall we start?')).toBeTruthy();
    await waitFor(() => expect(state.said).toHaveLength(1));
    await tell('message', state.said[0]);
    await waitFor(() => expect(log.queryByText(/Sending/)).toBeNull());
    expect(log.getAllByText('Shall we start?')).toHaveLength(1);
  });

  test('keeps what is written offline and sends it once, in order', async () => {
    const { state } = show(roomWith());
    state.isOffline = true;
    say('first');
    say('second');
    await screen.findByText('Goes out when the connection is back');
    state.isOffline = false;
    await act(async () => {
      window.dispatchEvent(new Event('online'));
    });
    await waitFor(() => expect(state.said.map(({ body }) => body)).toEqual(['first', 'second']));
    expect(screen.queryByText('Goes out when the connection is back')).toBeNull();
  });

  test('sends what waited when the page was left as soon as it is there again', async () => {
    const before = show(roomWith());
    before.state.isOffline = true;
    say('written before');
    await screen.findByText('Goes out when the connection is back');
    cleanup();
    const { state } = show(roomWith());
    await waitFor(() => expect(state.said.map(({ body }) => body)).toEqual(['written before']));
    await waitFor(() => expect(Object.keys(localStorage).filter((key) => /said/.test(key))).toEqual([]));
  });

  test('says why a message was refused and sends it again when asked', async () => {
    const { state } = show(roomWith());
    state.refusal = Response.json({ title: 'Not like this.', code: 'invalid_request' }, { status: 400 });
    say('hello');
    await screen.findByText(/Not sent/);
    state.refusal = null;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(state.said).toHaveLength(1));
  });

  test('asks for what it missed when a number is left out', async () => {
    const { state } = show(roomWith());
    state.said = [1, 2, 3].map((seq) => ({
      seq,
      clientId: `c${seq}`,
      userId: 'other',
      body: `m${seq}`,
      createdAt: NOW,
    }));
    await tell('message', state.said[2]);
    await screen.findByText('m1');
    expect(screen.getAllByText(/^m\d$/).map(({ textContent }) => textContent)).toEqual(['m1', 'm2', 'm3']);
  });

  test('is left by the button at once, by the key after a question, and the last one is asked by both', async () => {
    const { posts } = show(roomWith());
    const left = () => posts.filter(({ body }) => body.action === 'leave').length;
    fireEvent.keyDown(document.body, { key: 'l' });
    await screen.findByText('Leave the room?');
    expect(left()).toBe(0);
    fireEvent.click(screen.getByRole('button', { name: 'Stay' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Leave' }));
    await waitFor(() => expect(left()).toBe(1));
    await waitFor(() => expect(router.refresh).toHaveBeenCalled());
    cleanup();
    const alone = show(roomWith({ members: [memberWith('me')] }));
    fireEvent.click(screen.getByRole('button', { name: 'Leave' }));
    await screen.findByText(/You are the last one here/);
    expect(alone.posts.filter(({ body }) => body.action === 'leave')).toHaveLength(0);
  });

  test('is left after what was said last is out', async () => {
    const { state, posts } = show(roomWith());
    say('one');
    say('two');
    fireEvent.click(screen.getByRole('button', { name: 'Leave' }));
    await waitFor(() => expect(posts.some(({ body }) => body.action === 'leave')).toBe(true));
    expect(state.said.map(({ body }) => body)).toEqual(['one', 'two']);
  });

  test('takes two different presses in a row, and the same one twice as one', async () => {
    const timer = { ...newTimer(), phase: 'focus' as const, startedAt: NOW, pausedAt: NOW };
    const { posts } = show(roomWith({ timer }));
    fireEvent.click(screen.getByRole('button', { name: 'Go on' }));
    fireEvent.click(screen.getByRole('button', { name: 'Go on' }));
    fireEvent.click(screen.getByRole('button', { name: 'To the break' }));
    await screen.findAllByText('Break after round 1 of 3');
    const turned = posts.filter(({ path }) => path.endsWith('/timer')).map(({ body }) => body);
    expect(turned).toEqual([
      { act: { action: 'resume' }, revision: 0 },
      { act: { action: 'skip' }, revision: 1 },
    ]);
  });

  test('typing an l in the box leaves nothing', () => {
    show(roomWith());
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'l' });
    expect(screen.queryByText('Leave the room?')).toBeNull();
  });

  test('gives way to the page when the seat is gone', async () => {
    const { state } = show(roomWith());
    state.room = roomWith({ access: 'left' });
    await tell('room', {});
    await waitFor(() => expect(router.refresh).toHaveBeenCalled());
  });

  test('ignores what makes no sense in the channel', async () => {
    show(roomWith());
    for (const payload of [null, 'x', {}, { seq: 'one' }, { timer: 7 }]) {
      await tell('message', payload);
      await tell('timer', payload);
      await tell('unheard of', payload);
    }
    expect(screen.getByRole('timer').getAttribute('data-clock')).toBe('25:00');
  });
});

describe('a race', () => {
  const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
  const panel = async () => within(await screen.findByRole('region', { name: 'Race' }));

  test('is begun once the student knows what the others see, and answered once however often it is pressed', async () => {
    const { posts } = show(roomWith());
    press('Race: five questions');
    expect(posts.filter(({ path }) => path.endsWith('/race'))).toEqual([]);
    expect(screen.getByText(/titles of your files, not the passages/)).toBeTruthy();
    press('Start the race');
    const race = await panel();
    expect(race.getByText(/^Question 1 of 2/)).toBeTruthy();
    // The clock goes on behind it.
    expect(screen.queryByRole('timer')).toBeTruthy();
    // Choosing is not answering.
    fireEvent.click(race.getByRole('radio', { name: /q1 a/ }));
    fireEvent.click(race.getByRole('radio', { name: /q1 b/ }));
    expect(posts.filter(({ path }) => path.endsWith('/answers'))).toEqual([]);
    press('Answer');
    press('Answer');
    await race.findByRole('button', { name: 'Next' });
    expect(posts.filter(({ path }) => path.endsWith('/answers')).map(({ body }) => body)).toEqual([
      { raceId: raceWith().id, itemId: 'q1', optionId: 'b' },
    ]);
    expect(race.getAllByRole('status').map(({ textContent }) => textContent)).toContain('You 1, Ben 0');
    press('Next');
    expect(race.getByText(/^Question 2 of 2/)).toBeTruthy();
  });

  test('is not offered alone, and says why', () => {
    show(roomWith({ members: [memberWith('me')] }));
    const button = screen.getByRole('button', { name: 'Race: five questions' });
    expect(button.matches(':disabled')).toBe(true);
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'takes two who are here',
    );
  });

  test('of others comes by the channel, is watched by who came late, and its result is closed and found again', async () => {
    const others = raceWith({
      racers: [{ userId: 'other', right: 1, answered: 1, lastRightAt: NOW }],
      items: [],
    });
    const { state } = show(roomWith());
    state.room = roomWith({ race: others });
    await tell('race', {});
    const race = await panel();
    expect(race.getByText(/You came after the start/)).toBeTruthy();
    expect(race.queryByRole('radio')).toBeNull();
    const told = raceWith().items.map((item) => ({ ...item, answer: 'b' }));
    state.room = roomWith({ race: { ...others, isOver: true, items: told } });
    await tell('race', {});
    await race.findByRole('heading', { name: 'Ben won' });
    expect(race.getAllByText('q1 b')).toHaveLength(1);
    press('Back to the clock');
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Race' })).toBeNull());
    press('Last race');
    await panel();
  });

  test('that was over before the page came is not in the way, and an older look takes nothing back', async () => {
    const late = raceWith({ isOver: true });
    const { state } = show(roomWith({ race: late, now: '2026-11-21T10:00:05.000Z' }));
    expect(screen.queryByRole('region', { name: 'Race' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Last race' })).toBeTruthy();
    state.room = roomWith({ race: raceWith({ id: 'older' }), now: NOW });
    await tell('race', {});
    expect(screen.queryByRole('region', { name: 'Race' })).toBeNull();
  });
});

describe('the recap', () => {
  test('offers notes only where something was said, and the way back only while the room is open', () => {
    const { rerender } = render(<RoomRecap room={roomWith({ access: 'left' })} />);
    expect(screen.queryByRole('button', { name: /Make notes/ })).toBeNull();
    expect(screen.getByRole('button', { name: 'Go back in' })).toBeTruthy();
    const said = [{ seq: 1, clientId: 'c', userId: 'other', body: 'hello', createdAt: NOW }];
    rerender(<RoomRecap room={roomWith({ access: 'left', status: 'closed', messages: said })} />);
    expect(screen.getByRole('button', { name: /Make notes/ })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Go back in' })).toBeNull();
  });
});

describe('the field for a code', () => {
  test('takes a code as it is spoken or a whole link, and says what a code looks like otherwise', () => {
    render(<CodeField />);
    const field = screen.getByLabelText('Join with a code');
    const join = () => fireEvent.click(screen.getByRole('button', { name: 'Join' }));
    join();
    expect(screen.getByText('Type the six characters first.')).toBeTruthy();
    fireEvent.change(field, { target: { value: '10OILL' } });
    join();
    expect(screen.getByText(/A code has six letters and digits/)).toBeTruthy();
    for (const typed of ['m7k 4qx', 'https://clerva.example/room/M7K4QX']) {
      fireEvent.change(field, { target: { value: typed } });
      join();
    }
    expect(router.push.mock.calls).toEqual([['/room/M7K4QX'], ['/room/M7K4QX']]);
  });
});
