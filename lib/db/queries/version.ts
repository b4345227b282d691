import { z } from 'zod';
import { type PassageChange, passageChangeSchema, type Versions } from '../../domain/version.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { type DatabaseFailure, databaseError } from '../errors.ts';

const versionError = (failure: DatabaseFailure): AppError => {
  const said = {
    PT409: 'Only a document that is ready takes the place of one that was not replaced yet.',
    PT422: 'Notes and files of a conversation have no versions of this kind.',
  }[failure.code ?? ''];
  if (said === undefined) return databaseError(failure);
  return new AppError(failure.code === 'PT409' ? 'conflict' : 'invalid_request', {
    message: said,
    cause: failure,
  });
};

/** Puts a document in the place of an earlier one, or of the one it looks like; gives which that was. */
export async function replaceDocument(db: DatabaseClient, id: string, earlierId?: string): Promise<string> {
  const earlier = earlierId ?? (await lookalike(db, id));
  const { error } = await db.rpc('replace_document', { p_doc_id: id, p_earlier_id: earlier });
  if (error) throw versionError(error);
  return earlier;
}

async function lookalike(db: DatabaseClient, id: string): Promise<string> {
  const { data, error } = await db
    .from('doc_source')
    .select('earlierId:earlier_id')
    .eq('id', id)
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  if (data.earlierId === null)
    throw new AppError('invalid_request', { message: 'Name the document that it replaces.' });
  return data.earlierId;
}

/** It is no new version: both stay, and nothing is asked again. */
export async function keepBoth(db: DatabaseClient, id: string): Promise<void> {
  const { data, error } = await db.from('doc_source').update({ earlier_id: null }).eq('id', id).select('id');
  if (error) throw databaseError(error);
  if (data.length === 0) throw new AppError('not_found');
}

export async function restoreVersion(db: DatabaseClient, id: string): Promise<void> {
  const { error } = await db.rpc('restore_version', { p_doc_id: id });
  if (error) throw versionError(error);
}

/** The version in force of a document, whichever of them is named, and what it replaced. */
export async function listVersions(db: DatabaseClient, id: string): Promise<Versions> {
  const named = await db
    .from('doc_source')
    .select('id, title, replacedBy:replaced_by')
    .eq('id', id)
    .maybeSingle();
  if (named.error) throw databaseError(named.error);
  if (!named.data) throw new AppError('not_found');
  const currentId = named.data.replacedBy ?? id;
  const { data, error } = await db
    .from('doc_source')
    .select('id, title, createdAt:created_at, replacedBy:replaced_by')
    .or(`id.eq.${currentId},replaced_by.eq.${currentId}`)
    .order('created_at', { ascending: false });
  if (error) throw databaseError(error);
  const current = data.find((one) => one.id === currentId);
  if (!current) throw new AppError('not_found');
  return {
    current: { id: current.id, title: current.title },
    earlier: data
      .filter((one) => one.replacedBy !== null)
      .map(({ id: of, title, createdAt }) => ({ id: of, title, createdAt })),
  };
}

const MOST_CHANGES = 500;
const changeRows = z.array(
  passageChangeSchema
    .omit({ title: true })
    .extend({ document: z.object({ title: z.string() }) })
    .transform(({ document, ...change }) => ({ ...change, title: document.title })),
);

/** What waits for a decision, newest first. */
export async function listPassageChanges(db: DatabaseClient): Promise<PassageChange[]> {
  const { data, error } = await db
    .from('passage_change')
    .select(
      'id, documentId:doc_id, cardId:card_id, quizId:quiz_id, itemId:item_id, about, oldText:old_text, newText:new_text, newPage:new_page, createdAt:created_at, document:doc_source!passage_change_doc_id_user_id_fkey(title)',
    )
    .order('created_at', { ascending: false })
    .order('id')
    .limit(MOST_CHANGES);
  if (error) throw databaseError(error);
  return changeRows.parse(data);
}

/** It is decided: nothing more is asked of it. */
export async function settlePassageChange(db: DatabaseClient, id: string): Promise<void> {
  const { data, error } = await db.from('passage_change').delete().eq('id', id).select('id');
  if (error) throw databaseError(error);
  if (data.length === 0) throw new AppError('not_found');
}
