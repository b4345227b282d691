import { ROLLOVER_HOUR } from '../../domain/card.ts';
import { type OwnProfile, ownProfileSchema } from '../../domain/profile.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import type { Row } from '../types.gen.ts';

const COLUMNS =
  'displayName:display_name, gradeLevel:grade_level, subjects, goals, learningStyle:learning_style, timezone, language, visibility, preferences';

type Preferences = Pick<OwnProfile, 'quietHours' | 'rolloverHour' | 'courseColors'>;
type Stored = Omit<OwnProfile, keyof Preferences> & {
  preferences: Row<'profile'>['preferences'];
};

/** Preferences are the student's to write, so that only what makes sense is taken from them. */
const toProfile = ({ preferences, ...fields }: Stored): OwnProfile => ({
  ...fields,
  quietHours: ownProfileSchema.pick({ quietHours: true }).safeParse(preferences).data?.quietHours ?? null,
  rolloverHour:
    ownProfileSchema.pick({ rolloverHour: true }).safeParse(preferences).data?.rolloverHour ?? ROLLOVER_HOUR,
  courseColors: ownProfileSchema.pick({ courseColors: true }).safeParse(preferences).data?.courseColors ?? {},
});

export async function getOwnProfile(db: DatabaseClient, params: { userId: string }): Promise<OwnProfile> {
  const { data, error } = await db.from('profile').select(COLUMNS).eq('user_id', params.userId).maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return toProfile(data);
}

/** Changes only the fields that are named. */
export async function changeOwnProfile(
  db: DatabaseClient,
  params: { userId: string; change: Partial<OwnProfile> },
): Promise<OwnProfile> {
  const { quietHours, rolloverHour, courseColors, ...columns } = params.change;
  const asked = Object.entries({ quietHours, rolloverHour, courseColors });
  const preferences = asked.filter(([, value]) => value !== undefined);
  if (preferences.length > 0) await changePreferences(db, Object.fromEntries(preferences));
  if (Object.keys(columns).length === 0) return getOwnProfile(db, { userId: params.userId });
  const { displayName, gradeLevel, subjects, goals, learningStyle, timezone, language, visibility } = columns;
  const { data, error } = await db
    .from('profile')
    .update({
      ...(displayName === undefined ? {} : { display_name: displayName }),
      ...(gradeLevel === undefined ? {} : { grade_level: gradeLevel }),
      ...(subjects === undefined ? {} : { subjects }),
      ...(goals === undefined ? {} : { goals }),
      ...(learningStyle === undefined ? {} : { learning_style: learningStyle }),
      ...(timezone === undefined ? {} : { timezone }),
      ...(language === undefined ? {} : { language }),
      ...(visibility === undefined ? {} : { visibility }),
    })
    .eq('user_id', params.userId)
    .select(COLUMNS)
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return toProfile(data);
}

/** Settings that are named change, null removes one, and the others stay. */
async function changePreferences(db: DatabaseClient, change: Partial<Preferences>) {
  const { error } = await db.rpc('change_preferences', { p_change: change });
  if (error) throw databaseError(error);
}
