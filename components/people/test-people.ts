import type { Insight } from '@/lib/matching/insight';
import type { HerePerson, MatchedPerson, PeopleView } from '@/lib/people/people-view';

export const INES = '22222222-2222-4222-8222-222222222222';
export const JONAS = '33333333-3333-4333-8333-333333333333';

const side = { said: {}, gradeLevel: null, subjects: ['Psychology'], learningStyle: null, facets: [] };
const exchange = { youExplain: [], theyExplain: [], bothWeak: [] };

export const ines: HerePerson = {
  ...side,
  exchange,
  userId: INES,
  displayName: 'Inês',
  currentActivity: 'available',
  freeUntil: '2026-11-21T12:40:00Z',
  lastSeen: '2026-11-21T12:00:00Z',
  score: 0.82,
  reason: 'You both study Psychology.',
};
export const jonas: MatchedPerson = {
  ...side,
  exchange,
  userId: JONAS,
  displayName: 'Jonas',
  currentActivity: null,
  freeUntil: null,
  isOnline: false,
  lastSeen: '2026-11-21T10:00:00Z',
  score: 0.77,
  reason: null,
  nextTime: null,
};

export const view = (change: Partial<PeopleView> = {}): PeopleView => ({
  me: { visibility: 'matches', subjects: 1, windows: 1, isOnline: true, currentActivity: 'studying' },
  matches: [jonas],
  here: { total: 1, users: [ines] },
  ...change,
});

export const insight = (change: Partial<Insight> = {}): Insight => ({
  userId: INES,
  displayName: 'Inês',
  compatibilityScore: 0.595,
  verdict: 'A fair fit, with times to meet',
  facets: [
    {
      facet: 'subjects',
      label: 'Same subjects',
      weight: 0.4,
      score: 0.5,
      reason: 'You both study Psychology.',
      known: true,
    },
    {
      facet: 'complementary',
      label: 'Strong where you are weak',
      weight: 0.25,
      score: 0.5,
      reason: 'No topic is measured on both sides yet.',
      known: false,
    },
  ],
  complementarySkills: [
    { topic: 'Encoding', explainedBy: 'you' },
    { topic: 'Parts of the brain', explainedBy: 'them' },
  ],
  commonSubjects: ['Psychology'],
  risks: ['Your free times meet only twice in the next two weeks.'],
  jointStudyPlan: [
    { minutes: 10, step: 'You explain Encoding, Inês asks' },
    { minutes: 10, step: 'Inês explains Parts of the brain, you ask' },
    { minutes: 5, step: 'Four questions for both, each from your own notes' },
  ],
  isOnline: true,
  currentActivity: 'available',
  canStudyNow: false,
  minutesNow: null,
  nextBestTimes: [
    {
      whenISO: '2026-11-21T18:00:00.000Z',
      endISO: '2026-11-21T19:00:00.000Z',
      confidence: 0.8,
      whenMine: 'Sat 21 Nov, 18:00',
      whenTheirs: 'Sat 21 Nov, 17:00',
    },
    {
      whenISO: '2026-11-24T00:30:00.000Z',
      endISO: '2026-11-24T01:00:00.000Z',
      confidence: 0.4,
      whenMine: 'Tue 24 Nov, 00:30',
      whenTheirs: 'Mon 23 Nov, 23:30',
    },
  ],
  myTimezone: 'Europe/Lisbon',
  theirTimezone: 'Atlantic/Azores',
  draftMessage:
    'Hi Inês, 25 minutes on Parts of the brain on Sat 21 Nov, 17:00 your time? I can explain Encoding if you take Parts of the brain.',
  ...change,
});
