import { describe, expect, test } from 'vitest';
import { addDays, DAY_MS, dateIn, daysBetween } from '../../calendar/dates.ts';
import { type CardRating, type CardState, PHASE, ROLLOVER_HOUR } from '../../domain/card.ts';
import { seeded } from '../../test-random.ts';
import { recallAt } from '../mastery/recall.ts';
import { newCardState } from './card-state.ts';
import { FINAL_WINDOW_DAYS, newCardPace, newCardsToday, pulledInterval } from './exam.ts';
import { rescheduleForExam, type ScheduledCard } from './reschedule.ts';
import { type CardPlan, nextState } from './schedule.ts';

/** How likely a card is recalled then; null for one that was never seen. */
const recallNow = ({ stability, lastReview }: CardState, now: Date) =>
  lastReview === null
    ? null
    : recallAt({ stabilityDays: stability, lastReviewMs: Date.parse(lastReview) }, now.getTime());

test('an interval is only ever shortened, and a longer one never becomes the shorter', () => {
  for (let daysLeft = 0; daysLeft < 120; daysLeft++) {
    for (const spread of [0, 0.3, 0.999]) {
      let last = 0;
      for (let intervalDays = 1; intervalDays < 200; intervalDays++) {
        const days = pulledInterval({ intervalDays, daysLeft, spread });
        expect(days).toBeLessThanOrEqual(intervalDays);
        expect(days).toBeGreaterThanOrEqual(Math.min(intervalDays, 1));
        expect(days).toBeGreaterThanOrEqual(last);
        if (daysLeft > FINAL_WINDOW_DAYS) expect(days).toBeLessThanOrEqual(daysLeft);
        last = days;
      }
    }
  }
});

type Studied = { id: string; state: CardState; plan: CardPlan };

/** A student who does what is due each evening until the exam, and now and then misses a day. */
type Habits = { seed: number; cards: number; days: number; timezone: string; missesDays?: boolean };
function studyUntilExam({ seed, cards: count, days, timezone, missesDays = false }: Habits) {
  const random = seeded(seed);
  const first = new Date(Date.UTC(2026, 9, 1, 17, 0));
  const examDate = addDays(dateIn(first, timezone), days);
  const cards: Studied[] = Array.from({ length: count }, (_, index) => {
    const id = `card-${seed}-${index}`;
    const plan = { cardId: id, desiredRetention: 0.9, examDate, timezone };
    return { id, state: newCardState(first), plan };
  });
  const perDay: number[] = [];
  for (let day = 0; day < days; day++) {
    const evening = new Date(first.getTime() + day * DAY_MS);
    const today = dateIn(evening, timezone);
    let reviews = 0;
    const review = (card: Studied) => {
      const recall = recallNow(card.state, evening) ?? 0.6;
      const rating: CardRating = random() > recall ? 1 : random() < 0.15 ? 2 : random() < 0.85 ? 3 : 4;
      card.state = nextState(card.state, rating, evening, card.plan);
      reviews++;
      // Learning steps are gone through on the spot.
      for (let step = 0; step < 5 && card.state.state % 2 === 1; step++) {
        card.state = nextState(card.state, 3, new Date(card.state.due), card.plan);
      }
    };
    const isMissed = missesDays && random() < 0.2 && day < days - 1;
    if (!isMissed) {
      for (const card of cards) {
        if (card.state.state !== PHASE.unseen && dateIn(new Date(card.state.due), timezone) <= today)
          review(card);
      }
      const unseen = cards.filter(({ state }) => state.state === PHASE.unseen);
      const daysLeft = daysBetween(today, examDate) - 1;
      const pace = newCardPace({ unseen: unseen.length, introducedToday: 0, daysLeft, share: 5 });
      unseen.slice(0, pace).forEach(review);
    }
    perDay.push(reviews);
  }
  return { cards, examDate, perDay, exam: new Date(first.getTime() + days * DAY_MS), timezone };
}

/** A card that is due today, last seen at that moment. */
const inReview = (now: Date, stability: number, difficulty: number, seenMs: number): CardState => ({
  ...newCardState(now),
  stability,
  difficulty,
  scheduledDays: Math.ceil(stability),
  reps: 5,
  state: PHASE.review,
  lastReview: new Date(seenMs).toISOString(),
});

describe('an exam date', () => {
  test.each(
    Array.from({ length: 24 }, (_, seed) => ({
      seed: seed + 1,
      cards: [1, 12, 60, 150][seed % 4] ?? 10,
      days: [1, 2, 5, 8, 15, 40, 90][seed % 7] ?? 10,
      timezone: ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'][seed % 3] ?? 'UTC',
      missesDays: seed % 5 === 4,
    })),
  )('is met by every card: $cards cards in $days days, $timezone', (options) => {
    const { cards, examDate, exam, timezone } = studyUntilExam(options);
    for (const { state } of cards) {
      expect(state.reps).toBeGreaterThan(0);
      const lastReviewDay = dateIn(new Date(state.lastReview ?? ''), timezone);
      expect(lastReviewDay < examDate).toBe(true);
      // Seen in the final window, wherever there was one to be seen in.
      expect(daysBetween(lastReviewDay, examDate)).toBeLessThanOrEqual(FINAL_WINDOW_DAYS + 1);
      if (options.missesDays) continue;
      // Only what the student cannot keep even for the night may be below the aim.
      const recall = recallNow(state, exam) ?? 0;
      if (state.stability >= 1.5) expect(recall).toBeGreaterThan(0.85);
    }
  });

  test('no card waits for a day past the exam while it is not seen in the final window', () => {
    const random = seeded(3);
    const timezone = 'America/Los_Angeles';
    for (let round = 0; round < 2_000; round++) {
      const now = new Date(
        Date.UTC(2026, 1 + Math.floor(random() * 3), 1 + Math.floor(random() * 28), 24 * random()),
      );
      const daysLeft = FINAL_WINDOW_DAYS + 1 + Math.floor(random() * 100);
      const examDate = addDays(dateIn(now, timezone), daysLeft + 1);
      const stability = random() * 400;
      const difficulty = 1 + random() * 9;
      const card = inReview(now, stability, difficulty, now.getTime() - random() * 2 * stability * DAY_MS);
      const plan = { cardId: `card-${round}`, desiredRetention: 0.9, examDate, timezone };
      for (const rating of [2, 3, 4] as const) {
        const next = nextState(card, rating, now, plan);
        expect(dateIn(new Date(next.due), timezone, ROLLOVER_HOUR) < examDate).toBe(true);
      }
    }
  });

  test('spreads the last reviews over the final window', () => {
    const { perDay } = studyUntilExam({ seed: 5, cards: 200, days: 60, timezone: 'UTC' });
    const window = perDay.slice(-FINAL_WINDOW_DAYS);
    expect(Math.max(...window)).toBeLessThan(
      2.5 * (window.reduce((sum, count) => sum + count, 0) / window.length),
    );
  });

  test('goes on after the exam as if there had been none', () => {
    const now = new Date('2026-11-20T18:00:00Z');
    const card = inReview(now, 40, 5, now.getTime() - 40 * DAY_MS);
    const plan = { cardId: 'a', desiredRetention: 0.9, examDate: null, timezone: 'UTC' };
    const free = nextState(card, 3, now, plan);
    for (const examDate of ['2026-11-20', '2026-11-01', '2026-11-24']) {
      expect(nextState(card, 3, now, { ...plan, examDate })).toEqual(free);
    }
  });
});

describe('setting an exam date on a deck', () => {
  const now = new Date('2026-11-20T09:00:00Z');
  const random = seeded(9);
  const cards: ScheduledCard[] = Array.from({ length: 300 }, (_, index) => {
    const stability = 1 + Math.floor(random() * 200);
    const age = Math.floor(random() * stability);
    const lastReview = new Date(now.getTime() - age * DAY_MS);
    return {
      id: `card-${index}`,
      due: new Date(lastReview.getTime() + stability * DAY_MS).toISOString(),
      stability,
      reps: 4,
      lastReview: lastReview.toISOString(),
      scheduledDays: stability,
    };
  });
  const params = { cards, desiredRetention: 0.9, now, timezone: 'UTC' };
  const applied = (moved: ReturnType<typeof rescheduleForExam>) => {
    const byId = new Map(moved.map((card) => [card.id, card]));
    return cards.map((card) => ({ ...card, ...byId.get(card.id) }));
  };

  test.each(['2026-11-23', '2026-11-27', '2026-12-04', '2027-01-15', '2027-09-01'])(
    'brings every unfinished card before %s, and none into the past',
    (examDate) => {
      for (const card of applied(rescheduleForExam({ ...params, examDate }))) {
        const dueDay = dateIn(new Date(card.due), 'UTC');
        const seen = daysBetween(dateIn(new Date(card.lastReview ?? ''), 'UTC'), examDate);
        expect(dueDay < examDate || seen <= FINAL_WINDOW_DAYS + 1).toBe(true);
        const before = cards.find(({ id }) => id === card.id);
        expect(Date.parse(card.due) >= Math.min(now.getTime(), Date.parse(before?.due ?? ''))).toBe(true);
      }
    },
  );

  test('lets go of them again when the exam is taken away', () => {
    const pulled = applied(rescheduleForExam({ ...params, examDate: '2026-12-24' }));
    const freed = rescheduleForExam({ ...params, cards: pulled, examDate: null });
    const byId = new Map(freed.map((card) => [card.id, card]));
    for (const card of cards) {
      const now2 = byId.get(card.id) ?? pulled.find(({ id }) => id === card.id);
      const days = daysBetween(dateIn(new Date(card.due), 'UTC'), dateIn(new Date(now2?.due ?? ''), 'UTC'));
      // What was moved by hardly more than fuzz stays where it was put.
      expect(Math.abs(days)).toBeLessThanOrEqual(Math.max(3, card.stability * 0.2));
    }
  });

  test('moves nothing where there is nothing to move', () => {
    for (const examDate of [null, '2026-11-20', '2020-01-01']) {
      expect(rescheduleForExam({ ...params, examDate })).toEqual([]);
    }
  });
});

test('decks without an exam share one number of new cards, decks with one have their own pace, and a wish stands over both', () => {
  const now = new Date('2026-11-20T09:00:00Z');
  const counts = newCardsToday(
    [
      { id: 'a', unseen: 100, introducedToday: 4, examDate: null, newPerDay: null },
      { id: 'b', unseen: 100, introducedToday: 0, examDate: null, newPerDay: null },
      { id: 'c', unseen: 300, introducedToday: 0, examDate: '2026-11-26', newPerDay: null },
      { id: 'd', unseen: 3, introducedToday: 0, examDate: '2027-11-26', newPerDay: null },
      { id: 'past', unseen: 9, introducedToday: 0, examDate: '2026-11-01', newPerDay: null },
      { id: 'wished', unseen: 90, introducedToday: 2, examDate: null, newPerDay: 7 },
      { id: 'none', unseen: 90, introducedToday: 0, examDate: '2026-11-26', newPerDay: 0 },
    ],
    now,
    'UTC',
  );
  expect(Object.fromEntries(counts)).toEqual({ a: 16, b: 0, c: 50, d: 3, past: 0, wished: 5, none: 0 });
});
