import { z } from 'zod';
import { DAILY_TOKENS, MAX_FILE_BYTES, MAX_RECORDING_BYTES } from './domain/bounds.ts';
import { PROVIDERS } from './domain/turn.ts';
import { parseNetworks } from './http/networks.ts';
import { FILE_KINDS } from './ingestion/kinds.ts';

/**
 * The only reader of `process.env`. Which server answers (hosted or local) is decided by these values alone.
 * Parsed once, on first use, so that a build needs no keys.
 */
const text = z.string().trim().min(1);
/** An empty line in an env file means "not set". */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const count = (fallback: number) =>
  z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().positive().default(fallback),
  );
const bounded = (fallback: number, least: number, most: number) =>
  z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(least).max(most).default(fallback),
  );
const amount = (fallback: number) =>
  z.preprocess((value) => (value === '' ? undefined : value), z.coerce.number().min(0).default(fallback));

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** `10485760`, or `10MB` as people write it. */
const bytes = (fallback?: number) =>
  optional(z.string()).transform((value, context) => {
    if (value === undefined) return fallback;
    const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([kmg]?i?b?)\s*$/i.exec(value) ?? [];
    const factor =
      UNITS[
        unit
          .toLowerCase()
          .replace('i', '')
          .replace(/^([kmg])$/, '$1b')
      ];
    const size = Math.floor(Number(number) * (factor ?? Number.NaN));
    if (size > 0) return size;
    context.addIssue({
      code: 'custom',
      message: `"${value}" is no size. Write bytes, or a number with KB, MB or GB.`,
    });
    return z.NEVER;
  });

/** Endings or types of files, as `pdf, .docx, text/plain` or `text/*`: the endings that are taken. */
const fileTypes = optional(z.string()).transform((value, context) => {
  const words = value
    ?.toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  if (!words || words.length === 0) return undefined;
  return words.flatMap((word) => {
    const ending = word.replace(/^\*?\./, '');
    const kinds = FILE_KINDS.filter(({ extensions, mimeType, otherTypes }) =>
      word.endsWith('/*')
        ? mimeType.startsWith(word.slice(0, -1))
        : [...extensions, mimeType, ...otherTypes].some((known) => known === ending),
    );
    if (kinds.length === 0) {
      context.addIssue({ code: 'custom', message: `"${word}" is no kind of file that can be read.` });
    }
    return kinds.flatMap(({ extensions }): string[] => [...extensions]);
  });
});

/** Networks and addresses with commas; what is none of these would let in or shut out the wrong people. */
const networks = optional(
  text.refine((list) => {
    try {
      return parseNetworks(list).length > 0;
    } catch {
      return false;
    }
  }, 'is a list of addresses and networks such as 10.0.0.0/8, 2001:db8::/32'),
);
const isOrigin = (given: string) => URL.canParse(given) && new URL(given).origin === given;

const logLevelSchema = optional(z.enum(['debug', 'info', 'warn', 'error', 'silent'])).transform(
  (value) => value ?? 'info',
);

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  NEXT_PUBLIC_APP_URL: optional(z.url()),
  NEXT_PUBLIC_SUPABASE_URL: z.url(),
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: optional(text),
  SUPABASE_SECRET_KEY: optional(text),
  /** The database itself, for scripts; the app asks it through the Data API alone. */
  DATABASE_URL: optional(z.url({ protocol: /^postgres(?:ql)?$/ })),
  OPENAI_API_KEY: optional(text),
  OPENAI_BASE_URL: optional(z.url()),
  /** One model, or several with commas between, of which the first answers where none is chosen. */
  OPENAI_CHAT_MODEL: optional(text),
  /** Which of the two protocols the server speaks; servers of one's own often know chat completions alone. */
  OPENAI_API: optional(z.enum(['responses', 'chat'])).transform((value) => value ?? 'responses'),
  /** What one answer of the model may cost at most, its thinking included. */
  OPENAI_MAX_TOKENS: count(16_000),
  OPENAI_TEMPERATURE: optional(z.coerce.number().min(0).max(2)),
  OPENAI_EMBEDDING_MODEL: optional(text).transform((value) => value ?? 'text-embedding-3-small'),
  ANTHROPIC_API_KEY: optional(text),
  ANTHROPIC_BASE_URL: optional(z.url()),
  ANTHROPIC_CHAT_MODEL: optional(text).transform((value) => value ?? 'claude-sonnet-5-5'),
  /** Which of two configured providers answers where no model is chosen. */
  CHAT_PROVIDER: optional(z.enum(PROVIDERS)),
  /** Models that see pictures, beside those that are known to. */
  VISION_MODELS: optional(text),
  /** The model that reads pictures of pages, where it is not the one that answers. */
  VISION_MODEL: optional(text),
  /** The model that hears recordings, at the server of OPENAI_BASE_URL. Unset: whisper-1, where that server lists it. */
  TRANSCRIBE_MODEL: optional(text),
  TRANSCRIBE_USD_PER_MINUTE: amount(0.006),
  /** Keys of a web search: Google's with the id of its engine, else Bing's. */
  GOOGLE_CSE_KEY: optional(text),
  GOOGLE_CSE_ID: optional(text),
  BING_SEARCH_KEY: optional(text),
  /** A service that describes pictures, where no model sees; one that hears a minute, where no model does. */
  AZURE_VISION_ENDPOINT: optional(z.url()),
  AZURE_VISION_KEY: optional(text),
  DEEPGRAM_API_KEY: optional(text),
  MODEL_INPUT_USD_PER_MILLION: amount(0),
  MODEL_OUTPUT_USD_PER_MILLION: amount(0),
  EMBEDDING_USD_PER_MILLION: amount(0.02),
  RETRIEVAL_DENSE_WEIGHT: amount(1),
  /** How many passages a search gives that names no number. */
  DEFAULT_TOP_K: bounded(10, 1, 20),
  /** What is less like the question than this, by meaning, is found by its words alone. */
  SIMILARITY_THRESHOLD: optional(z.coerce.number().min(-1).max(1)).transform((value) => value ?? -1),
  /** What the model reads of profile, memory, conversation and notes in one turn, in tokens. */
  DEFAULT_TOKEN_BUDGET: bounded(6_000, 3_000, 200_000),
  /** The style a conversation begins with, by its short name; the older name of the variable is read as well. */
  DEFAULT_PERSONA: optional(text),
  DEFAULT_EMPLOYEE_SLUG: optional(text),
  CLAIM_REVIEW: optional(z.enum(['on', 'off'])).transform((value) => value ?? 'off'),
  INNGEST_DEV: optional(text),
  INNGEST_BASE_URL: optional(z.url()),
  INNGEST_EVENT_KEY: optional(text),
  INNGEST_SIGNING_KEY: optional(text),
  REDIS_URL: optional(z.url()),
  SENTRY_DSN: optional(z.url()),
  NEXT_PUBLIC_SENTRY_DSN: optional(z.url()),
  /** Where somebody who found a hole may write: mailto: or an https address. */
  SECURITY_CONTACT: optional(z.url()),
  LOG_LEVEL: logLevelSchema,
  /** Names of lib/operations/flags.ts, with commas; what is none of them is warned of at the start. */
  FEATURE_FLAGS: optional(text),
  /** Opens the pages of state to programs; without it they are for admins alone. */
  STATUS_TOKEN: optional(z.string().trim().min(16, 'has to be at least 16 characters')),
  /** Where traces are sent, by OTLP over HTTP. The SDK reads its other OTEL_ variables itself. */
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(z.url()),
  /** What the file store may hold, for the alarm before it is full. */
  STORAGE_LIMIT_BYTES: bytes(),
  NEXT_PUBLIC_POSTHOG_KEY: optional(text),
  NEXT_PUBLIC_POSTHOG_HOST: optional(z.url()).transform((value) => value ?? 'https://eu.i.posthog.com'),
  CLERVA_LOCAL: optional(text).transform((value) => value === '1'),
  URL_ALLOWED_PRIVATE_HOSTS: optional(z.string()).transform((value) =>
    (value ?? '').split(/[\s,]+/).filter(Boolean),
  ),
  UPLOAD_MAX_BYTES: bytes(MAX_FILE_BYTES).transform((size) => size ?? MAX_FILE_BYTES),
  RECORDING_MAX_BYTES: bytes(MAX_RECORDING_BYTES).transform((size) => size ?? MAX_RECORDING_BYTES),
  UPLOAD_MAX_FILES: count(5),
  /** Endings of the files that are taken; unset for all that can be read. */
  UPLOAD_TYPES: fileTypes,
  /** The most passages that one search gives. */
  SEARCH_MAX_RESULTS: count(20),
  INGEST_MAX_PAGES: count(1_000),
  /** Languages of print on scans and photos, as the packages @tesseract.js-data/… are called. */
  OCR_LANGUAGES: optional(z.string()).transform((value) => {
    const languages = (value ?? '').toLowerCase().match(/[a-z][a-z_]+/g);
    return languages ?? ['eng'];
  }),
  CHAT_TURNS_PER_MINUTE: count(30),
  CHAT_TURNS_BURST: count(10),
  CHAT_TURNS_PER_DAY: count(500),
  CHAT_TURNS_PER_MINUTE_PER_ADDRESS: count(60),
  API_WRITES_PER_MINUTE: count(100),
  WRITES_PER_MINUTE: count(240),
  READS_PER_MINUTE: count(1_200),
  UPLOADS_PER_MINUTE: count(120),
  READINGS_PER_MINUTE: count(60),
  /** A class that signs in at once from one address passes; each attempt costs Auth a tenth of a second of work. */
  SIGN_INS_PER_MINUTE: count(60),
  SIGN_INS_PER_ACCOUNT: count(10),
  SIGN_INS_PER_ACCOUNT_ANYWHERE: count(100),
  DAILY_TOKEN_QUOTA: count(DAILY_TOKENS),
  /** On: no answer begins. The switch on the admin page does the same without a restart. */
  CHAT_DISABLED: optional(z.enum(['true', 'false', '1', '0'])).transform(
    (value) => value === 'true' || value === '1',
  ),
  TRUSTED_PROXIES: networks,
  IP_ALLOWLIST: networks,
  ALLOWED_ORIGINS: optional(
    text.refine((list) => list.split(',').every((origin) => isOrigin(origin.trim())), {
      error: 'is a list of origins such as https://school.example, with no path and no *',
    }),
  ),
  AUDIT_RETENTION_DAYS: count(365),
  /** Set by that platform, which tells a client's address in its own way. */
  VERCEL: optional(text),
  CHAT_TURNS_AT_ONCE: count(1_000),
  /** How long a process that was told to end sends newcomers to another one before it closes its door. */
  SHUTDOWN_DRAIN_SECONDS: bounded(0, 0, 60),
  /** All three set: devices are told of due cards and messages, and those who ask are shown who sends it. */
  VAPID_PUBLIC_KEY: optional(
    z
      .string()
      .trim()
      .regex(/^[\w-]{87}=?$/, 'is no public key of npx web-push generate-vapid-keys'),
  ),
  VAPID_PRIVATE_KEY: optional(
    z
      .string()
      .trim()
      .regex(/^[\w-]{43}=?$/, 'is no private key of npx web-push generate-vapid-keys'),
  ),
  VAPID_SUBJECT: optional(
    z.url({ protocol: /^(?:mailto|https)$/, error: 'is mailto:… or an https address' }),
  ),
  /** Names of lib/auth/providers.ts, with commas; what is none of them is warned of at the start. */
  AUTH_PROVIDERS: optional(text),
  /** Both set: the sign-in page offers one press into this account. */
  DEMO_EMAIL: optional(z.email()),
  DEMO_PASSWORD: optional(text),
  /** Off: what devices keep for times without a connection is removed, and nothing more is kept. */
  OFFLINE: optional(z.enum(['on', 'off'])).transform((value) => value !== 'off'),
  /** One sentence about the model that answers, shown once on Today. */
  MODEL_NOTICE: optional(text),
});

/**
 * Names that older deployments and other chat services use for the same. The name of today wins where both are set; a value
 * that does not hold is told under the name it was written by.
 */
export const OLDER_NAMES: Readonly<Record<string, readonly string[]>> = {
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: ['NEXT_PUBLIC_SUPABASE_ANON_KEY', 'SUPABASE_ANON_KEY'],
  SUPABASE_SECRET_KEY: ['SUPABASE_SERVICE_ROLE_KEY'],
  DATABASE_URL: ['SUPABASE_POOLER_URL'],
  OPENAI_CHAT_MODEL: ['OPENAI_MODEL'],
  UPLOAD_MAX_BYTES: ['MAX_FILE_SIZE'],
  UPLOAD_MAX_FILES: ['MAX_FILES_PER_REQUEST'],
  UPLOAD_TYPES: ['ALLOWED_FILE_TYPES'],
  SEARCH_MAX_RESULTS: ['MAX_VECTOR_RESULTS'],
  SENTRY_DSN: ['NEXT_PUBLIC_SENTRY_DSN'],
};

type Variables = Readonly<Record<string, string | undefined>>;

/** The name that a value is written under. */
function nameInUse(name: string, variables: Variables): string {
  const isSet = (candidate: string) => (variables[candidate] ?? '').trim() !== '';
  return [name, ...(OLDER_NAMES[name] ?? [])].find(isSet) ?? name;
}

const withOlderNames = (variables: Variables): Variables => ({
  ...variables,
  ...Object.fromEntries(
    Object.keys(OLDER_NAMES).map((name) => [name, variables[nameInUse(name, variables)]]),
  ),
});

export type Env = z.infer<typeof schema> & {
  OPENAI_API_KEY: string;
  OPENAI_CHAT_MODEL: string;
  /** Whether an OpenAI key or another server of its protocol is set; embeddings are made there alone. */
  hasOpenAI: boolean;
  supabaseUrl: string;
  supabasePublishableKey: string;
  supabaseSecretKey: string;
  defaultPersona: string;
};

/** A configuration an operator has to mend; the message names the variable. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

export const isLoopback = (url: string | undefined) =>
  url !== undefined && ['localhost', '127.0.0.1', '[::1]', '0.0.0.0'].includes(new URL(url).hostname);

const WORDS_ALONE_NOTICE =
  'Your notes are searched by their words alone, not by their meaning: no server for embeddings is set up.';

/** What is told where of several that belong together only some are set. */
function halfSet(variables: Variables, names: readonly string[]): string[] {
  const unset = names.filter((name) => (variables[name] ?? '').trim() === '');
  return unset.length === 0 || unset.length === names.length
    ? []
    : [`${unset.join(' and ')}: ${names.join(', ')} are set together or not at all`];
}

/** Parses and checks a set of variables. Throws `EnvError` with one line that names every key to mend. */
export function parseEnv(variables: Variables): Env {
  const parsed = schema.safeParse(withOlderNames(variables));
  const hasModel = [variables.OPENAI_API_KEY, variables.OPENAI_BASE_URL, variables.ANTHROPIC_API_KEY].some(
    (value) => value?.trim(),
  );
  const faults = [
    ...(parsed.error?.issues ?? []).map(
      ({ path: [name], message }) => `${nameInUse(String(name), variables)}: ${message}`,
    ),
    ...halfSet(variables, ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT']),
    ...(hasModel ? [] : ['OPENAI_API_KEY or ANTHROPIC_API_KEY: one of them has to be set']),
  ];
  if (!parsed.success || faults.length > 0) {
    throw new EnvError(`Environment is not complete. ${faults.join('; ')}. See .env.example.`);
  }
  const env = parsed.data;
  const publishable = env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY;
  const secret = env.SUPABASE_SECRET_KEY;
  if (!publishable) throw new EnvError('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY is not set. See .env.example.');
  if (!secret) throw new EnvError('SUPABASE_SECRET_KEY is not set. See .env.example.');

  // Production must never run on stand-ins by accident.
  if (env.NODE_ENV === 'production' && !env.CLERVA_LOCAL) {
    const faults = [
      env.INNGEST_DEV && 'INNGEST_DEV is set: the job endpoint would trust anybody',
      isLoopback(env.OPENAI_BASE_URL) && 'OPENAI_BASE_URL points at this machine',
      isLoopback(env.ANTHROPIC_BASE_URL) && 'ANTHROPIC_BASE_URL points at this machine',
      isLoopback(env.NEXT_PUBLIC_SUPABASE_URL) && 'NEXT_PUBLIC_SUPABASE_URL points at this machine',
      isLoopback(env.INNGEST_BASE_URL) && 'INNGEST_BASE_URL points at this machine',
      !env.INNGEST_SIGNING_KEY && 'INNGEST_SIGNING_KEY is not set',
      !env.INNGEST_EVENT_KEY && 'INNGEST_EVENT_KEY is not set',
    ].filter(Boolean);
    if (faults.length > 0) {
      throw new EnvError(
        `Refusing to start in production: ${faults.join('; ')}. Set CLERVA_LOCAL=1 to run on one machine on purpose.`,
      );
    }
  }
  const hasOpenAI = Boolean(env.OPENAI_API_KEY ?? env.OPENAI_BASE_URL);
  return {
    ...env,
    // Servers such as Ollama or vLLM take any key.
    OPENAI_API_KEY: env.OPENAI_API_KEY ?? 'none',
    OPENAI_CHAT_MODEL: env.OPENAI_CHAT_MODEL ?? 'gpt-6-luna',
    ...(!hasOpenAI && { RETRIEVAL_DENSE_WEIGHT: 0, MODEL_NOTICE: env.MODEL_NOTICE ?? WORDS_ALONE_NOTICE }),
    hasOpenAI,
    supabaseUrl: env.NEXT_PUBLIC_SUPABASE_URL,
    supabasePublishableKey: publishable,
    supabaseSecretKey: secret,
    defaultPersona: env.DEFAULT_PERSONA ?? env.DEFAULT_EMPLOYEE_SLUG ?? 'mentor',
  };
}

let cached: Env | undefined;

/** The environment of this process, parsed on first use. Server only. */
export function serverEnv(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** The public address by itself: what is made while the app is built has no keys to read. */
export function appUrl(): string | undefined {
  // Read at run time: the full name would be replaced by what it was when the app was built.
  const { NEXT_PUBLIC_APP_URL: url } = process.env;
  return schema.shape.NEXT_PUBLIC_APP_URL.catch(undefined).parse(url);
}

/** The log level by itself: a process whose environment is otherwise broken must still be able to say so. */
export function logLevel(): string {
  return logLevelSchema.catch('info').parse(process.env.LOG_LEVEL);
}

/** Which build this is; written into it by `next.config.ts`. */
export const BUILD = process.env.CLERVA_BUILD ?? 'development';
