import { z } from 'zod';
import { personPair } from '../db/queries/people.ts';
import { MAX_NUDGE_CHARACTERS } from '../domain/bounds.ts';

import { complementarySkillSchema, facetSchema } from '../domain/person.ts';
import { ACTIVITIES } from '../domain/presence.ts';
import { buildInsight } from '../matching/insight.ts';
import { defineTool } from './define-tool.ts';

const input = z.object({
  candidateId: z
    .guid()
    .describe('The id of the other student, as matchCandidates or getOnlineUsers gives it.'),
});

const output = z.object({
  userId: z.string(),
  displayName: z.string(),
  compatibilityScore: z.number().min(0).max(1),
  verdict: z.string(),
  facets: z.array(facetSchema),
  complementarySkills: z.array(complementarySkillSchema),
  commonSubjects: z.array(z.string()),
  risks: z.array(z.string()),
  jointStudyPlan: z.array(z.object({ minutes: z.int().positive(), step: z.string() })),
  isOnline: z.boolean(),
  currentActivity: z.enum(ACTIVITIES).nullable(),
  canStudyNow: z
    .boolean()
    .describe('The other is here, and both are free now by their calendars or because they say so.'),
  minutesNow: z.int().nullable().describe('Minutes that both stay free, when they can study now.'),
  nextBestTimes: z.array(
    z.object({
      whenISO: z.string(),
      endISO: z.string(),
      confidence: z.number().min(0).max(1),
      whenMine: z.string().describe('On the student’s clock.'),
      whenTheirs: z.string().describe('On the other student’s clock.'),
    }),
  ),
  myTimezone: z.string(),
  theirTimezone: z.string(),
  draftMessage: z
    .string()
    .max(MAX_NUDGE_CHARACTERS)
    .describe('A message that could be sent; nothing is sent by this tool.'),
});

const MOST_TOLD = 5;

export const matchInsight = defineTool({
  name: 'matchInsight',
  description:
    'Says how well the student and one other fit and why: the score with its reasons, what each can explain to the other, risks, a joint plan of 25 minutes, whether both can study now, and the next best times on both clocks. Read-only.',
  input,
  output,
  timeoutSeconds: 15,
  async run({ candidateId }, { db, now }, signal) {
    return buildInsight(await personPair(db, { userId: candidateId, signal }), now);
  },
  toModelText: (insight) =>
    JSON.stringify({
      userId: insight.userId,
      displayName: insight.displayName,
      compatibilityScore: insight.compatibilityScore,
      verdict: insight.verdict,
      reasons: insight.facets.map(
        ({ label, score, reason }) => `${label} (${score}): ${reason.slice(0, 200)}`,
      ),
      complementarySkills: insight.complementarySkills.slice(0, MOST_TOLD),
      risks: insight.risks.slice(0, MOST_TOLD),
      jointStudyPlan: insight.jointStudyPlan,
      isOnline: insight.isOnline,
      canStudyNow: insight.canStudyNow,
      nextBestTimes: insight.nextBestTimes,
      draftMessage: insight.draftMessage,
    }),
});
