import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { MAX_SNAPSHOT_BYTES } from '../../domain/bounds.ts';
import { SHARE_DAYS, type ShareExpiry, type Snapshot, snapshotSchema } from '../../domain/transcript.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import type { Database } from '../types.gen.ts';

export type ShareLink = {
  id: string;
  threadId: string;
  title: string;
  withSources: boolean;
  createdAt: string;
  expiresAt: string | null;
};

const COLUMNS = 'id, thread_id, title, with_sources, created_at, expires_at';
type Row = Pick<
  Database['public']['Tables']['share_link']['Row'],
  'id' | 'thread_id' | 'title' | 'with_sources' | 'created_at' | 'expires_at'
>;
const linkOf = (row: Row): ShareLink => ({
  id: row.id,
  threadId: row.thread_id,
  title: row.title,
  withSources: row.with_sources,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

const DAY_MS = 86_400_000;
/** 256 bits: nobody guesses one. */
const TOKEN_BYTES = 32;

/** Keeps a copy of a conversation and gives the secret that opens it, which is stored nowhere. */
export async function createShareLink(
  db: DatabaseClient,
  params: { threadId: string; title: string; snapshot: Snapshot; expires: ShareExpiry; now: Date },
): Promise<ShareLink & { token: string }> {
  const { threadId, title, snapshot, expires, now } = params;
  if (Buffer.byteLength(JSON.stringify(snapshot)) > MAX_SNAPSHOT_BYTES) {
    throw new AppError('payload_too_large', { message: 'This conversation is too long to be shared.' });
  }
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const days = SHARE_DAYS[expires];
  const { data, error } = await db
    .from('share_link')
    .insert({
      thread_id: threadId,
      title,
      snapshot,
      with_sources: snapshot.withSources,
      token_hash: createHash('sha256').update(token).digest('hex'),
      expires_at: days === null ? null : new Date(now.getTime() + days * DAY_MS).toISOString(),
    })
    .select(COLUMNS)
    .single();
  if (error) throw databaseError(error, { PT422: 'limit_reached' });
  return { ...linkOf(data), token };
}

/** The student's links that open something, the latest first. */
export async function listShareLinks(db: DatabaseClient, params: { now: Date }): Promise<ShareLink[]> {
  const { data, error } = await db
    .from('share_link')
    .select(COLUMNS)
    .or(`expires_at.is.null,expires_at.gt.${params.now.toISOString()}`)
    .order('created_at', { ascending: false });
  if (error) throw databaseError(error);
  return data.map(linkOf);
}

/** Revokes a link at once, with the copy behind it; false when there was none of the student's. */
export async function deleteShareLink(db: DatabaseClient, params: { id: string }): Promise<boolean> {
  const { data, error } = await db.from('share_link').delete().eq('id', params.id).select('id');
  if (error) throw databaseError(error);
  return data.length > 0;
}

const sharedSchema = z.object({
  title: z.string(),
  snapshot: snapshotSchema,
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
});

/** What a link shows; null when it was revoked, has ended or never was. */
export async function openShareLink(db: DatabaseClient, params: { token: string }) {
  const { data, error } = await db.rpc('shared_thread', { p_token: params.token });
  if (error) throw databaseError(error);
  // A copy of a shape that is no longer known shows nothing rather than half of it.
  return sharedSchema.nullable().catch(null).parse(data);
}
