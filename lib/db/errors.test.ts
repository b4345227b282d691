import { expect, test } from 'vitest';
import { databaseError, storeError } from './errors.ts';

const violates = (constraint: string) => ({
  code: '23503',
  message: `insert or update on table "thread" violates foreign key constraint "${constraint}"`,
});

test('a token whose account was deleted is answered as no session, not as a broken database', () => {
  expect(databaseError(violates('thread_user_id_fkey')).code).toBe('unauthenticated');
});

test('a row whose parent was deleted meanwhile is a conflict', () => {
  expect(databaseError(violates('message_thread_id_user_id_fkey')).code).toBe('conflict');
  expect(databaseError(violates('flashcard_source_doc_id_user_id_fkey')).code).toBe('conflict');
});

test('only a failure nobody can name says that the database does not answer', () => {
  expect(databaseError({ code: '', message: 'fetch failed' }).code).toBe('database_unavailable');
  expect(databaseError({ code: '23505', message: 'duplicate key' }).code).toBe('conflict');
  expect(databaseError({ code: 'PT409', message: '' }, { PT409: 'turn_in_progress' }).code).toBe(
    'turn_in_progress',
  );
});

test.each([
  databaseError({ code: '53100', message: 'could not extend file "base/5/1": No space left on device' }),
  storeError({ status: 507, message: 'No space left on device.' }),
  storeError({ message: 'ENOSPC: no space left on device, write' }),
])('a full disk is told as what it is, and is worth another try later: %s', (error) => {
  expect(error).toMatchObject({ code: 'storage_full', status: 507, retryable: true, retryAfterSeconds: 60 });
});
