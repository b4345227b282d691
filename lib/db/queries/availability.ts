import { z } from 'zod';
import {
  type Availability,
  availabilitySchema,
  type Window,
  windowSchema,
} from '../../domain/availability.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

/** When a student can usually study; the caller's own without an id. Throws `not_found` for who is not to be seen. */
export async function getAvailability(
  db: DatabaseClient,
  params: { userId?: string | null; signal?: AbortSignal } = {},
): Promise<Availability> {
  const request = db.rpc('person_availability', { p_user_id: params.userId ?? null });
  const { data, error } = await (params.signal ? request.abortSignal(params.signal) : request);
  if (error) throw databaseError(error);
  if (data === null) throw new AppError('not_found');
  return availabilitySchema.parse(data);
}

/** Replaces the student's whole week. The windows are as `normaliseWindows` leaves them. */
export async function replaceAvailability(
  db: DatabaseClient,
  params: { windows: readonly Window[] },
): Promise<Window[]> {
  const { data, error } = await db.rpc('replace_availability', { p_windows: [...params.windows] });
  if (error) throw databaseError(error);
  return z.array(windowSchema).parse(data);
}

/** The weekly windows of several students, as far as the caller may see them; those without any are left out. */
export async function windowsOf(
  db: DatabaseClient,
  params: { userIds: readonly string[] },
): Promise<Map<string, Window[]>> {
  const { data, error } = await db
    .from('availability_block')
    .select('userId:user_id, dow, startMin:start_min, endMin:end_min, timezone')
    .in('user_id', [...params.userIds])
    .limit(2_000);
  if (error) throw databaseError(error);
  const byPerson = Map.groupBy(data, ({ userId }) => userId);
  return new Map(
    [...byPerson].map(([userId, rows]) => [
      userId,
      rows.map(({ dow, startMin, endMin, timezone }) => ({ dow, startMin, endMin, timezone })),
    ]),
  );
}
