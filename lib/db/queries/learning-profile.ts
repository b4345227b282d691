import { z } from 'zod';
import { DAY_MS } from '../../calendar/dates.ts';
import { type StudyDays, studyDaysSchema } from '../../domain/study-days.ts';
import {
  type LearningProfile,
  learningProfileOf,
  learningProfileSchema,
} from '../../study/mastery/profile.ts';
import { topicKey } from '../../study/mastery/topic.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import { readEvidence } from './evidence.ts';

/** Averages fade and cards are forgotten while nothing happens: after a day the figures are no longer today's. */
const STALE_AFTER_MS = DAY_MS;

const stored = z.object({
  currentMark: z.string(),
  profile: learningProfileSchema
    .extend({ mark: z.string().nullable() })
    .nullable()
    // Of an older shape: as good as none, it is made anew.
    .catch(null),
});

async function readStored(db: DatabaseClient, userId: string) {
  const { data, error } = await db.rpc('read_learning_profile', { p_user_id: userId });
  if (error) throw databaseError(error);
  return stored.parse(data);
}

/** The profile as it was last worked out; null when it never was, or not in today's shape. */
export async function getLearningProfile(
  db: DatabaseClient,
  params: { userId: string },
): Promise<LearningProfile | null> {
  const { data, error } = await db
    .from('learning_profile')
    .select('strengths, weaknesses, recommendedFocus:recommended_focus, analytics')
    .eq('user_id', params.userId)
    .maybeSingle();
  if (error) throw databaseError(error);
  const parsed = learningProfileSchema.safeParse(data);
  return parsed.success ? parsed.data : null;
}

/** Works the profile out anew and keeps it, unless a newer one was kept meanwhile. Running twice changes nothing. */
export async function rebuildLearningProfile(
  db: DatabaseClient,
  params: { userId: string; now: Date },
): Promise<LearningProfile> {
  const evidence = await readEvidence(db, params);
  const profile = learningProfileOf(evidence, params.now);
  const { error } = await db.rpc('save_learning_profile', {
    p_user_id: params.userId,
    p_strengths: profile.strengths,
    p_weaknesses: profile.weaknesses,
    p_recommended_focus: profile.recommendedFocus,
    p_analytics: profile.analytics,
    p_mark: evidence.mark,
    p_read_at: evidence.readAt,
  });
  if (error) throw databaseError(error);
  return profile;
}

export type FreshProfile = { profile: LearningProfile; rebuilt: boolean };

/** The stored profile while it is true; worked out anew when asked for, missing, or older than its evidence. */
export async function freshLearningProfile(
  db: DatabaseClient,
  params: { userId: string; now: Date; force?: boolean },
): Promise<FreshProfile> {
  const { userId, now, force = false } = params;
  if (!force) {
    const { profile: kept, currentMark } = await readStored(db, userId);
    if (kept && kept.mark === currentMark) {
      const { mark: _mark, ...profile } = kept;
      const ageMs = now.getTime() - Date.parse(profile.analytics.computedAt);
      if (ageMs < STALE_AFTER_MS) return { profile, rebuilt: false };
    }
  }
  return { profile: await rebuildLearningProfile(db, { userId, now }), rebuilt: true };
}

/** What the student did on each day of the last year. */
export async function studyDays(db: DatabaseClient, params: { now: Date }): Promise<StudyDays> {
  const { data, error } = await db.rpc('study_days', { p_now: params.now.toISOString() });
  if (error) throw databaseError(error);
  return studyDaysSchema.parse(data);
}

/** From now on the topic starts anew. Said twice, the later moment counts. */
export async function contestBelief(db: DatabaseClient, params: { topic: string }): Promise<void> {
  const { error } = await db.rpc('contest_belief', {
    p_topic: params.topic,
    p_topic_key: topicKey(params.topic),
  });
  if (error) throw databaseError(error);
}

/** Brings back what was left out; nothing happens when nothing was contested. */
export async function takeBackContest(
  db: DatabaseClient,
  params: { userId: string; topic: string },
): Promise<void> {
  const { error } = await db
    .from('belief_contest')
    .delete()
    .eq('user_id', params.userId)
    .eq('topic_key', topicKey(params.topic));
  if (error) throw databaseError(error);
}
