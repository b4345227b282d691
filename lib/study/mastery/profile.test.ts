import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../calendar/dates.ts';
import { beliefsOf } from './beliefs.ts';
import type { Evidence, Upcoming } from './evidence.ts';
import { meanRecallAt, recallAt } from './recall.ts';
import { answer, answers, daysAgo, evidence, NOW, profileOf, review } from './test-evidence.ts';
import { isAbout } from './topic.ts';

const exam = (over: Partial<Upcoming> = {}): Upcoming => ({
  kind: 'exam',
  title: 'Psychology midterm',
  date: '2026-12-02',
  minutes: 0,
  topics: [],
  text: '',
  ...over,
});
const task = (over: Partial<Upcoming> = {}): Upcoming =>
  exam({ kind: 'task', title: 'Quiz', date: '2026-11-22', minutes: 30, ...over });

describe('a student without evidence', () => {
  test('has a profile that says nothing instead of zeros', () => {
    const { analytics, ...named } = profileOf();
    expect(named).toEqual({ strengths: [], weaknesses: [], recommendedFocus: [] });
    expect(analytics).toMatchObject({
      totalAttempts: 0,
      averageScore: null,
      topicBreakdown: [],
      history: [],
      forecast: null,
      calibration: { certainTotal: 0, items: [] },
    });
  });
});

describe('recommended focus', () => {
  const given = evidence({
    answers: [
      ...answers(2, 6, { topic: 'Interference' }),
      ...answers(2, 6, { topic: 'Amnesia' }),
      ...answers(9, 0, { topic: 'Storage' }),
      answer({ topic: 'Retrieval', correct: false }),
    ],
  });

  test('names what is weak and surely so, with the figures, and leaves out what is strong or hardly known', () => {
    const { recommendedFocus, analytics } = profileOf(given);
    expect(recommendedFocus.toSorted()).toEqual(['Amnesia', 'Interference']);
    expect(analytics.focus[0]?.reason).toBe('2 of 8 right.');
  });

  test('puts first what an exam or the plan needs soon, and says so', () => {
    const upcoming = [exam({ topics: ['interference'] }), task({ text: 'Read about storage' })];
    const { recommendedFocus, analytics } = profileOf({ ...given, upcoming });
    expect(recommendedFocus).toEqual(['Interference', 'Amnesia']);
    expect(analytics.focus[0]?.reason).toBe('2 of 8 right, and “Psychology midterm” is in 12 days.');
  });

  test('is not moved by what is past', () => {
    const upcoming = [exam({ topics: ['Interference'], date: '2026-11-19' })];
    expect(profileOf({ ...given, upcoming }).analytics.focus[0]?.reason).toBe('2 of 8 right.');
  });
});

describe('calibration', () => {
  const certainAndWrong = (itemId: string, days: number) =>
    answer({ itemId, quizId: 'q', correct: false, confidence: 'certain', atMs: daysAgo(days) });
  const wrongAndCertain = certainAndWrong('a', 3);

  test('lists what was certain and wrong, the latest first, with where to find it', () => {
    const later = certainAndWrong('b', 1);
    const { calibration } = profileOf({ answers: [wrongAndCertain, later] }).analytics;
    expect(calibration).toMatchObject({ certainWrong: 2, certainTotal: 2 });
    expect(calibration.items.map(({ itemId }) => itemId)).toEqual(['b', 'a']);
    expect(calibration.items[0]).toMatchObject({ quizId: 'q', topic: 'Encoding', q: 'What is encoding?' });
  });

  test('clears a question that was answered right since, and still counts that it was wrong', () => {
    const mended = answer({ itemId: 'a', quizId: 'q', confidence: 'fairly', atMs: daysAgo(1) });
    const { calibration } = profileOf({ answers: [mended, wrongAndCertain] }).analytics;
    expect(calibration).toMatchObject({ certainWrong: 1, items: [] });
  });

  test('knows right guesses, and ignores skipped questions and answers without a confidence', () => {
    const { calibration } = profileOf({
      answers: [
        answer({ confidence: 'guessing' }),
        answer({ confidence: 'guessing', correct: false }),
        answer({ confidence: null }),
        answer({ confidence: 'certain', skipped: true, correct: false }),
      ],
    }).analytics;
    expect(calibration).toMatchObject({ guessingRight: 1, guessingTotal: 2, certainTotal: 0 });
    expect(calibration.guessed).toHaveLength(1);
  });
});

describe('history', () => {
  test('is the share right by week, Monday first, without rows for weeks that say nothing', () => {
    const { history } = profileOf({
      answers: [
        ...answers(1, 1, { atMs: Date.parse('2026-11-02T10:00:00Z') }),
        ...answers(3, 1, { atMs: Date.parse('2026-11-16T10:00:00Z') }),
        answer({ skipped: true, correct: false, atMs: Date.parse('2026-11-17T10:00:00Z') }),
      ],
      reviews: [review({ rating: 1, state: 1, atMs: Date.parse('2026-11-17T10:00:00Z') })],
    }).analytics;
    expect(history).toEqual([
      { weekOf: '2026-11-02', average: 0.5, answers: 2, questions: 0.5, reviews: null, reviewed: 0 },
      { weekOf: '2026-11-16', average: 0.75, answers: 4, questions: 0.75, reviews: null, reviewed: 0 },
    ]);
  });

  test('tells questions and reviews apart', () => {
    const atMs = Date.parse('2026-11-16T10:00:00Z');
    const reviews = [1, 3, 3, 3].map((rating) => review({ rating, atMs }));
    expect(profileOf({ answers: answers(1, 1, { atMs }), reviews }).analytics.history).toEqual([
      { weekOf: '2026-11-16', average: 4 / 6, answers: 6, questions: 0.5, reviews: 0.75, reviewed: 4 },
    ]);
  });

  test('uses the student’s own week: Sunday night in Auckland is still that week', () => {
    const atMs = Date.parse('2026-11-15T12:30:00Z');
    const history = (timezone: string) =>
      profileOf({ timezone, answers: [answer({ atMs })] }).analytics.history;
    expect(history('UTC')[0]?.weekOf).toBe('2026-11-09');
    expect(history('Pacific/Auckland')[0]?.weekOf).toBe('2026-11-16');
    expect(history('Not/AZone')[0]?.weekOf).toBe('2026-11-09');
  });
});

describe('the forecast', () => {
  const practised = [...answers(8, 2, { topic: 'Storage' }), ...answers(3, 7, { topic: 'Amnesia' })];
  const forecast = (over: Partial<Evidence> = {}) => {
    const { forecast: found } = profileOf({ answers: practised, ...over }).analytics;
    if (!found) throw new Error('No forecast.');
    return found;
  };

  test('is not given on a handful of answers', () => {
    const few = profileOf({ answers: answers(4, 2), upcoming: [exam()] });
    expect(few.analytics.forecast).toBeNull();
  });

  test('without an exam is today', () => {
    const { exam: none, plan, due, today } = forecast();
    expect({ none, plan }).toEqual({ none: null, plan: null });
    expect(due).toBe(today);
  });

  test('fades what nobody reviews, holds what has cards, and the plan adds to both', () => {
    const cards = [{ cardId: 'c', topic: 'storage', stabilityDays: 5, lastReviewMs: daysAgo(1) }];
    const bare = forecast({ upcoming: [exam()] });
    const held = forecast({ cards, upcoming: [exam()] });
    const planned = forecast({ cards, upcoming: [exam(), task({ text: 'Quiz: amnesia' })] });
    expect(bare.due).toBeLessThan(bare.today);
    expect(held.due).toBeGreaterThan(bare.due);
    expect(planned.plan).toBeGreaterThan(planned.due);
    expect(planned.plan).toBeLessThan(0.95);
    // The plan's half hour is for the weak topic alone, and moves that topic alone.
    const storage = planned.topics.find(({ topic }) => topic === 'Storage');
    expect(storage?.examDay).toBe(storage?.today);
  });

  test('says what the cards of a topic hold on the day by the forgetting curve, and how sure that is', () => {
    const cards = (count: number, stabilityDays: number) =>
      Array.from({ length: count }, (_, n) => ({
        cardId: `c${n}`,
        topic: 'storage',
        stabilityDays,
        lastReviewMs: daysAgo(0),
      }));
    const held = (given: ReturnType<typeof cards>) =>
      forecast({ cards: given, upcoming: [exam()] }).topics.find(
        ({ topic }) => topic.toLowerCase() === 'storage',
      )?.cards;
    const [few, many, firm] = [held(cards(4, 12)), held(cards(60, 12)), held(cards(60, 400))];
    if (!few || !many || !firm) throw new Error('No forecast of the cards.');
    // After as many days as the stability is long, nine in ten are left.
    expect(few).toMatchObject({ recall: expect.closeTo(0.9, 2), cards: 4 });
    expect(many.recall).toBeCloseTo(few.recall, 6);
    expect(firm.recall).toBeGreaterThan(many.recall);
    expect(few.high - few.low).toBeGreaterThan(2 * (many.high - many.low));
    for (const { low, recall, high } of [few, many, firm])
      expect([low <= recall, recall <= high]).toEqual([true, true]);
    const [without] = forecast({ cards: cards(4, 12) }).topics;
    expect([without?.cards, held([])]).toEqual([null, null]);
  });

  test('counts no task after the exam, and takes the exam that comes first', () => {
    const upcoming = [exam({ title: 'Final', date: '2027-01-20' }), exam(), task({ date: '2026-12-03' })];
    expect(forecast({ upcoming })).toMatchObject({
      exam: { title: 'Psychology midterm' },
      planMinutes: 0,
      plan: null,
    });
  });

  test('knows where it stood in the weeks before, from what had been answered by then', () => {
    const earlier = answers(2, 10, { topic: 'Storage', atMs: daysAgo(15) });
    const { trend, today } = forecast({ answers: [...practised, ...earlier] });
    expect(trend.map(({ date }) => date)).toEqual(['2026-11-06', '2026-11-13']);
    for (const { average } of trend) expect(average).toBeLessThan(today);
    expect(forecast().trend).toEqual([]);
  });
});

describe('beliefs', () => {
  test('say one thing about a topic, what needs work first, each with its figures', () => {
    const { analytics } = profileOf({
      answers: [
        ...answers(9, 1, { topic: 'Storage' }),
        ...answers(2, 6, { topic: 'Amnesia' }),
        ...answers(1, 3, { topic: 'Interference', confidence: 'certain' }),
      ],
    });
    expect(beliefsOf(analytics).map(({ kind, topic }) => `${kind} ${topic}`)).toEqual([
      'confident-wrong Interference',
      'weak Amnesia',
      'strong Storage',
    ]);
    expect(beliefsOf(analytics)[1]?.ground).toBe('2 of 8 right.');
  });

  test('a contested topic says what is counted since', () => {
    const { analytics } = profileOf({
      answers: answers(0, 8),
      contests: [{ topic: 'Encoding', atMs: NOW.getTime() }],
    });
    expect(beliefsOf(analytics)).toMatchObject([
      { kind: 'contested', ground: 'I left out what came before. Nothing answered since.' },
    ]);
  });
});

describe('recall of cards', () => {
  test('falls with time, is 90 % after as many days as the card is stable, and stays between 0 and 1', () => {
    const card = { stabilityDays: 8, lastReviewMs: NOW.getTime() };
    expect(recallAt(card, NOW.getTime() + 8 * DAY_MS)).toBeCloseTo(0.9, 4);
    expect(recallAt(card, NOW.getTime() - DAY_MS)).toBe(1);
    expect(recallAt({ ...card, stabilityDays: 0 }, NOW.getTime())).toBe(0);
    expect(recallAt({ ...card, stabilityDays: Number.NaN }, NOW.getTime())).toBe(0);
    expect(meanRecallAt([], NOW.getTime())).toBeNull();
  });
});

describe('names', () => {
  test('a text is about a topic when it names it as words', () => {
    expect(isAbout('Read 8.3: Short-term  memory', 'short-term memory')).toBe(true);
    expect(isAbout('Thermodynamics', 'thermo')).toBe(false);
    expect(isAbout('Art, then heart and art', 'art')).toBe(true);
    expect(isAbout('anything', '')).toBe(false);
  });
});
