import { describe, expect, test } from 'vitest';
import type { Confidence } from '../../domain/quiz.ts';
import { seeded } from '../../test-random.ts';
import { betaQuantile, betaShareBelow } from './beta.ts';
import type { AnswerEvidence, Evidence } from './evidence.ts';
import { isStrong, isWeak } from './focus.ts';
import { learningProfileSchema } from './profile.ts';
import { answer, answers, daysAgo, evidence, NOW, profileOf, review } from './test-evidence.ts';
import { type TopicMastery, topicBreakdown, unpractisedTopics } from './topics.ts';

const TOPICS = ['Encoding', 'encoding ', 'Retrieval', 'Höhenlinien', 'x'];
const CONFIDENCES: (Confidence | null)[] = ['guessing', 'fairly', 'certain', null];

const pick = <T>(items: readonly T[], random: () => number): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
};

function anyAnswer(random: () => number): AnswerEvidence {
  return answer({
    topic: pick(TOPICS, random),
    correct: random() < 0.5,
    skipped: random() < 0.1,
    confidence: pick(CONFIDENCES, random),
    // A few in the future: clocks of two machines differ.
    atMs: daysAgo(random() * 400 - 2),
  });
}

function anyEvidence(random: () => number): Evidence {
  return evidence({
    answers: Array.from({ length: Math.floor(random() * 40) }, () => anyAnswer(random)),
    reviews: Array.from({ length: Math.floor(random() * 40) }, () =>
      review({
        topic: random() < 0.2 ? null : pick(TOPICS, random),
        rating: 1 + Math.floor(random() * 4),
        state: Math.floor(random() * 4),
        atMs: daysAgo(random() * 400),
      }),
    ),
    cards: Array.from({ length: Math.floor(random() * 10) }, (_, index) => ({
      cardId: `card-${index}`,
      topic: pick(TOPICS, random),
      stabilityDays: random() * 100,
      lastReviewMs: daysAgo(random() * 100),
    })),
    contests: random() < 0.3 ? [{ topic: pick(TOPICS, random), atMs: daysAgo(random() * 100) }] : [],
  });
}

const only = (given: Partial<Evidence>) => {
  const [topic, ...others] = topicBreakdown(evidence(given), NOW);
  if (!topic || others.length > 0) throw new Error('Not one topic.');
  return topic;
};

describe('the interval', () => {
  // Known values: R's pbeta and qbeta.
  test.each([
    [0.5, 2, 2, 0.5],
    [0.3, 2, 5, 0.579825],
    [0.9, 20, 3, 0.6200405],
    [0.05, 0.5, 0.5, 0.1435663],
  ])('the share below %d of Beta(%d, %d) is %d', (x, a, b, share) => {
    expect(betaShareBelow(x, a, b)).toBeCloseTo(share, 5);
  });

  test('a quantile is where that share lies below', () => {
    const random = seeded(7);
    for (let round = 0; round < 300; round++) {
      const [a, b, share] = [0.5 + random() * 80, 0.5 + random() * 80, 0.01 + random() * 0.98];
      expect(betaShareBelow(betaQuantile(share, a, b), a, b)).toBeCloseTo(share, 6);
    }
    expect(betaQuantile(0.05, 6, 1)).toBeCloseTo(0.05 ** (1 / 6), 8);
  });
});

describe('the average of a topic', () => {
  test('and everything beside it stays between 0 and 1, the average inside its interval', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const profile = profileOf(anyEvidence(seeded(seed)));
      expect(learningProfileSchema.parse(profile)).toEqual(profile);
      for (const { low, average, high } of profile.analytics.topicBreakdown) {
        expect(low).toBeLessThanOrEqual(average);
        expect(average).toBeLessThanOrEqual(high);
      }
    }
  });

  test('never falls with one more right answer, nor rises with one more wrong one', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seeded(seed);
      const before = anyEvidence(random);
      const topic = pick(TOPICS, random);
      const more = (correct: boolean) => {
        const added = answer({
          topic,
          correct,
          confidence: pick(CONFIDENCES, random),
          atMs: daysAgo(random() * 100),
        });
        return topicBreakdown({ ...before, answers: [...before.answers, added] }, NOW);
      };
      const averageIn = (topics: readonly TopicMastery[]) =>
        topics.find((row) => row.topic.toLowerCase() === topic.trim().toLowerCase())?.average;
      const old = averageIn(topicBreakdown(before, NOW)) ?? 0.5;
      expect(averageIn(more(true))).toBeGreaterThanOrEqual(old);
      expect(averageIn(more(false))).toBeLessThanOrEqual(old);
    }
  });

  test('is surer and its interval narrower with more answers of the same kind', () => {
    let before = { certainty: 0, width: 1 };
    for (const times of [1, 2, 4, 8, 16, 32]) {
      const { certainty, low, high } = only({ answers: answers(3 * times, times) });
      expect(certainty).toBeGreaterThan(before.certainty);
      expect(high - low).toBeLessThan(before.width);
      before = { certainty, width: high - low };
    }
  });

  test('is the same for the same evidence in any order', () => {
    const given = anyEvidence(seeded(11));
    const reversed = { ...given, answers: given.answers.toReversed(), reviews: given.reviews.toReversed() };
    const rounded = (topics: readonly TopicMastery[]) =>
      topics.map((row) => ({ ...row, average: row.average.toFixed(9), low: 0, high: 0, certainty: 0 }));
    expect(rounded(topicBreakdown(reversed, NOW))).toEqual(rounded(topicBreakdown(given, NOW)));
  });

  test('leans on what is recent: an old mistake weighs less than a new one', () => {
    const right = answers(4, 0);
    const recent = only({ answers: [...right, ...answers(0, 4)] }).average;
    const old = only({ answers: [...right, ...answers(0, 4, { atMs: daysAgo(90) })] }).average;
    expect(recent).toBe(0.5);
    expect(old).toBeGreaterThan(0.7);
  });

  test('after a month an answer counts half', () => {
    const { certainty } = only({ answers: answers(8, 0, { atMs: daysAgo(30) }) });
    expect(certainty).toBeCloseTo(0.5, 10);
  });

  test('does not change with a skipped question, which is neither right nor wrong', () => {
    const without = only({ answers: answers(2, 1) });
    const skipped = only({ answers: [...answers(2, 1), answer({ skipped: true, correct: false })] });
    expect(skipped).toMatchObject({ average: without.average, answers: 3, right: 2, wrong: 1, skipped: 1 });
  });

  test('rises less with a right guess than with a right answer that was known', () => {
    const guessed = only({ answers: answers(4, 0, { confidence: 'guessing' }) }).average;
    const known = only({ answers: answers(4, 0) }).average;
    expect(guessed).toBeGreaterThan(0.5);
    expect(guessed).toBeLessThan(known);
  });

  test('counts a card recalled after days more than one seen again in the same sitting', () => {
    const spaced = only({ reviews: [review({ state: 2 })] }).certainty;
    const crammed = only({ reviews: [review({ state: 1 })] }).certainty;
    expect(spaced).toBeGreaterThan(crammed);
  });
});

describe('topics', () => {
  test('are one whatever their case and spacing, under the spelling used last', () => {
    const topics = topicBreakdown(
      evidence({
        answers: [
          answer({ topic: 'short-term  memory', atMs: daysAgo(3) }),
          answer({ topic: 'Short-Term Memory', atMs: daysAgo(1) }),
        ],
        reviews: [review({ topic: ' SHORT-TERM MEMORY', atMs: daysAgo(2) })],
      }),
      NOW,
    );
    expect(topics).toMatchObject([{ topic: 'Short-Term Memory', answers: 3, reviews: 1 }]);
  });

  test('without a name belong to no topic and fail nothing', () => {
    expect(
      topicBreakdown(
        evidence({ answers: [answer({ topic: '  ' })], reviews: [review({ topic: null })] }),
        NOW,
      ),
    ).toEqual([]);
  });

  test('nobody has practised are named as such, not as zero', () => {
    const given = evidence({ answers: answers(1, 0), topics: ['Amnesia', 'encoding', 'AMNESIA', ''] });
    expect(unpractisedTopics(given, topicBreakdown(given, NOW))).toEqual(['Amnesia']);
  });

  test('keep what their cards are recalled with, by the forgetting curve', () => {
    const card = { cardId: 'c', topic: 'Encoding', stabilityDays: 10, lastReviewMs: daysAgo(10) };
    const topic = only({ answers: answers(1, 0), cards: [card] });
    expect(topic.retention).toBeCloseTo(0.9, 3);
  });

  test('a hundred thousand answers are worked out without delay to speak of', () => {
    const random = seeded(3);
    const many = evidence({ answers: Array.from({ length: 100_000 }, () => anyAnswer(random)) });
    expect(topicBreakdown(many, NOW)).toHaveLength(4);
  });
});

describe('a contested belief', () => {
  const given = evidence({
    answers: [...answers(0, 6, { atMs: daysAgo(5) }), ...answers(2, 0, { atMs: daysAgo(1) })],
    contests: [{ topic: 'ENCODING', atMs: daysAgo(3) }],
  });

  test('leaves out everything before it, and shows as contested', () => {
    const { topicBreakdown: topics, calibration } = profileOf(given).analytics;
    expect(topics).toMatchObject([{ topic: 'Encoding', right: 2, wrong: 0, answers: 2 }]);
    expect(topics[0]?.contestedAt).toBe(new Date(daysAgo(3)).toISOString());
    expect(calibration.byConfidence.reduce((sum, { total }) => sum + total, 0)).toBe(2);
  });

  test('counts again when the contest is taken back', () => {
    const undone = profileOf({ ...given, contests: [] });
    expect(undone.weaknesses).toEqual(['Encoding']);
    expect(undone.analytics.topicBreakdown).toMatchObject([
      { topic: 'Encoding', wrong: 6, contestedAt: null },
    ]);
  });

  test('stays listed when nothing has been answered since', () => {
    const topic = only({ ...given, contests: [{ topic: 'Encoding', atMs: NOW.getTime() }] });
    expect(topic.contestedAt).not.toBeNull();
    const profile = profileOf({ ...given, contests: [{ topic: 'Encoding', atMs: NOW.getTime() }] });
    expect(profile).toMatchObject({ strengths: [], weaknesses: [], recommendedFocus: [] });
    expect(profile.analytics.topicBreakdown).toMatchObject([{ answers: 0, certainty: 0 }]);
  });
});

describe('a strength', () => {
  test('is not called so on a few lucky answers', () => {
    expect(isStrong(only({ answers: answers(3, 0) }))).toBe(false);
    expect(isStrong(only({ answers: answers(8, 0, { confidence: 'guessing' }) }))).toBe(false);
    expect(isStrong(only({ answers: answers(8, 0) }))).toBe(true);
  });

  test('ends when its evidence grows old', () => {
    expect(isStrong(only({ answers: answers(8, 0, { atMs: daysAgo(120) }) }))).toBe(false);
  });

  test('and a weakness never stand on the same topic', () => {
    for (let seed = 1; seed <= 300; seed++) {
      for (const topic of topicBreakdown(anyEvidence(seeded(seed)), NOW)) {
        expect(isStrong(topic) && isWeak(topic)).toBe(false);
      }
    }
  });
});
