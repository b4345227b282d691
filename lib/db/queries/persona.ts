import type { NewPersona, Persona, PersonaChange, PersonaView } from '../../domain/persona.ts';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

const COLUMNS = 'slug, title, instructions, style, hints, userId:user_id';

const toView = ({ userId, ...persona }: Persona & { userId: string | null }): PersonaView => ({
  ...persona,
  isOwn: userId !== null,
});

/** Those of everybody first, then the student's own, by name. */
export async function listPersonas(db: DatabaseClient): Promise<PersonaView[]> {
  const { data, error } = await db
    .from('persona')
    .select(COLUMNS)
    .order('user_id', { nullsFirst: true })
    .order('title');
  if (error) throw databaseError(error);
  return data.map(toView);
}

/** The persona of a short name; one that is not there is refused with those that are. */
export async function requirePersona(db: DatabaseClient, slug: string): Promise<Persona> {
  const known = await listPersonas(db);
  const found = known.find((persona) => persona.slug === slug);
  if (found) return found;
  const names = known.map((persona) => persona.slug).join(', ');
  throw new AppError('invalid_request', { message: `There is no persona ${slug}. Known: ${names}.` });
}

export async function addPersona(
  db: DatabaseClient,
  params: { userId: string; persona: NewPersona & { slug: string } },
): Promise<PersonaView> {
  const { error } = await db.from('persona').insert({ ...params.persona, user_id: params.userId });
  if (error?.code === '23505' || error?.message.includes('persona_slug_free')) {
    const { slug } = params.persona;
    throw new AppError('conflict', {
      message: () => say('The short name {slug} is taken. Choose another.', { slug }),
      cause: error,
    });
  }
  if (error) throw databaseError(error);
  return { ...params.persona, isOwn: true };
}

/** A style that everybody has stays as it is. */
async function refuseOfEverybody(db: DatabaseClient, slug: string): Promise<never> {
  const { data, error } = await db.from('persona').select('slug').eq('slug', slug).maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  throw new AppError('forbidden', {
    message: 'This persona is everybody’s. Make one of your own, under another name.',
  });
}

export async function changePersona(
  db: DatabaseClient,
  params: { userId: string; slug: string; change: PersonaChange },
): Promise<PersonaView> {
  const { title, instructions, style, hints } = params.change;
  const { data, error } = await db
    .from('persona')
    .update({
      ...(title === undefined ? {} : { title }),
      ...(instructions === undefined ? {} : { instructions }),
      ...(style === undefined ? {} : { style }),
      ...(hints === undefined ? {} : { hints }),
    })
    .eq('slug', params.slug)
    .eq('user_id', params.userId)
    .select(COLUMNS)
    .maybeSingle();
  if (error) throw databaseError(error);
  return data ? toView(data) : refuseOfEverybody(db, params.slug);
}

/** Conversations that had it go on with the one this server begins with. */
export async function deletePersona(
  db: DatabaseClient,
  params: { userId: string; slug: string },
): Promise<void> {
  const { data, error } = await db
    .from('persona')
    .delete()
    .eq('slug', params.slug)
    .eq('user_id', params.userId)
    .select('slug');
  if (error) throw databaseError(error);
  if (data.length === 0) await refuseOfEverybody(db, params.slug);
}

/** The short name that a conversation chose; null when it chose none, `not_found` when it is nobody's of the student. */
export async function threadPersona(
  db: DatabaseClient,
  params: { threadId: string },
): Promise<string | null> {
  const { data, error } = await db.from('thread').select('persona').eq('id', params.threadId).maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return data.persona;
}

export async function chooseThreadPersona(
  db: DatabaseClient,
  params: { threadId: string; persona: string | null },
): Promise<void> {
  const { data, error } = await db
    .from('thread')
    .update({ persona: params.persona })
    .eq('id', params.threadId)
    .select('id');
  if (error) throw databaseError(error);
  if (data.length === 0) throw new AppError('not_found');
}
