'use server';

import { revalidatePath } from 'next/cache';
import { requireSession } from '@/components/auth/session';
import { updateProfile } from '@/lib/db/queries/profile';

export type NameState = { saved?: boolean; error?: string };

const MAX_NAME = 80;

export async function saveName(_previous: NameState, form: FormData): Promise<NameState> {
  const typed = form.get('name');
  const name = typeof typed === 'string' ? typed.trim() : '';
  if (name.length > MAX_NAME) return { error: `Use at most ${MAX_NAME} characters.` };
  const { user, db } = await requireSession();
  try {
    await updateProfile(db, { userId: user.id, displayName: name === '' ? null : name });
  } catch {
    return { error: 'It could not be saved. Try again in a moment.' };
  }
  revalidatePath('/', 'layout');
  return { saved: true };
}
