import { z } from 'zod';
import { dateIn } from '../../calendar/dates.ts';
import { count, share } from '../../domain/fields.ts';
import { calibrationOf, calibrationSchema } from './calibration.ts';
import { withoutContested } from './contests.ts';
import type { Evidence } from './evidence.ts';
import { recommendedFocus, strengthsOf, weaknessesOf } from './focus.ts';
import { forecastOf, forecastSchema } from './forecast.ts';
import { historyOf } from './history.ts';
import { topicBreakdown, topicMasterySchema, unpractisedTopics } from './topics.ts';

export const analyticsSchema = z.object({
  totalAttempts: count,
  averageScore: share.nullable().describe('Mean score of finished quizzes; null without any.'),
  topicBreakdown: z.array(topicMasterySchema),
  unpractised: z.array(z.string()).describe('Topics with questions or cards that nobody has answered yet.'),
  focus: z.array(z.object({ topic: z.string(), reason: z.string(), score: z.number() })),
  calibration: calibrationSchema,
  history: z.array(z.object({ weekOf: z.string(), average: share, answers: count })),
  forecast: forecastSchema.nullable().describe('Null when there are too few answers to go by.'),
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
