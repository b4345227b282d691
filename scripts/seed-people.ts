import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';

type Window = [dow: number, start: string, end: string];
type Topic = [topic: string, average: number, answers: number];

/** What others may know of a fictional student. Nothing here is made up for the demo student's own results. */
export type SeedPerson = {
  profile: {
    displayName: string;
    gradeLevel: string;
    subjects: string[];
    goals: string[];
    learningStyle: string;
    timezone: string;
    visibility: string;
  };
  free: Window[];
  activity: 'idle' | 'studying' | 'available' | null;
  topics: Topic[];
};

const weekdays = (start: string, end: string): Window[] => [1, 2, 3, 4, 5].map((dow) => [dow, start, end]);

export const MAYA: SeedPerson = {
  profile: {
    displayName: 'Maya',
    gradeLevel: 'Bachelor, year 1',
    subjects: ['Psychology', 'Statistics'],
    goals: ['Pass the June exams'],
    learningStyle: 'reading',
    timezone: 'Europe/Lisbon',
    visibility: 'matches',
  },
  free: [...weekdays('18:00', '21:30'), [6, '10:00', '12:00']],
  activity: null,
  topics: [],
};

export const INES: SeedPerson = {
  profile: {
    displayName: 'Inês',
    gradeLevel: 'Bachelor, year 1',
    subjects: ['Psychology', 'Biology'],
    goals: ['Learn a little every day'],
    learningStyle: 'visual',
    timezone: 'Atlantic/Azores',
    visibility: 'everyone',
  },
  free: [...weekdays('17:00', '20:30'), [6, '09:00', '12:00']],
  activity: 'available',
  topics: [
    ['Encoding', 0.45, 12],
    ['Storage', 0.5, 10],
    ['Retrieval', 0.9, 14],
    ['Mitosis', 0.85, 16],
  ],
};

export const TOMAS: SeedPerson = {
  profile: {
    displayName: 'Tomás',
    gradeLevel: 'Bachelor, year 2',
    subjects: ['Statistics', 'Computer Science'],
    goals: ['Finish the data project'],
    learningStyle: 'reading',
    timezone: 'Europe/Lisbon',
    visibility: 'everyone',
  },
  free: [
    [3, '17:00', '19:30'],
    [4, '20:00', '22:00'],
  ],
  activity: 'studying',
  topics: [
    ['Comparison sorts', 0.92, 18],
    ['Encoding', 0.3, 6],
  ],
};

export const AIKO: SeedPerson = {
  profile: {
    displayName: 'Aiko',
    gradeLevel: 'Bachelor, year 1',
    subjects: ['Intro to Psychology', 'Philosophy'],
    goals: ['Discuss what I read'],
    learningStyle: 'auditory',
    timezone: 'Asia/Tokyo',
    visibility: 'everyone',
  },
  free: [
    [6, '17:00', '21:00'],
    [0, '17:00', '21:00'],
  ],
  activity: 'idle',
  topics: [
    ['Storage', 0.88, 12],
    ['Forgetting', 0.8, 8],
  ],
};

type Send = (method: string, path: string, body?: unknown) => Promise<unknown>;

const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** The profile as the job of the learning profile would have stored it after these many answers. */
function analyticsOf(topics: readonly Topic[]) {
  const seenAt = new Date().toISOString();
  const answers = topics.reduce((sum, [, , count]) => sum + count, 0);
  return {
    totalAttempts: topics.length,
    averageScore: topics.reduce((sum, [, average, count]) => sum + average * count, 0) / answers,
    topicBreakdown: topics.map(([topic, average, count]) => {
      const certainty = count / (count + 5);
      const spread = (1 - certainty) / 2;
      return {
        topic,
        average,
        answers: count,
        certainty,
        low: Math.max(0, average - spread),
        high: Math.min(1, average + spread),
        retention: null,
        lastSeenAt: seenAt,
        contestedAt: null,
      };
    }),
    calibration: { certainWrong: 0, certainTotal: 0, guessingRight: 0, guessingTotal: 0, items: [] },
    history: [],
    computedAt: seenAt,
  };
}

const own = z.object({
  profile: z.object({ gradeLevel: z.string().nullable(), subjects: z.array(z.string()) }),
});
const week = z.object({ windows: z.array(z.unknown()) });

/** Fills in what the student has not; what a person has changed stays theirs. */
export async function seedPerson(
  db: SupabaseClient,
  send: Send,
  userId: string,
  person: SeedPerson,
): Promise<void> {
  const { windows } = week.parse(await send('GET', '/api/availability'));
  if (windows.length === 0) {
    const { timezone } = person.profile;
    await send('PUT', '/api/availability', {
      windows: person.free.map(([dow, start, end]) => ({
        dow,
        startMin: minutes(start),
        endMin: minutes(end),
        timezone,
      })),
    });
  }
  if (person.topics.length > 0) {
    const strengths = person.topics.filter(([, average]) => average >= 0.7).map(([topic]) => topic);
    const weaknesses = person.topics.filter(([, average]) => average < 0.6).map(([topic]) => topic);
    // Read at no time: a profile that was worked out of real answers is never replaced by this one.
    const { error } = await db.rpc('save_learning_profile', {
      p_user_id: userId,
      p_strengths: strengths,
      p_weaknesses: weaknesses,
      p_recommended_focus: [],
      p_analytics: analyticsOf(person.topics),
      p_mark: null,
      p_read_at: null,
    });
    if (error) throw error;
  }
  // Last: the change of the profile is what has the matches worked out, from all of the above.
  const { profile } = own.parse(await send('GET', '/api/people/me'));
  if (profile.gradeLevel === null && profile.subjects.length === 0) {
    await send('PATCH', '/api/people/me', person.profile);
  }
  if (person.activity !== null) await send('PUT', '/api/people/me/presence', { activity: person.activity });
}
