import { addDays, dateIn } from '../../calendar/dates.ts';
import type { Plan, PlanRequest } from '../../domain/plan.ts';
import { AppError } from '../../errors.ts';
import { seeded } from '../../test-random.ts';
import { buildPlan, type PlanFacts } from './build.ts';
import { minutesBy } from './days.ts';
import type { PlanMaterial, PlanSection } from './material.ts';
import { tasksOf } from './plan.ts';

export const section = (headingPath: string[], page: number, tokens: number): PlanSection => ({
  headingPath,
  page,
  lastPage: page + 2,
  tokens,
});

export const PSYCHOLOGY = '11111111-1111-4111-8111-111111111111';

export const material: PlanMaterial = {
  documents: [
    {
      id: PSYCHOLOGY,
      title: 'How memory works',
      course: 'Psychology',
      sections: [
        section(['8.1 How memory functions', 'Encoding'], 1, 3_000),
        section(['8.1 How memory functions', 'Storage'], 4, 4_000),
        section(['8.2 Parts of the brain'], 8, 9_000),
        section(['8.3 Problems', 'Interference'], 12, 2_500),
        section(['References'], 20, 5_000),
      ],
    },
  ],
  decks: [{ id: 'deck-1', name: 'Interference', cards: 12 }],
  quizzes: [{ id: 'quiz-1', topic: 'Encoding', questions: 10 }],
};

export const NO_MATERIAL: PlanMaterial = { documents: [], decks: [], quizzes: [] };

export const facts = (over: Partial<PlanFacts> = {}): PlanFacts => ({
  now: new Date('2026-11-20T12:00:00Z'),
  timezone: 'Europe/Lisbon',
  material,
  mastery: [],
  ...over,
});

export const request = (over: Partial<PlanRequest> = {}): PlanRequest => ({
  goals: ['Psychology midterm'],
  timePerDayMin: 45,
  daysPerWeek: 5,
  deadline: '2026-12-02',
  weekdays: [],
  knownWeakSpots: [],
  ...over,
});

/** The plan of one request, changed where a test says so. */
export const planOf = (
  over: Partial<PlanRequest> = {},
  known: Partial<PlanFacts> = {},
  kept: Parameters<typeof buildPlan>[2] = {},
) => buildPlan(request(over), facts(known), kept);

const SUBJECTS = [
  'encoding',
  'storage',
  'parts of the brain',
  'interference',
  'kinetics',
  'enzymes',
  '光合作用',
  'Ökologie',
];
const ZONES = [
  'UTC',
  'Europe/Lisbon',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Kathmandu',
  'Nowhere/Land',
];

/** Any request a student might make, with a deadline that is to come or none. */
export function randomCase(seed: number) {
  const random = seeded(seed);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const now = new Date(Date.UTC(2026, upTo(11), 1 + upTo(27), upTo(23), upTo(59)));
  const timezone = ZONES[upTo(ZONES.length - 1)] ?? 'UTC';
  const today = dateIn(now, timezone);
  const goals = Array.from(
    { length: 1 + upTo(random() < 0.2 ? 19 : 5) },
    (_, index) => `${SUBJECTS[upTo(SUBJECTS.length - 1)]}${random() < 0.5 ? '' : ` ${index}`}`,
  );
  const weekdays = random() < 0.4 ? [0, 1, 2, 3, 4, 5, 6].filter(() => random() < 0.5) : [];
  const asked = request({
    goals,
    timePerDayMin: 5 + upTo(random() < 0.3 ? 400 : 85),
    daysPerWeek: 1 + upTo(6),
    deadline: random() < 0.2 ? null : addDays(today, 1 + upTo(random() < 0.3 ? 300 : 40)),
    weekdays,
    knownWeakSpots: SUBJECTS.filter(() => random() < 0.15),
  });
  const known = facts({
    now,
    timezone,
    material: random() < 0.9 ? material : NO_MATERIAL,
    mastery: SUBJECTS.filter(() => random() < 0.3).map((topic) => ({
      topic,
      average: random(),
      answers: upTo(30),
      certainty: random(),
      contestedAt: random() < 0.2 ? '2026-11-01T00:00:00Z' : null,
    })),
  });
  return { asked, known, today, random, build: () => buildPlan(asked, known) };
}

export const minutesPerDay = (plan: Plan): Map<string, number> =>
  minutesBy(tasksOf(plan), ({ date }) => date);

const BLOCK = 50;

/** The first seeds of so many blocks of fifty: no single test is more than a slow machine does at once. */
export const blocks = (count: number) => Array.from({ length: count }, (_, index) => 1 + index * BLOCK);

/** The plan, or null where no named weekday comes before the deadline: the one thing these cases may be refused for. */
export function unlessRefused(build: () => Plan): Plan | null {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof AppError) || !error.message.startsWith('None of your')) throw error;
    return null;
  }
}

/** The plans of a block of seeds, and the cases they are made from. */
export const freshPlans = (first: number) =>
  Array.from({ length: BLOCK }, (_, index) => first + index).flatMap((seed) => {
    const made = randomCase(seed);
    const plan = unlessRefused(made.build);
    return plan ? [{ seed, plan, ...made }] : [];
  });
