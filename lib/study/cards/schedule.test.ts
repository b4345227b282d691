import { Temporal } from 'temporal-polyfill';
import { forgetting_curve } from 'ts-fsrs';
import { describe, expect, test } from 'vitest';
import { DAY_MS, dateIn } from '../../calendar/dates.ts';
import { intervalText } from '../../calendar/words.ts';
import { type CardRating, type CardState, PHASE, RATINGS } from '../../domain/card.ts';
import { seeded } from '../../test-random.ts';
import { newCardState } from './card-state.ts';
import { type CardPlan, nextState, previewRatings, reviewsBeforeExam, schedulerFor } from './schedule.ts';

const PLAN: CardPlan = { cardId: null, desiredRetention: 0.9, examDate: null, timezone: 'UTC' };
const start = new Date(Date.UTC(2022, 11, 29, 12, 30));

/** Reviews one after the other, each so many days after the one before. */
function reviewed(ratings: readonly CardRating[], gapsInDays: readonly number[], plan = PLAN): CardState {
  let now = start;
  return ratings.reduce((card, rating, index) => {
    now = new Date(now.getTime() + (gapsInDays[index] ?? 0) * DAY_MS);
    return nextState(card, rating, now, plan);
  }, newCardState(start));
}

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries())
    expect(Math.abs((actual[index] ?? 0) - value)).toBeLessThan(1e-4);
}

/**
 * The vectors that the implementations of open-spaced-repetition hold each other to: fsrs-rs src/inference.rs (memory
 * state), ts-fsrs packages/fsrs/__tests__/FSRS-6.test.ts and algorithm.test.ts (intervals, first review, curve), and
 * py-fsrs tests/test_basic.py (the same intervals; difficulty after many easy answers).
 */
describe('the published vectors of FSRS-6', () => {
  test('memory state after again, good ×5 at 0, 0, 1, 3, 8 and 21 days', () => {
    const { stability, difficulty } = reviewed([1, 3, 3, 3, 3, 3], [0, 0, 1, 3, 8, 21]);
    expectNear([stability, difficulty], [53.62691, 6.3574867]);
  });

  test('intervals when every review comes on its day', () => {
    const ratings: CardRating[] = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3];
    let now = start;
    let card = newCardState(start);
    const intervals = ratings.map((rating) => {
      card = nextState(card, rating, now, PLAN);
      now = new Date(card.due);
      return card.scheduledDays;
    });
    expect(intervals).toEqual([0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
  });

  test('the first review by each button', () => {
    const first = RATINGS.map((rating) => nextState(newCardState(start), rating, start, PLAN));
    const memory = first.flatMap(({ stability, difficulty }) => [stability, difficulty]);
    expectNear(memory, [0.212, 6.4133, 1.2931, 5.11217071, 2.3065, 2.11810397, 8.2956, 1]);
    expect(first.map(({ state }) => state)).toEqual([1, 1, 1, 2]);
    expect(first.map(({ scheduledDays }) => scheduledDays)).toEqual([0, 0, 0, 8]);
  });

  test('the forgetting curve and the interval for a retention', () => {
    const { w } = schedulerFor(0.9).parameters;
    const recall = [0, 1, 2, 3].map((days) => forgetting_curve(w, days, 1));
    expectNear(recall, [1, 0.9, 0.84588465, 0.8093881]);
    const intervals = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((retention) =>
      schedulerFor(retention).next_interval(1, 0),
    );
    expect(intervals).toEqual([34_793, 2_508, 387, 90, 27, 9, 3, 1]);
  });

  test('the next difficulty and stability', () => {
    const scheduler = schedulerFor(0.9);
    const difficulties = RATINGS.map((rating) => scheduler.next_difficulty(5, rating));
    expectNear(difficulties, [8.34176237, 6.66599536, 4.99022837, 3.31446137]);
    const recalled = RATINGS.map((rating, index) =>
      scheduler.next_recall_stability(index + 1, 5, [0.9, 0.8, 0.7, 0.6][index] ?? 0, rating),
    );
    expectNear(recalled, [25.60252118, 28.22657096, 58.65599107, 127.2266925]);
    const forgotten = [1, 2, 3, 4].map((difficulty, index) =>
      scheduler.next_forget_stability(difficulty, 5, [0.9, 0.8, 0.7, 0.6][index] ?? 0),
    );
    expectNear(forgotten, [1.05253961, 1.18943295, 1.36808387, 1.58498896]);
  });

  test('difficulty falls to its floor when everything is easy', () => {
    expect(reviewed([4, 4, 4, 4, 4, 4, 4, 4, 4, 4], []).difficulty).toBe(1);
  });
});

describe('what the buttons promise', () => {
  test('is what pressing them does, spread or not, with an exam or without', () => {
    const random = seeded(7);
    for (let round = 0; round < 200; round++) {
      const plan = {
        ...PLAN,
        cardId: `card-${round}`,
        examDate: round % 2 === 0 ? '2023-02-01' : null,
        timezone: round % 3 === 0 ? 'America/New_York' : 'Asia/Tokyo',
      };
      let card = newCardState(start);
      let now = start;
      for (let step = 0; step < 6; step++) {
        const preview = previewRatings(card, now, plan);
        const rating = RATINGS[Math.floor(random() * 4)] ?? 3;
        const next = nextState(card, rating, now, plan);
        expect(next).toEqual(preview[rating]);
        expect(Date.parse(preview[2].due)).toBeLessThanOrEqual(Date.parse(preview[3].due));
        expect(Date.parse(preview[3].due)).toBeLessThanOrEqual(Date.parse(preview[4].due));
        card = next;
        now = new Date(Math.max(now.getTime() + 1, Date.parse(card.due)) + random() * DAY_MS);
      }
    }
  });

  test.each([
    [30_000, '1 min'],
    [6 * 60_000, '6 min'],
    [5 * 3_600_000, '5 h'],
    [23 * 3_600_000, '1 day'],
    [3 * DAY_MS, '3 days'],
    [46 * DAY_MS, '1.5 months'],
    [61 * DAY_MS, '2 months'],
    [498 * DAY_MS, '1.4 years'],
  ])('%d ms reads %s', (milliseconds, text) => {
    expect(intervalText(start, new Date(start.getTime() + milliseconds))).toBe(text);
  });
});

test('reviewing ahead and recalling never brings a card nearer than it was', () => {
  const random = seeded(11);
  for (let round = 0; round < 500; round++) {
    const plan = { ...PLAN, cardId: `card-${round}` };
    let card = reviewed([3, 3, 3], [0, 0.01, 3], plan);
    const rating = RATINGS[1 + Math.floor(random() * 3)] ?? 3;
    const early = new Date(
      Date.parse(card.lastReview ?? '') +
        random() * (Date.parse(card.due) - Date.parse(card.lastReview ?? '')),
    );
    const before = card;
    card = nextState(card, rating, early, plan);
    expect(dateIn(new Date(card.due), 'UTC') >= dateIn(new Date(before.due), 'UTC')).toBe(true);
    expect(card.stability).toBeGreaterThanOrEqual(before.stability);
  }
});

test('a review from the past of the card counts from its last review, not before it', () => {
  const card = reviewed([3, 3], [0, 0.01]);
  const next = nextState(card, 3, new Date(start.getTime() - DAY_MS), PLAN);
  expect(next.lastReview).toBe(card.lastReview);
  expect(next.reps).toBe(card.reps + 1);
});

test('says how often a card comes before the exam', () => {
  const plan = { ...PLAN, cardId: 'a', examDate: '2023-01-20' };
  const card = reviewed([3, 3], [0, 0.01], plan);
  expect(card.state).toBe(PHASE.review);
  const times = reviewsBeforeExam(card, start, plan);
  expect(times).toBeGreaterThanOrEqual(2);
  expect(times).toBeLessThan(6);
  expect(reviewsBeforeExam(card, start, PLAN)).toBeNull();
  expect(reviewsBeforeExam(card, start, { ...plan, examDate: '2022-12-29' })).toBeNull();
});

describe('a day of study', () => {
  const at = (local: string, zone: string) =>
    new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds);
  /** Two reviews, Easy and then Good, in whole days between them. */
  const twice = (zone: string, first: string, second: string) => {
    const plan = { ...PLAN, timezone: zone };
    const card = nextState(newCardState(at(first, zone)), 4, at(first, zone), plan);
    return nextState(card, 3, at(second, zone), plan).stability;
  };
  const [sameDay, nextDay] = [8.2956, 13.485];

  test.each([
    ['America/Los_Angeles', '2026-11-20T16:30', '2026-11-20T17:30', sameDay],
    ['America/Los_Angeles', '2026-11-20T15:30', '2026-11-20T16:30', sameDay],
    ['Asia/Tokyo', '2026-11-20T10:00', '2026-11-21T08:00', nextDay],
    ['Europe/Berlin', '2026-11-20T23:50', '2026-11-21T00:30', sameDay],
    ['Europe/Berlin', '2026-11-21T03:30', '2026-11-21T04:30', nextDay],
    ['Europe/Berlin', '2026-10-24T23:00', '2026-10-25T03:59', sameDay],
  ])('is the student’s: %s, %s and %s', (zone, first, second, stability) => {
    expect(twice(zone, first, second)).toBeCloseTo(stability, 2);
  });

  test('gives in every zone what the reference gives for the same days', () => {
    const random = seeded(20);
    const zones = [
      'America/Los_Angeles',
      'Pacific/Kiritimati',
      'Asia/Kathmandu',
      'Europe/Berlin',
      'Pacific/Pago_Pago',
    ];
    for (let round = 0; round < 200; round++) {
      const plan = { ...PLAN, timezone: zones[round % zones.length] ?? 'UTC' };
      const reference = { ...PLAN, timezone: 'UTC', rolloverHour: 0 };
      let now = start;
      let card = newCardState(start);
      let expected = newCardState(start);
      for (let review = 0; review < 12; review++) {
        const rating = RATINGS[Math.floor(random() * 4)] ?? 3;
        const day = dateIn(now, plan.timezone, 4);
        card = nextState(card, rating, now, plan);
        // The same day and order of reviews, at a clock whose days are those of UTC.
        expected = nextState(expected, rating, new Date(Date.parse(`${day}T12:00:00Z`) + review), reference);
        expect(card.stability).toBeCloseTo(expected.stability, 6);
        expect(card.scheduledDays).toBe(expected.scheduledDays);
        expect(card.lastReview).toBe(now.toISOString());
        now = new Date(now.getTime() + random() * random() * 9 * DAY_MS);
      }
    }
  });

  test('a step comes so many minutes later, wherever it is', () => {
    const card = nextState(newCardState(start), 1, start, { ...PLAN, timezone: 'Asia/Kathmandu' });
    expect(Date.parse(card.due) - start.getTime()).toBe(60_000);
  });
});
