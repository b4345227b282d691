import { z } from 'zod';
import { personPair } from '../db/queries/people.ts';
import { buildInsight, insightSchema } from '../matching/insight.ts';
import { defineTool } from './define-tool.ts';

const input = z.object({
  candidateId: z
    .guid()
    .describe('The id of the other student, as matchCandidates or getOnlineUsers gives it.'),
});

const MOST_TOLD = 5;

export const matchInsight = defineTool({
  name: 'matchInsight',
  description:
    'Says how well the student and one other fit and why: the score with its reasons, what each can explain to the other, risks, a joint plan of 25 minutes, whether both can study now, and the next best times on both clocks. Read-only.',
  input,
  output: insightSchema,
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
