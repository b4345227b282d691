import { z } from 'zod';
import { dateIn, mondayOf } from '../../calendar/dates.ts';
import { PHASE } from '../../domain/card.ts';
import { count, share } from '../../domain/fields.ts';
import { saidSchema } from '../../domain/said.ts';
import { listening, say, sayAll, sayList } from '../../language/said.ts';
import { calibrationOf, calibrationSchema } from './calibration.ts';
import { withoutContested } from './contests.ts';
import type { Evidence } from './evidence.ts';
import { recommendedFocus, strengthsOf, weaknessesOf } from './focus.ts';
import { forecastOf, forecastSchema } from './forecast.ts';
import { AGAIN, topicBreakdown, topicMasterySchema, unpractisedTopics } from './topics.ts';

const HISTORY_WEEKS = 26;
const MAX_NAMED = 3;

export const analyticsSchema = z.object({
  totalAttempts: count,
  averageScore: share.nullable().describe('Mean score of finished quizzes; null without any.'),
  topicBreakdown: z.array(topicMasterySchema),
  unpractised: z.array(z.string()).describe('Topics with questions or cards that nobody has answered yet.'),
  focus: z.array(z.object({ topic: z.string(), reason: z.string(), score: z.number() })),
  calibration: calibrationSchema,
  history: z.array(
    z.object({
      weekOf: z.string(),
      average: share,
      answers: count,
      questions: share.nullable().describe('The share of its questions that was right; null without any.'),
      reviews: share.nullable().describe('The share of its reviews that was recalled; null without any.'),
      reviewed: count.describe('How many of the answers are reviews of cards.'),
    }),
  ),
  forecast: forecastSchema.nullable().describe('Null when there are too few answers to go by.'),
  computedAt: z.string(),
  said: saidSchema.default({}),
});

export const learningProfileSchema = z.object({
  strengths: z.array(z.string()),
  weaknesses: z.array(z.string()),
  recommendedFocus: z.array(z.string()),
  analytics: analyticsSchema,
});

export type Analytics = z.infer<typeof analyticsSchema>;
export type LearningProfile = z.infer<typeof learningProfileSchema>;

/** What a student's answers and reviews say about them. The same evidence at the same moment gives the same profile. */
export function learningProfileOf(all: Evidence, now: Date): LearningProfile {
  const evidence = withoutContested(all);
  const today = dateIn(now, evidence.timezone);
  const topics = topicBreakdown(evidence, now);
  const { made: focus, said } = listening(() => recommendedFocus(topics, evidence.upcoming, today));
  const scores = evidence.attempts.flatMap(({ score }) => (score === null ? [] : [score]));
  return {
    strengths: strengthsOf(topics),
    weaknesses: weaknessesOf(topics),
    recommendedFocus: focus.map(({ topic }) => topic),
    analytics: {
      totalAttempts: evidence.attempts.length,
      averageScore:
        scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
      topicBreakdown: topics,
      unpractised: unpractisedTopics(evidence, topics),
      focus,
      calibration: calibrationOf(evidence),
      // What happened, happened: a contest changes what is believed, not the weeks behind.
      history: historyOf(all),
      forecast: forecastOf(topics, evidence, now),
      computedAt: now.toISOString(),
      said,
    },
  };
}

/** The share that was right, week by week, the oldest first. A week without practice has no row: it says nothing. */
function historyOf({
  answers,
  reviews,
  timezone,
}: Pick<Evidence, 'answers' | 'reviews' | 'timezone'>): Analytics['history'] {
  const weekOf = ({ atMs }: { atMs: number }) => mondayOf(dateIn(atMs, timezone));
  const acts = [
    ...answers.filter(({ skipped }) => !skipped).map((answer) => ({ ...answer, isReview: false })),
    // A card seen twice in one sitting is nearly always right, and would flatter the week.
    ...reviews
      .filter(({ state }) => state === PHASE.review)
      .map((review) => ({ ...review, isReview: true, correct: review.rating > AGAIN })),
  ];
  const rightOf = (given: readonly { correct: boolean }[]) =>
    given.length === 0 ? null : given.filter(({ correct }) => correct).length / given.length;
  return [...Map.groupBy(acts, weekOf)]
    .map(([week, given]) => {
      const reviewed = given.filter(({ isReview }) => isReview);
      return {
        weekOf: week,
        average: rightOf(given) ?? 0,
        answers: given.length,
        questions: rightOf(given.filter(({ isReview }) => !isReview)),
        reviews: rightOf(reviewed),
        reviewed: reviewed.length,
      };
    })
    .sort((left, right) => (left.weekOf < right.weekOf ? -1 : 1))
    .slice(-HISTORY_WEEKS);
}

/** A profile in two or three sentences; with nothing to go by it says what would help. */
export function profileSentence({ strengths, weaknesses, analytics }: LearningProfile): string {
  const answers = analytics.topicBreakdown.reduce((sum, topic) => sum + topic.answers, 0);
  if (answers === 0) {
    return say(
      'There is nothing to go by yet. Answer a quiz or review some cards, and your profile fills in.',
    );
  }
  const values = {
    answers,
    strong: sayList(strengths.slice(0, MAX_NAMED)),
    weak: sayList(weaknesses.slice(0, MAX_NAMED)),
  };
  const first = analytics.focus[0];
  return sayAll([
    standing(values),
    ...(first ? [say('Work on {topic} first: {reason}', { topic: first.topic, reason: first.reason })] : []),
  ]);
}

function standing(values: { answers: number; strong: string; weak: string }): string {
  if (values.strong !== '' && values.weak !== '')
    return say(
      'From {answers, plural, one {# answer} other {# answers}}: strong in {strong}, not there yet in {weak}.',
      values,
    );
  if (values.strong !== '')
    return say('From {answers, plural, one {# answer} other {# answers}}: strong in {strong}.', values);
  return values.weak !== ''
    ? say('From {answers, plural, one {# answer} other {# answers}}: not there yet in {weak}.', values)
    : say(
        'From {answers, plural, one {# answer} other {# answers}} I can name no strength or weakness with confidence yet.',
        values,
      );
}
