import { z } from 'zod';
import { onlineUsers } from '../db/queries/people.ts';
import { publicPersonSchema } from '../domain/person.ts';
import { ACTIVITIES } from '../domain/presence.ts';
import { defineTool, orNull } from './define-tool.ts';

const DEFAULT_LIMIT = 50;
/** The model reads the first ones by name and the rest as a number. */
const MOST_TOLD = 60;

const input = z.object({
  activityFilter: orNull(z.enum(ACTIVITIES)).describe(
    'Only students who do this; null for all. "available" means free to study.',
  ),
  limit: orNull(z.int().min(1).max(200)).describe('How many students, 50 when null.'),
});

const user = z.object({
  userId: z.string(),
  displayName: z.string(),
  currentActivity: z.enum(ACTIVITIES),
  lastSeen: z
    .string()
    .describe('When they were last heard of; nobody is listed after five minutes of silence.'),
  profile: publicPersonSchema.pick({ gradeLevel: true, subjects: true, learningStyle: true }).nullable(),
  score: z.number().min(0).max(1).nullable().describe('How well they fit; null when it was not worked out.'),
});

const output = z.object({ users: z.array(user), total: z.int().min(0) });

export const getOnlineUsers = defineTool({
  name: 'getOnlineUsers',
  description:
    'Says who is online right now and what they are doing, of the students who let the student see them. Read-only.',
  input,
  output,
  timeoutSeconds: 15,
  async run({ activityFilter, limit }, { db }, signal) {
    const { users, total } = await onlineUsers(db, {
      activity: activityFilter,
      limit: limit ?? DEFAULT_LIMIT,
      signal,
    });
    return {
      users: users.map(({ gradeLevel, subjects, learningStyle, ...person }) => ({
        ...person,
        profile: { gradeLevel, subjects, learningStyle },
      })),
      total,
    };
  },
  toModelText: ({ users, total }) =>
    JSON.stringify({
      total,
      users: users.slice(0, MOST_TOLD).map(({ userId, displayName, currentActivity, profile, score }) => ({
        userId,
        displayName,
        currentActivity,
        subjects: profile?.subjects.slice(0, 3).map((subject) => subject.slice(0, 40)) ?? [],
        ...(score === null ? {} : { score }),
      })),
    }),
});
