import { z } from 'zod';
import { freshLearningProfile } from '../db/queries/learning-profile.ts';
import { saidSchema } from '../domain/said.ts';
import { listening } from '../language/said.ts';
import { type LearningProfile, learningProfileSchema, profileSentence } from '../study/mastery/profile.ts';
import { defineTool, orNull } from './define-tool.ts';

/** What a conversation keeps of a profile; the whole of it is on the progress page. */
const TOPICS_KEPT = 50;
const WEEKS_KEPT = 12;
const TOPICS_TOLD = 25;

const input = z.object({
  forceRebuild: orNull(z.boolean()).describe(
    'True works it out anew even when nothing has changed; false when null.',
  ),
});

const output = learningProfileSchema.extend({
  summary: z.string().describe('What it says, in a sentence or two.'),
  rebuilt: z.boolean().describe('Whether it was worked out anew just now.'),
  said: saidSchema.optional(),
});
type BuildLearningProfileOutput = z.output<typeof output>;

/** The surest topics, and lists short enough to be kept with the conversation. */
function kept({ analytics, ...profile }: LearningProfile): LearningProfile {
  const surest = analytics.topicBreakdown.toSorted((left, right) => right.certainty - left.certainty);
  const chosen = new Set(surest.slice(0, TOPICS_KEPT));
  return {
    ...profile,
    analytics: {
      ...analytics,
      topicBreakdown: analytics.topicBreakdown.filter((topic) => chosen.has(topic)),
      unpractised: analytics.unpractised.slice(0, TOPICS_KEPT),
      history: analytics.history.slice(-WEEKS_KEPT),
      forecast: analytics.forecast && {
        ...analytics.forecast,
        topics: analytics.forecast.topics.slice(0, TOPICS_KEPT),
      },
    },
  };
}

const percent = (share: number) => Math.round(share * 100);

/** Figures and names for the model, as whole percents. Questions and answers are left out. */
function modelText(profile: BuildLearningProfileOutput): string {
  const { analytics, strengths, weaknesses, summary } = profile;
  const { averageScore, forecast, calibration } = analytics;
  return JSON.stringify({
    summary,
    strengths,
    weaknesses,
    recommendedFocus: analytics.focus.map(({ topic, reason }) => ({ topic, reason })),
    totalAttempts: analytics.totalAttempts,
    averageScorePercent: averageScore === null ? null : percent(averageScore),
    topics: analytics.topicBreakdown.slice(0, TOPICS_TOLD).map((topic) => ({
      topic: topic.topic,
      averagePercent: percent(topic.average),
      answers: topic.answers,
      surePercent: percent(topic.certainty),
      ...(topic.contestedAt === null ? {} : { contestedByStudent: true }),
    })),
    notPractisedYet: analytics.unpractised.slice(0, TOPICS_TOLD),
    certainAndWrong: calibration.certainWrong,
    rightByGuess: calibration.guessingRight,
    forecast: forecast && {
      exam: forecast.exam,
      todayPercent: percent(forecast.today),
      examDayPercent: percent(forecast.plan ?? forecast.due),
    },
  });
}

export const buildLearningProfile = defineTool({
  name: 'buildLearningProfile',
  description:
    'Says what the student is good at, what is weak and what to work on first, measured from their quiz answers and card reviews, with how sure that is. Changes nothing but the stored profile.',
  input,
  output,
  async run({ forceRebuild }, { db, userId, now }) {
    const { profile, rebuilt } = await freshLearningProfile(db, {
      userId,
      now,
      force: forceRebuild ?? false,
    });
    const { made, said } = listening(
      () => ({ ...kept(profile), summary: profileSentence(profile) }),
      profile.analytics.said,
    );
    return { ...made, rebuilt, said };
  },
  toModelText: modelText,
});
