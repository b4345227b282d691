import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import type { Row } from '../types.gen.ts';

const COLUMNS =
  'displayName:display_name, gradeLevel:grade_level, subjects, goals, learningStyle:learning_style, timezone, visibility';

/** What a student says of themselves. Others see of it at most name, level, subjects, learning style and time zone. */
export type OwnProfile = {
  displayName: string | null;
  gradeLevel: string | null;
  subjects: string[];
  goals: string[];
  learningStyle: Row<'profile'>['learning_style'];
  timezone: string;
  visibility: Row<'profile'>['visibility'];
};

export async function getOwnProfile(db: DatabaseClient, params: { userId: string }): Promise<OwnProfile> {
  const { data, error } = await db.from('profile').select(COLUMNS).eq('user_id', params.userId).maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return data;
}

/** Changes only the fields that are named. */
export async function changeOwnProfile(
  db: DatabaseClient,
  params: { userId: string; change: Partial<OwnProfile> },
): Promise<OwnProfile> {
  const { displayName, gradeLevel, subjects, goals, learningStyle, timezone, visibility } = params.change;
  const { data, error } = await db
    .from('profile')
    .update({
      ...(displayName === undefined ? {} : { display_name: displayName }),
      ...(gradeLevel === undefined ? {} : { grade_level: gradeLevel }),
      ...(subjects === undefined ? {} : { subjects }),
      ...(goals === undefined ? {} : { goals }),
      ...(learningStyle === undefined ? {} : { learning_style: learningStyle }),
      ...(timezone === undefined ? {} : { timezone }),
      ...(visibility === undefined ? {} : { visibility }),
    })
    .eq('user_id', params.userId)
    .select(COLUMNS)
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return data;
}
