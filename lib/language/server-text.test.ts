import { beforeEach, expect, test, vi } from 'vitest';
import { LANGUAGE_COOKIE } from '../domain/language.ts';
import { currentLanguage, readText } from './server-text.tsx';

/** What is known of whoever asks for a page; a profile that is a fault is thrown. */
const asks: { profile: unknown; cookie: string | undefined; header: string | null } = {
  profile: null,
  cookie: undefined,
  header: null,
};

vi.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string) =>
      name === LANGUAGE_COOKIE && asks.cookie !== undefined ? { name, value: asks.cookie } : undefined,
  }),
  headers: async () => new Headers(asks.header === null ? {} : { 'accept-language': asks.header }),
}));
vi.mock('../auth/session.ts', () => ({
  currentSession: async () => (asks.profile === null ? null : { db: {}, user: { id: 'student' } }),
}));
vi.mock('../db/queries/profile.ts', () => ({
  getProfile: async () => {
    if (asks.profile instanceof Error) throw asks.profile;
    return asks.profile;
  },
}));
vi.mock('../observability/logger.ts', () => ({ logger: () => ({ warn: () => undefined }) }));

beforeEach(() => Object.assign(asks, { profile: null, cookie: undefined, header: null }));

const SPANISH = { language: 'es' };
const UNSAID = { language: null };
const FRENCH = 'fr-CH, fr;q=0.9, de;q=0.8';

test.each<[why: string, given: Partial<typeof asks>, language: string]>([
  ['what the student chose, before all', { profile: SPANISH, cookie: 'de', header: FRENCH }, 'es'],
  [
    'what this browser was told, where the student chose none',
    { profile: UNSAID, cookie: 'de', header: FRENCH },
    'de',
  ],
  ['what this browser was told, where nobody is signed in', { cookie: 'de', header: FRENCH }, 'de'],
  ['what the browser wants, where neither is there', { profile: UNSAID, header: FRENCH }, 'fr'],
  [
    'what the browser wants, where the cookie names no language of ours',
    { cookie: 'pt', header: FRENCH },
    'fr',
  ],
  [
    'what the browser wants, where the cookie names what every object has',
    { cookie: 'constructor', header: FRENCH },
    'fr',
  ],
  ['what the browser wants, where the cookie is empty', { cookie: '', header: FRENCH }, 'fr'],
  ['English, where the browser wants none of ours', { header: 'pt-BR, *;q=0.1' }, 'en'],
  ['English, where nothing is known', {}, 'en'],
  [
    'what this browser was told, where the database does not answer',
    { profile: new Error('down'), cookie: 'de' },
    'de',
  ],
])('a page is in %s', async (_, given, language) => {
  Object.assign(asks, given);
  expect(await currentLanguage()).toBe(language);
  expect((await readText()).language).toBe(language);
});
