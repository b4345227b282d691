import { z } from 'zod';
import type { Compatibility } from '../../domain/person.ts';
import { LEARNING_STYLES } from '../../domain/profile.ts';
import type { Skill, Student } from '../../matching/types.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import type { Json } from '../types.gen.ts';

/** For the job that ranks students: these functions read and write the rows of many, and need the service's client. */

const PAGE = 1_000;

const style = z.enum(LEARNING_STYLES).nullable();
const share = z.number().min(0).max(1);
const measured = z.object({ topic: z.string(), average: share, certainty: share });

/** Topics come from a row that its student may write: whatever has another shape is left out. */
const measuredSkills = (topics: Json): Skill[] =>
  (Array.isArray(topics) ? topics : []).flatMap((topic) => {
    const { data } = measured.safeParse(topic);
    if (!data) return [];
    return [{ topic: data.topic, level: data.average, certainty: data.certainty, measured: true }];
  });

export type MatchingStudent = Student & { strengths: string[]; weaknesses: string[] };

/** One page of the students who let themselves be found and say what they study, in order of id. */
export async function matchingStudents(
  db: DatabaseClient,
  params: { after: string | null; limit?: number; only?: string },
): Promise<MatchingStudent[]> {
  const { data, error } = await db.rpc('matching_students', {
    p_after: params.after,
    p_limit: params.limit ?? PAGE,
    ...(params.only === undefined ? {} : { p_only: params.only }),
  });
  if (error) throw databaseError(error);
  return data.map((row) => ({
    userId: row.user_id,
    subjects: row.subjects,
    gradeLevel: row.grade_level,
    learningStyle: style.parse(row.learning_style),
    skills: measuredSkills(row.topics),
    strengths: row.strengths,
    weaknesses: row.weaknesses,
  }));
}

/** Everybody who can be found, page after page. */
export async function* eachMatchingStudent(db: DatabaseClient): AsyncGenerator<MatchingStudent> {
  for (let after: string | null = null; ; ) {
    const page: MatchingStudent[] = await matchingStudents(db, { after, limit: PAGE });
    yield* page;
    after = page.at(-1)?.userId ?? null;
    if (page.length < PAGE || after === null) return;
  }
}

export type MatchRow = { userId: string } & Compatibility;

/** Who can explain what goes with the facets, as their last entry: the other's own results are never stored here. */
const toStored = ({ userId, score, facets, exchange }: MatchRow) => ({
  userId,
  score,
  facets: [...facets, exchange],
});

/** Replaces whom a student fits. With `reverse` also what each of those is told, and who is not among them loses the row. */
export async function storeMatches(
  db: DatabaseClient,
  params: { userId: string; rows: readonly MatchRow[]; reverse: readonly MatchRow[] | null; keep: number },
): Promise<number> {
  const { data, error } = await db.rpc('store_matches', {
    p_user_id: params.userId,
    p_rows: params.rows.map(toStored),
    p_reverse: params.reverse?.map(toStored) ?? null,
    p_keep: params.keep,
  });
  if (error) throw databaseError(error);
  return data;
}

/** Those who have the student among their matches, the best fits first. */
export async function studentsMatchedWith(
  db: DatabaseClient,
  params: { userId: string; limit: number },
): Promise<string[]> {
  const { data, error } = await db
    .from('match_candidate')
    .select('user_id')
    .eq('candidate_user_id', params.userId)
    .order('score', { ascending: false })
    .limit(params.limit);
  if (error) throw databaseError(error);
  return data.map(({ user_id }) => user_id);
}

/** Those whom a student blocked or who blocked the student. */
export async function blockedWith(db: DatabaseClient, params: { userId: string }): Promise<string[]> {
  const { data, error } = await db
    .from('block')
    .select('user_id, blocked_user_id')
    .or(`user_id.eq.${params.userId},blocked_user_id.eq.${params.userId}`)
    .limit(PAGE);
  if (error) throw databaseError(error);
  return data.map((row) => (row.user_id === params.userId ? row.blocked_user_id : row.user_id));
}

/** Removes matches with students who hid or no longer say what they study. */
export async function pruneMatches(db: DatabaseClient): Promise<number> {
  const { data, error } = await db.rpc('prune_matches');
  if (error) throw databaseError(error);
  return data;
}
