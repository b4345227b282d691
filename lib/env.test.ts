import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EnvError, OLDER_NAMES, parseEnv } from './env.ts';

const HOSTED = {
  NODE_ENV: 'production',
  NEXT_PUBLIC_SUPABASE_URL: 'https://project.supabase.co',
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_1',
  SUPABASE_SECRET_KEY: 'sb_secret_1',
  OPENAI_API_KEY: 'sk-1',
  INNGEST_EVENT_KEY: 'event-1',
  INNGEST_SIGNING_KEY: 'signkey-prod-1',
};

describe('parseEnv', () => {
  it('accepts hosted services with nothing else set', () => {
    const env = parseEnv(HOSTED);
    expect(env).toMatchObject({
      supabaseUrl: 'https://project.supabase.co',
      CLERVA_LOCAL: false,
      RETRIEVAL_DENSE_WEIGHT: 1,
    });
  });

  it('accepts the older names of the Supabase keys', () => {
    const { NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: _, SUPABASE_SECRET_KEY: __, ...rest } = HOSTED;
    const env = parseEnv({
      ...rest,
      NEXT_PUBLIC_SUPABASE_ANON_KEY: 'anon-1',
      SUPABASE_SERVICE_ROLE_KEY: 'service-1',
    });
    expect(env).toMatchObject({ supabasePublishableKey: 'anon-1', supabaseSecretKey: 'service-1' });
  });

  it.each([
    ['OPENAI_MODEL', 'gpt-5', { OPENAI_CHAT_MODEL: 'gpt-5' }],
    ['MAX_FILE_SIZE', '10MB', { UPLOAD_MAX_BYTES: 10_485_760 }],
    ['MAX_FILE_SIZE', '10485760', { UPLOAD_MAX_BYTES: 10_485_760 }],
    ['MAX_FILE_SIZE', '1.5 MiB', { UPLOAD_MAX_BYTES: 1_572_864 }],
    ['MAX_FILES_PER_REQUEST', '3', { UPLOAD_MAX_FILES: 3 }],
    [
      'ALLOWED_FILE_TYPES',
      'pdf,.DOCX; text/plain',
      { UPLOAD_TYPES: expect.arrayContaining(['pdf', 'docx', 'txt']) },
    ],
    ['MAX_VECTOR_RESULTS', '8', { SEARCH_MAX_RESULTS: 8 }],
    ['SUPABASE_POOLER_URL', 'postgresql://p@h:6543/db', { DATABASE_URL: 'postgresql://p@h:6543/db' }],
    ['NEXT_PUBLIC_SENTRY_DSN', 'https://key@sentry.io/1', { SENTRY_DSN: 'https://key@sentry.io/1' }],
  ])('reads %s, an older name, as %s', (name, value, expected) => {
    expect(parseEnv({ ...HOSTED, [name]: value })).toMatchObject(expected);
  });

  it('takes the name of today where both are set, and the older one where that is an empty line', () => {
    const both = { ...HOSTED, OPENAI_MODEL: 'old' };
    expect(parseEnv({ ...both, OPENAI_CHAT_MODEL: 'new' }).OPENAI_CHAT_MODEL).toBe('new');
    expect(parseEnv({ ...both, OPENAI_CHAT_MODEL: '' }).OPENAI_CHAT_MODEL).toBe('old');
    const { NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: _, ...rest } = HOSTED;
    expect(parseEnv({ ...rest, SUPABASE_ANON_KEY: 'anon-2' }).supabasePublishableKey).toBe('anon-2');
  });

  it.each([
    ['MAX_FILE_SIZE', 'ten'],
    ['MAX_FILE_SIZE', '0'],
    ['MAX_FILE_SIZE', '10 parsecs'],
    ['UPLOAD_MAX_BYTES', '-1'],
    ['ALLOWED_FILE_TYPES', 'pdf,exe'],
    ['MAX_FILES_PER_REQUEST', 'many'],
    ['MAX_VECTOR_RESULTS', '0'],
    ['SUPABASE_POOLER_URL', 'mysql://h/db'],
    ['STATUS_TOKEN', 'short'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector'],
  ])('does not start with %s=%s, and names that variable', (name, value) => {
    expect(() => parseEnv({ ...HOSTED, [name]: value })).toThrow(new RegExp(`\\b${name}: `));
  });

  it('reads an empty line as not set', () => {
    expect(parseEnv({ ...HOSTED, OPENAI_BASE_URL: '', UPLOAD_MAX_FILES: '' })).toMatchObject({
      UPLOAD_MAX_FILES: 5,
    });
  });

  it('names every key that is missing in one line', () => {
    const { OPENAI_API_KEY: _, NEXT_PUBLIC_SUPABASE_URL: __, ...rest } = HOSTED;
    expect(() => parseEnv(rest)).toThrow(/NEXT_PUBLIC_SUPABASE_URL.*OPENAI_API_KEY/);
  });

  it.each([
    ['INNGEST_DEV', { INNGEST_DEV: '1' }],
    ['OPENAI_BASE_URL', { OPENAI_BASE_URL: 'http://127.0.0.1:8289/v1' }],
    ['NEXT_PUBLIC_SUPABASE_URL', { NEXT_PUBLIC_SUPABASE_URL: 'http://localhost:54321' }],
    ['INNGEST_SIGNING_KEY', { INNGEST_SIGNING_KEY: '' }],
    ['INNGEST_EVENT_KEY', { INNGEST_EVENT_KEY: '' }],
  ])('refuses production on a stand-in by accident: %s', (name, change) => {
    expect(() => parseEnv({ ...HOSTED, ...change })).toThrow(EnvError);
    expect(() => parseEnv({ ...HOSTED, ...change })).toThrow(name);
    expect(parseEnv({ ...HOSTED, ...change, CLERVA_LOCAL: '1' }).CLERVA_LOCAL).toBe(true);
  });

  it('has a line in .env.example for every key', () => {
    const source = readFileSync(new URL('./env.ts', import.meta.url), 'utf8');
    const documented = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const keys = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1]);
    expect(keys.length).toBeGreaterThan(20);
    const missing = keys.filter((key) => key !== 'NODE_ENV' && !documented.includes(`${key}`));
    expect(missing).toEqual([]);
    const older = Object.values(OLDER_NAMES).flat();
    expect(older.filter((name) => !documented.includes(name))).toEqual([]);
  });
});

describe('the model', () => {
  const { OPENAI_API_KEY: _, ...keyless } = HOSTED;

  it('may be Anthropic’s alone, with notes found by their words and a notice of it', () => {
    const env = parseEnv({ ...keyless, ANTHROPIC_API_KEY: 'sk-ant' });
    expect(env).toMatchObject({ hasOpenAI: false, RETRIEVAL_DENSE_WEIGHT: 0 });
    expect(env.MODEL_NOTICE).toMatch(/words alone/);
    expect(parseEnv({ ...HOSTED, ANTHROPIC_API_KEY: 'sk-ant' })).toMatchObject({
      hasOpenAI: true,
      RETRIEVAL_DENSE_WEIGHT: 1,
    });
  });

  it('has to be somebody’s', () => {
    expect(() => parseEnv(keyless)).toThrow(/OPENAI_API_KEY or ANTHROPIC_API_KEY/);
  });

  it('may be named by the older name, and be told how freely to write', () => {
    const older = { ...HOSTED, OPENAI_MODEL: 'gpt-5', OPENAI_TEMPERATURE: '0.4' };
    expect(parseEnv(older)).toMatchObject({ OPENAI_CHAT_MODEL: 'gpt-5', OPENAI_TEMPERATURE: 0.4 });
    expect(parseEnv({ ...older, OPENAI_CHAT_MODEL: 'gpt-6' }).OPENAI_CHAT_MODEL).toBe('gpt-6');
    expect(() => parseEnv({ ...HOSTED, OPENAI_TEMPERATURE: '3' })).toThrow(/OPENAI_TEMPERATURE/);
  });
});
