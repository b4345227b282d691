// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
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
const insight = (change: Partial<ToolOutput<'matchInsight'>> = {}): ToolOutput<'matchInsight'> => ({
  userId: ID,
  displayName: 'Inês',
  compatibilityScore: 0.82,
  verdict: 'A good fit, and free now',
  facets: [
    {
      facet: 'subjects',
      label: 'Same subjects',
      weight: 0.4,
      score: 0.9,
      reason: 'You both study Psychology.',
      known: true,
    },
  ],
  complementarySkills: [{ topic: 'Encoding', explainedBy: 'you' }],
  commonSubjects: ['Psychology'],
  risks: ['Your free times meet only twice in the next two weeks.'],
  jointStudyPlan: [{ minutes: 25, step: 'You explain Encoding' }],
  isOnline: true,
  currentActivity: 'available',
  canStudyNow: true,
  minutesNow: 40,
  nextBestTimes: [
    {
      whenISO: '2026-11-23T19:30:00Z',
      endISO: '2026-11-23T20:00:00Z',
      confidence: 0.4,
      whenMine: 'Mon 23 Nov, 19:30',
      whenTheirs: 'Mon 23 Nov, 18:30',
    },
  ],
  myTimezone: 'Europe/Lisbon',
  theirTimezone: 'Atlantic/Azores',
  draftMessage: 'Hi Inês, 25 minutes now?',
  ...change,
});

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
    const { rerender } = render(<MatchInsightCard {...partOf({ candidateId: ID }, insight())} />);
    expect(screen.getByRole('link', { name: 'Start now' }).getAttribute('href')).toBe(`/people/${ID}`);
    expect(screen.getByText('82% fit · both free for 40 min')).toBeTruthy();
    expect(screen.getByText(/Mon 23 Nov, 19:30/).textContent).toBe(
      'Mon 23 Nov, 19:30, maybe · 18:30 for them',
    );
    expect(screen.getByText('A draft. Nothing is sent until you press Send.')).toBeTruthy();
    const later = insight({ canStudyNow: false, minutesNow: null, currentActivity: null, isOnline: false });
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
