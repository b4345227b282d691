import type { Language } from '../../domain/language.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

export type Profile = { displayName: string | null; timezone: string; language: Language | null };

/** The student's profile; null when the account has none yet. */
export async function getProfile(db: DatabaseClient, params: { userId: string }): Promise<Profile | null> {
  const { data, error } = await db
    .from('profile')
    .select('displayName:display_name, timezone, language')
    .eq('user_id', params.userId)
    .maybeSingle();
  if (error) throw databaseError(error);
  return data;
}
