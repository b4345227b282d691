import { z } from 'zod';
import { type OwnState, peopleOverview } from '../db/queries/people.ts';
import { facetSchema } from '../domain/person.ts';
import { ACTIVITIES } from '../domain/presence.ts';
import { saidSchema } from '../domain/said.ts';
import { listening, say } from '../language/said.ts';
import { mainFacet } from '../matching/reasons.ts';
import { defineTool, orNull } from './define-tool.ts';

const DEFAULT_TOP = 10;

const input = z.object({
  topK: orNull(z.int().min(1).max(50)).describe('How many students, 10 when null.'),
});

const candidate = z.object({
  userId: z.string().describe('The id that matchInsight, getAvailability and sendNudge take.'),
  displayName: z.string(),
  score: z.number().min(0).max(1),
  facets: z.array(facetSchema),
  isOnline: z.boolean(),
  currentActivity: z.enum(ACTIVITIES).nullable(),
  gradeLevel: z.string().nullable(),
  subjects: z.array(z.string()),
  reason: z.string(),
  said: saidSchema.optional(),
});

const output = z.object({
  candidates: z.array(candidate),
  hint: z.string().nullable().describe('What would help when nobody is found.'),
  said: saidSchema.optional(),
});

function hintOf({ visibility, subjects }: OwnState): string {
  if (visibility === 'private') {
    return say('You are hidden, so nobody can be matched with you. Let matches see you under You.');
  }
  if (subjects === 0)
    return say('You have set no subjects yet. Add what you study under You, and I can look.');
  return say(
    'Nobody who lets themselves be found shares a subject with you yet. I look again whenever somebody joins.',
  );
}

export const matchCandidates = defineTool({
  name: 'matchCandidates',
  description:
    'Finds students who fit the student as study partners, the best first, each with a score, its reasons and whether they are online. Only students who let themselves be found. Read-only.',
  input,
  output,
  timeoutSeconds: 15,
  async run({ topK }, { db }, signal) {
    const { me, matches } = await peopleOverview(db, { matches: topK ?? DEFAULT_TOP, online: 0, signal });
    const { made, said } = listening(() => ({
      candidates: matches.map((match) => {
        const main = mainFacet(match.facets);
        const reason = main?.reason ?? say('There is little to go by yet.');
        return { ...match, reason, said: main?.said ?? {} };
      }),
      hint: matches.length === 0 ? hintOf(me) : null,
    }));
    return { ...made, said };
  },
  toModelText: ({ candidates, hint }) =>
    JSON.stringify({
      candidates: candidates.map(({ userId, displayName, score, isOnline, reason, facets }) => ({
        userId,
        displayName,
        score,
        isOnline,
        reason: reason.slice(0, 200),
        facets: facets.map(({ label, score: part }) => `${label}: ${part}`),
      })),
      ...(hint === null ? {} : { hint }),
    }),
});
