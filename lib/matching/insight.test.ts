import { describe, expect, test } from 'vitest';
import { compatibility } from './compatibility.ts';
import { buildInsight, type Pair, type Person } from './insight.ts';

const NOW = new Date('2026-11-23T18:30:00Z');
const MONDAY_EVENING = { dow: 1, startMin: 1080, endMin: 1200, timezone: 'UTC' };

const person = (change: Partial<Person> = {}): Person => ({
  userId: 'me',
  displayName: 'Maya',
  gradeLevel: 'Bachelor, year 1',
  subjects: ['Psychology', 'Statistics'],
  learningStyle: 'reading',
  timezone: 'UTC',
  windows: [MONDAY_EVENING],
  freeUntil: null,
  ...change,
});
const pair = (change: Partial<Pair['other']> = {}, me: Partial<Person> = {}): Pair => ({
  me: person(me),
  other: {
    ...person({ userId: 'ines', displayName: 'Inês', subjects: ['Psychology', 'Biology'] }),
    activity: 'available',
    habit: null,
    ...change,
  },
  match: null,
});
const matched = (): Pair => {
  const skill = (topic: string, level: number) => ({ topic, level, certainty: 1, measured: true });
  const { me, other } = pair();
  return {
    ...pair(),
    match: compatibility(
      { ...me, skills: [skill('Encoding', 0.9), skill('Brain', 0.3), skill('Sleep', 0.4)] },
      { ...other, skills: [skill('Encoding', 0.4), skill('Brain', 0.9), skill('Sleep', 0.5)] },
    ),
  };
};

describe('whether two can study now', () => {
  test('is true when both are free by their calendars and the other is here', () => {
    expect(buildInsight(pair(), NOW)).toMatchObject({ canStudyNow: true, minutesNow: 90, isOnline: true });
    for (const activity of ['idle', 'studying', 'available'] as const) {
      expect(buildInsight(pair({ activity }), NOW).canStudyNow).toBe(true);
    }
  });

  test('is true when either says so by a beacon, until the first of both ends', () => {
    const until = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000).toISOString();
    const now = (other: Partial<Pair['other']>, me: Partial<Person> = {}) =>
      buildInsight(pair(other, me), NOW).minutesNow;
    expect(now({ windows: [], freeUntil: until(40) })).toBe(40);
    expect(now({}, { windows: [], freeUntil: until(20) })).toBe(20);
    expect(now({ windows: [], freeUntil: until(40) }, { windows: [], freeUntil: until(20.5) })).toBe(20);
    // Longer than the calendar says, and then on by the calendar.
    expect(now({ freeUntil: until(100) })).toBe(90);
    const soon = [{ ...MONDAY_EVENING, startMin: 1140 }];
    expect(now({ windows: soon, freeUntil: until(40) })).toBe(90);
    expect(now({ windows: soon, freeUntil: until(20) })).toBe(20);
  });

  test('is not changed by a beacon that has ended, of who is not here, or in a session', () => {
    const [ended, open] = [NOW.toISOString(), '2026-11-23T19:00:00Z'];
    for (const given of [
      pair({ windows: [], freeUntil: ended }),
      pair({}, { windows: [], freeUntil: ended }),
      pair({ windows: [], freeUntil: open, activity: null }),
      pair({ windows: [], freeUntil: open, activity: 'in_session' }),
      pair({ windows: [], freeUntil: '2026-11-23T18:30:40Z' }),
    ]) {
      expect(buildInsight(given, NOW)).toMatchObject({ canStudyNow: false, minutesNow: null });
    }
  });

  test.each([
    ['the other is not here', pair({ activity: null })],
    ['the other is in a session', pair({ activity: 'in_session' })],
    ['the other is not free', pair({ windows: [] })],
    ['the student is not free', pair({}, { windows: [{ ...MONDAY_EVENING, dow: 2 }] })],
    [
      'Monday evening is another hour in the other’s zone',
      pair({ windows: [{ ...MONDAY_EVENING, timezone: 'Asia/Tokyo' }] }),
    ],
  ])('is false when %s', (_, given) => {
    expect(buildInsight(given, NOW)).toMatchObject({ canStudyNow: false, minutesNow: null });
  });
});

describe('an insight', () => {
  test('tells what was worked out beforehand, and makes a plan of 25 minutes of it', () => {
    const given = matched();
    const insight = buildInsight(given, NOW);
    expect(insight.compatibilityScore).toBe(given.match?.score);
    expect(insight.complementarySkills).toEqual([
      { topic: 'Encoding', explainedBy: 'you' },
      { topic: 'Brain', explainedBy: 'them' },
    ]);
    expect(insight.jointStudyPlan).toEqual([
      { minutes: 10, step: 'You explain Encoding, Inês asks' },
      { minutes: 10, step: 'Inês explains Brain, you ask' },
      { minutes: 5, step: 'Four questions for both, each from your own notes' },
    ]);
    expect(insight.risks).toContain('Both of you are still unsure in Sleep. Keep your notes open for it.');
    expect(insight.draftMessage).toBe(
      'Hi Inês, 25 minutes on Brain now? I can explain Encoding if you take Brain.',
    );
  });

  test('of a pair nobody has worked out goes by what both show, and names the subject they share', () => {
    const insight = buildInsight(pair({ activity: null }), NOW);
    expect(insight.facets.find(({ facet }) => facet === 'complementary')?.known).toBe(false);
    expect(insight.commonSubjects).toEqual(['Psychology']);
    expect(insight.complementarySkills).toEqual([]);
    expect(insight.draftMessage).toBe('Hi Inês, 25 minutes on Psychology on Mon 23 Nov, 18:30 your time?');
  });

  test('keeps the stored score where only the reasons are missing', () => {
    const given: Pair = {
      ...pair(),
      match: { score: 0.9, facets: [], exchange: { youExplain: [], theyExplain: [], bothWeak: [] } },
    };
    const insight = buildInsight(given, NOW);
    expect(insight.compatibilityScore).toBe(0.9);
    expect(insight.facets).toHaveLength(4);
  });

  test.each([matched(), pair(), pair({ subjects: [] })])('always plans 25 minutes', (given) => {
    const { jointStudyPlan } = buildInsight(given, NOW);
    expect(jointStudyPlan.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(25);
  });

  test('warns of what stands in the way', () => {
    const risks = (...given: Parameters<typeof pair>) => buildInsight(pair(...given), NOW).risks;
    expect(risks({ windows: [] })).toEqual(['They have set no free times, so no time to meet can be found.']);
    expect(risks({ timezone: 'Asia/Kolkata' })).toContain('Your clocks are 5.5 hours apart.');
    // A day and an hour apart on the calendar is an hour on the wall.
    const farApart = risks({ timezone: 'Pacific/Midway' }, { timezone: 'Pacific/Kiritimati' });
    expect(farApart.join(' ')).not.toMatch(/apart/);
    const never = risks({ windows: [{ ...MONDAY_EVENING, dow: 3 }] });
    expect(never).toEqual(['Your free times do not meet in the next two weeks.']);
  });

  test('of two who are free all week has a time for every day, and warns of nothing', () => {
    const whole = { startMin: 0, endMin: 1440, timezone: 'UTC' };
    const windows = Array.from({ length: 7 }, (_, dow) => ({ dow, ...whole }));
    const insight = buildInsight(pair({ windows }, { windows }), NOW);
    expect(insight.risks).toEqual([]);
    expect(new Set(insight.nextBestTimes.map(({ whenMine }) => whenMine.slice(0, 10))).size).toBe(5);
  });

  test('drafts no more than a message holds', () => {
    const subjects = ['x'.repeat(600)];
    const { draftMessage } = buildInsight(pair({ subjects }, { subjects }), NOW);
    expect(draftMessage.length).toBeLessThanOrEqual(500);
  });
});
