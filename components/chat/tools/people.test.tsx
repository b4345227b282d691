// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { insight } from '@/components/people/test-people';
import {
  GetAvailabilityCard,
  GetOnlineUsersCard,
  MatchCandidatesCard,
  MatchInsightCard,
  SendNudgeCard,
} from './people-cards';
import type { ToolOutput } from './tool-view';

const ID = 'd0000000-0000-4000-8000-000000000002';
const partOf = <Input, Output>(input: Input, output: Output) => ({
  part: { toolCallId: 'call', input, output },
  threadId: undefined,
});

const candidate = (index: number): ToolOutput<'matchCandidates'>['candidates'][number] => ({
  userId: `${ID}${index}`,
  displayName: `Student ${index}`,
  score: 0.824,
  facets: [],
  isOnline: index === 0,
  currentActivity: index === 0 ? 'available' : null,
  gradeLevel: null,
  subjects: ['Psychology'],
  reason: 'You both study Psychology.',
});
const fitsNow = insight({ compatibilityScore: 0.82, canStudyNow: true, minutesNow: 40 });

afterEach(cleanup);

describe('the cards about people', () => {
  test('name each partner with presence in words, fit in percent, and a way to them', () => {
    const output = { candidates: [0, 1, 2, 3, 4, 5, 6].map(candidate), hint: null };
    render(<MatchCandidatesCard {...partOf({}, output)} />);
    expect(screen.getByRole('heading').textContent).toBe('7 students fit you');
    expect(
      screen.getByRole('link', { name: /Student 0.*Free to study.*You both study Psychology.*82%\s*fit/ }),
    ).toBeTruthy();
    expect(screen.getByRole('link', { name: /Student 1.*Not here/ })).toBeTruthy();
    expect(screen.queryByText('Student 5')).toBeNull();
    expect(screen.getByRole('link', { name: 'All 7' }).getAttribute('href')).toBe('/people');
  });

  test('say what would help when nobody is found', () => {
    const hint = 'You are hidden, so nobody can be matched with you. Let matches see you under You.';
    render(<MatchCandidatesCard {...partOf({}, { candidates: [], hint })} />);
    expect(screen.getByText(hint)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Open You' })).toBeTruthy();
  });

  test('start now only with somebody who is free now, and schedule otherwise', () => {
    const { rerender } = render(<MatchInsightCard {...partOf({ candidateId: ID }, fitsNow)} />);
    const way = screen.getByRole('link', { name: 'Start now' });
    expect(way.getAttribute('href')).toBe(`/people/${fitsNow.userId}`);
    expect(screen.getByText('82% fit · both free for 40 min')).toBeTruthy();
    expect(screen.getByText(/Sat 21 Nov, 18:00/).textContent).toBe('Sat 21 Nov, 18:00 · 17:00 for them');
    expect(screen.getByText(/Tue 24 Nov, 00:30/).textContent).toBe(
      'Tue 24 Nov, 00:30, maybe · Mon 23 Nov, 23:30 for them',
    );
    expect(screen.getByText('A draft. Nothing is sent until you press Send.')).toBeTruthy();
    const later = { ...fitsNow, canStudyNow: false, minutesNow: null, currentActivity: null };
    rerender(<MatchInsightCard {...partOf({ candidateId: ID }, later)} />);
    expect(screen.getByRole('link', { name: 'Schedule' })).toBeTruthy();
    expect(screen.getByText('82% fit · Not here')).toBeTruthy();
  });

  test('count who is here, and say plainly when nobody is', () => {
    render(<GetOnlineUsersCard {...partOf({}, { users: [], total: 0 })} />);
    expect(screen.getByRole('heading').textContent).toBe('Nobody you can see is here');
  });

  test('read a week from Monday on, and name a zone only where it differs', () => {
    const window = (dow: number, timezone: string) => ({ dow, startMin: 1080, endMin: 1440, timezone });
    const output = {
      userId: ID,
      displayName: 'Inês',
      isOwn: false,
      timezone: 'Europe/Lisbon',
      windows: [window(0, 'Europe/Lisbon'), window(1, 'Asia/Tokyo')],
    };
    render(<GetAvailabilityCard {...partOf({}, output)} />);
    expect(screen.getAllByRole('term').map(({ textContent }) => textContent)).toEqual(['Monday', 'Sunday']);
    expect(screen.getAllByRole('definition').map(({ textContent }) => textContent)).toEqual([
      '18:00–24:00 (Asia/Tokyo)',
      '18:00–24:00',
    ]);
  });

  test('show what was sent word for word, and that a second press sent nothing', () => {
    const output = {
      success: true,
      nudgeId: 'n',
      sentAt: '2026-11-23T18:30:00Z',
      toUserId: ID,
      displayName: 'Inês',
      message: 'Join me?',
      deliverAt: null,
      duplicate: true,
    };
    const input = { toUserId: ID, message: 'Join me?', nudgeType: 'study_invite' as const };
    render(<SendNudgeCard {...partOf(input, output)} />);
    expect(screen.getByText('“Join me?”')).toBeTruthy();
    expect(screen.getByText(/Nothing was sent again/)).toBeTruthy();
  });
});
