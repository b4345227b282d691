import { z } from 'zod';
import { dateIn } from '../../calendar/dates.ts';
import { CONFIDENCES } from '../../domain/quiz.ts';
import { calibrationOf } from './calibration.ts';
import { withoutContested } from './contests.ts';
import type { Evidence } from './evidence.ts';
import { recommendedFocus, strengthsOf, weaknessesOf } from './focus.ts';
import { forecastOf } from './forecast.ts';
import { historyOf } from './history.ts';
import { topicBreakdown, unpractisedTopics } from './topics.ts';

const share = z.number().min(0).max(1);
const count = z.int().min(0);

export const topicMasterySchema = z.object({
  topic: z.string(),
  average: share.describe('How likely the next question on it is answered right.'),
  answers: count.describe('How many answers and reviews stand behind it.'),
  certainty: share.describe('How sure the average is.'),
  low: share.describe('Lower end of the interval that holds it nine times out of ten.'),
  high: share.describe('Upper end of that interval.'),
  retention: share.nullable().describe('Share of its reviewed cards recalled now; null without any.'),
  lastSeenAt: z.string().nullable(),
  contestedAt: z.string().nullable().describe('When the student said that this belief was wrong.'),
  right: count,
  wrong: count,
  skipped: count,
  reviews: count,
  certainWrong: count,
});

const calibrationItem = z.object({
  quizId: z.string(),
  itemId: z.string(),
  topic: z.string(),
  q: z.string(),
});

export const analyticsSchema = z.object({
  totalAttempts: count,
  averageScore: share.nullable().describe('Mean score of finished quizzes; null without any.'),
  topicBreakdown: z.array(topicMasterySchema),
  unpractised: z.array(z.string()).describe('Topics with questions or cards that nobody has answered yet.'),
  focus: z.array(z.object({ topic: z.string(), reason: z.string(), score: z.number() })),
  calibration: z.object({
    certainWrong: count,
    certainTotal: count,
    guessingRight: count,
    guessingTotal: count,
    items: z.array(calibrationItem).describe('Certain and wrong, the latest first.'),
    guessed: z.array(calibrationItem).describe('Right by a guess.'),
    byConfidence: z.array(z.object({ confidence: z.enum(CONFIDENCES), right: count, total: count })),
  }),
  history: z.array(z.object({ weekOf: z.string(), average: share, answers: count })),
  forecast: z
    .object({
      exam: z.object({ title: z.string(), date: z.string() }).nullable(),
      today: share,
      due: share,
      plan: share.nullable(),
      planMinutes: z.number().min(0),
      answers: count,
      trend: z.array(z.object({ date: z.string(), average: share })),
      topics: z.array(z.object({ topic: z.string(), today: share, examDay: share })),
    })
    .nullable()
    .describe('Null when there are too few answers to go by.'),
  computedAt: z.string(),
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
  const focus = recommendedFocus(topics, evidence.upcoming, today);
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
    },
  };
}
