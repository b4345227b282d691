import { z } from 'zod';
import { cronError } from '../cron.ts';
import { parseDuration } from '../duration.ts';
import { expressionError } from '../expressions.ts';

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== null, 'is not a time string such as 30s or 1h');
const expression = z.string().superRefine((source, context) => {
  const reason = expressionError(source);
  if (reason)
    context.addIssue({ code: 'custom', message: `"${source}" is not a usable expression: ${reason}` });
});
const cron = z.string().superRefine((source, context) => {
  const reason = cronError(source);
  if (reason)
    context.addIssue({ code: 'custom', message: `"${source}" is not a usable cron schedule: ${reason}` });
});

const concurrencyLimit = z.strictObject({
  limit: z.number().int().min(0),
  key: expression.optional(),
  /** The wider scopes of the hosted service are those of several apps; here is one. */
  scope: z.literal('fn').optional(),
});

const eventTrigger = z.strictObject({
  event: z
    .string()
    .refine((name) => name !== 'inngest/deferred.schedule', 'deferred functions are not supported here'),
  expression: expression.optional(),
});
const cronTrigger = z.strictObject({ cron });

/**
 * One function as the SDK announces it. Every object is strict: an option this executor does not know is refused when
 * the app registers, never silently ignored.
 */
export const functionSchema = z
  .strictObject({
    id: z.string().min(1),
    name: z.string().optional(),
    triggers: z.array(z.union([eventTrigger, cronTrigger])),
    steps: z.strictObject({
      step: z.strictObject({
        id: z.string(),
        name: z.string(),
        runtime: z.strictObject({
          type: z.literal('http', 'only functions served over HTTP are supported here'),
          url: z.url({ protocol: /^https?$/ }),
        }),
        retries: z.strictObject({ attempts: z.number().int().min(0).optional() }).optional(),
      }),
    }),
    idempotency: expression.optional(),
    concurrency: z
      .union([z.number().int().min(0), concurrencyLimit, z.array(concurrencyLimit)])
      .optional()
      .transform((value) => {
        if (value === undefined) return [];
        if (typeof value === 'number') return [{ limit: value }];
        return Array.isArray(value) ? value : [value];
      }),
    cancel: z.array(z.strictObject({ event: z.string(), if: expression.optional() })).optional(),
    batchEvents: z
      .strictObject({
        maxSize: z.number().int().min(1),
        timeout: duration,
        key: expression.optional(),
      })
      .optional(),
    debounce: z
      .strictObject({ period: duration, key: expression.optional(), timeout: duration.optional() })
      .optional(),
    rateLimit: z
      .strictObject({ limit: z.number().int().min(1), period: duration, key: expression.optional() })
      .optional(),
    throttle: z
      .strictObject({
        limit: z.number().int().min(1),
        period: duration,
        key: expression.optional(),
        burst: z.number().int().min(1).optional(),
      })
      .optional(),
    singleton: z.strictObject({ mode: z.enum(['skip', 'cancel']), key: expression.optional() }).optional(),
    priority: z.strictObject({ run: expression.optional() }).optional(),
    timeouts: z.strictObject({ start: duration.optional(), finish: duration.optional() }).optional(),
  })
  .superRefine((config, context) => {
    if (!config.batchEvents) return;
    for (const option of [
      'debounce',
      'rateLimit',
      'idempotency',
      'singleton',
      'cancel',
      'priority',
    ] as const) {
      if (config[option]) {
        context.addIssue({ code: 'custom', path: [option], message: 'cannot be combined with batchEvents' });
      }
    }
  });

export type FunctionConfig = z.output<typeof functionSchema>;

const registrationSchema = z.object({
  url: z.string(),
  appName: z.string().min(1),
  sdk: z.string().optional(),
  functions: z.array(z.unknown()).min(1, 'the app serves no functions'),
});

export type Registration = { app: string; functions: FunctionConfig[] };

function explain(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const where = issue.path.join('.');
      return where ? `${where}: ${issue.message}` : issue.message;
    })
    .join('; ');
}

/** Reads a registration, or says in one sentence per function why it is refused. */
export function parseRegistration(body: unknown): { registration: Registration } | { refusal: string } {
  const outer = registrationSchema.safeParse(body);
  if (!outer.success) return { refusal: explain(outer.error) };
  const functions: FunctionConfig[] = [];
  const refusals: string[] = [];
  for (const raw of outer.data.functions) {
    const parsed = functionSchema.safeParse(raw);
    if (parsed.success) {
      functions.push(parsed.data);
    } else {
      const named = z.object({ id: z.string() }).safeParse(raw);
      refusals.push(`function ${named.success ? named.data.id : '(without id)'}: ${explain(parsed.error)}`);
    }
  }
  if (refusals.length)
    return { refusal: `The local Inngest server refuses this app. ${refusals.join('. ')}` };
  return { registration: { app: outer.data.appName, functions } };
}
