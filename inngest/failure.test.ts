import { NonRetriableError, RetryAfterError } from 'inngest';
import { describe, expect, test } from 'vitest';
import { AppError } from '../lib/errors.ts';
import { noTextError } from '../lib/ingestion/extract/index.ts';
import { SupersededError } from '../lib/ingestion/store.ts';
import { translatorOf } from '../lib/language/catalogues.ts';
import { failureOf, isRefusal, isSuperseded, withVerdict } from './failure.ts';

const thrownBy = (error: unknown) =>
  withVerdict('step', () => Promise.reject(error)).catch((thrown: unknown) => thrown);

describe('the verdict on a failed step', () => {
  test('does not try a file again that cannot be read, and keeps its reason', async () => {
    const thrown = await thrownBy(new AppError('file_password'));
    expect(thrown).toBeInstanceOf(NonRetriableError);
    expect(isRefusal(thrown)).toBe(true);
    expect(failureOf(thrown as Error)).toEqual({
      code: 'file_password',
      message: 'This file has a password. Remove it and add the file again.',
      said: {},
    });
  });

  test('keeps a sentence that names the case more exactly', async () => {
    const named = noTextError([1, 2], 0);
    const failure = failureOf((await thrownBy(named)) as Error);
    expect(failure).toEqual({ code: 'file_no_text', message: named.message, said: named.said });
    expect(translatorOf('de').fault(failure)).toBe(
      'Seiten 1, 2 sind Bilder: es wurde kein Text gefunden. Füge eine Fassung mit Text hinzu, oder tippe die Notizen ab.',
    );
    const plain = await thrownBy(new AppError('conflict', { message: 'Braces: {\n{"a": 1}' }));
    expect(failureOf(plain as Error)).toEqual({ code: 'conflict', message: 'Braces: {\n{"a": 1}', said: {} });
  });

  test('tries again what may pass, when it said it may', async () => {
    expect(await thrownBy(new AppError('storage_unavailable'))).not.toBeInstanceOf(NonRetriableError);
    const busy = await thrownBy(new AppError('model_rate_limited', { retryAfterSeconds: 7 }));
    expect(busy).toBeInstanceOf(RetryAfterError);
    expect(failureOf(busy as Error).code).toBe('model_rate_limited');
  });

  test('leaves an unknown error to be tried again, and shows nobody its text', async () => {
    const unknown = new TypeError('x is not a function');
    expect(await thrownBy(unknown)).toBe(unknown);
    expect(failureOf(unknown)).toMatchObject({ code: 'internal' });
    expect(failureOf(new Error('secret: postgres://…'))).toMatchObject({ code: 'internal' });
    expect(failureOf(unknown).message).not.toContain('function');
  });

  test('ends a reading that is wanted no more', async () => {
    const thrown = await thrownBy(new SupersededError('Gone.'));
    expect(thrown).toBeInstanceOf(NonRetriableError);
    expect(isSuperseded(thrown)).toBe(true);
  });
});
