// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeApi } from '@/components/client/test-api';
import type { OwnProfile } from '@/lib/domain/profile';
import { BlockedList } from './blocked-list';
import { ProfileForm } from './profile-form';
import { QuietHoursForm } from './quiet-hours-form';
import { TimezoneSync } from './timezone-sync';

const refresh = vi.fn();
vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh }) }));

const profile: OwnProfile = {
  displayName: 'Maya',
  gradeLevel: null,
  subjects: ['Psychology'],
  goals: [],
  learningStyle: null,
  timezone: 'Europe/Lisbon',
  language: null,
  visibility: 'private',
  quietHours: null,
  rolloverHour: 4,
  courseColors: {},
};
const api = fakeApi(({ body }) => Response.json({ profile: { ...profile, ...Object(body) } }));
const { calls } = api;

beforeEach(() => {
  refresh.mockClear();
  window.localStorage.clear();
});

describe('the profile', () => {
  const show = () => render(<ProfileForm profile={profile} timezones={['Europe/Lisbon', 'UTC']} />);
  const subjects = () => screen.getByLabelText<HTMLInputElement>('Subjects');

  test('takes subjects by Enter and comma, each once, and gives them up again', async () => {
    show();
    fireEvent.change(subjects(), { target: { value: 'Biology, psychology' } });
    fireEvent.keyDown(subjects(), { key: 'Enter' });
    expect(screen.getByRole('button', { name: 'Remove Biology' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Remove psychology' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Remove Psychology' }));
    expect(document.activeElement).toBe(subjects());
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Saved');
    expect(calls).toMatchObject([
      { path: '/api/people/me', method: 'PATCH', body: { subjects: ['Biology'] } },
    ]);
    // Who may see the student is decided elsewhere on the page, and not sent along.
    expect(calls[0]?.body).not.toHaveProperty('visibility');
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  test('does not lose what stands in a field when Save is pressed', async () => {
    show();
    fireEvent.change(subjects(), { target: { value: 'Biology' } });
    fireEvent.blur(subjects());
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Saved');
    expect(calls).toMatchObject([{ body: { subjects: ['Psychology', 'Biology'] } }]);
  });

  test('that could not be saved keeps what was typed', async () => {
    api.answer = () => Response.json({ title: 'The database does not answer.', code: 'x' }, { status: 503 });
    show();
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'Maya R' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toContain('does not answer');
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Maya R');
  });
});

describe('quiet hours', () => {
  test('start as most nights do and are saved in minutes', async () => {
    render(<QuietHoursForm quietHours={null} />);
    fireEvent.click(screen.getByLabelText('Keep messages back in these hours'));
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '21:30' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Saved');
    expect(calls).toMatchObject([{ body: { quietHours: { from: 1290, to: 480 } } }]);
  });

  test('that do not last are not sent', async () => {
    render(<QuietHoursForm quietHours={{ from: 60, to: 120 }} />);
    fireEvent.change(screen.getByLabelText('To'), { target: { value: '01:00' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toBe('Let them end at another time.');
    expect(calls).toEqual([]);
  });

  test('are switched off by saving none', async () => {
    render(<QuietHoursForm quietHours={{ from: 60, to: 120 }} />);
    fireEvent.click(screen.getByLabelText('Keep messages back in these hours'));
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Saved');
    expect(calls).toMatchObject([{ body: { quietHours: null } }]);
  });
});

describe('somebody blocked', () => {
  test('can be unblocked, and that undone in the same place', async () => {
    let people = [{ userId: 'tomas', displayName: 'Tomás', blockedAt: '2026-11-21T12:00:00Z' }];
    const everybody = people;
    api.answer = ({ method }) => {
      if (method === 'GET') return Response.json({ people });
      people = method === 'DELETE' ? [] : everybody;
      return new Response(null, { status: 204 });
    };
    render(
      <SWRConfig value={{ provider: () => new Map() }}>
        <BlockedList made={people} />
      </SWRConfig>,
    );
    fireEvent.click(await screen.findByRole('button', { name: 'Unblock Tomás' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo Tomás' }));
    expect(await screen.findByRole('button', { name: 'Unblock Tomás' })).toBeTruthy();
  });
});

describe('the time zone', () => {
  const browserZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const pretend = (timeZone: string) =>
    vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValue({
      ...new Intl.DateTimeFormat().resolvedOptions(),
      timeZone,
    });
  afterEach(() => vi.restoreAllMocks());

  test('is told once while nobody has said one', async () => {
    expect(browserZone).toBeTruthy();
    pretend('Asia/Tokyo');
    const { unmount } = render(<TimezoneSync timezone="UTC" />);
    await waitFor(() => expect(refresh).toHaveBeenCalledTimes(1));
    expect(calls).toMatchObject([{ method: 'PATCH', body: { timezone: 'Asia/Tokyo' } }]);
    unmount();
    // Whoever has UTC after that has chosen it.
    render(<TimezoneSync timezone="UTC" />);
    expect(calls).toHaveLength(1);
  });

  test('that was said is never changed', () => {
    pretend('Asia/Tokyo');
    render(<TimezoneSync timezone="Europe/Lisbon" />);
    expect(calls).toEqual([]);
  });
});
