import { z } from 'zod';

/** An event as apps send it and as functions receive it. Unknown fields are kept: they belong to the app. */
export const eventSchema = z.looseObject({
  id: z.string().min(1).max(512).optional(),
  name: z.string().min(1).max(256),
  data: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((data) => data ?? {}),
  ts: z.number().int().positive().optional(),
});

export type IncomingEvent = z.output<typeof eventSchema>;
export type StoredEvent = IncomingEvent & { id: string; ts: number };

export const eventsSchema = z.union([eventSchema, z.array(eventSchema).max(5_000)]).transform((value) => {
  return Array.isArray(value) ? value : [value];
});

/** One operation of an SDK answer. Fields beyond these (timing, metadata) do not concern the executor. */
export const operationSchema = z.object({
  id: z.string(),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
  opts: z.record(z.string(), z.unknown()).nullish(),
});

export type Operation = z.output<typeof operationSchema>;
export const operationsSchema = z.union([z.array(operationSchema), operationSchema]).transform((value) => {
  return Array.isArray(value) ? value : [value];
});

export const waitOptionsSchema = z.object({
  event: z.string().optional(),
  if: z.string().optional(),
  timeout: z.string().optional(),
});

export const invokeOptionsSchema = z.object({
  function_id: z.string(),
  payload: z
    .looseObject({
      data: z
        .record(z.string(), z.unknown())
        .nullish()
        .transform((data) => data ?? {}),
    })
    .nullish(),
  timeout: z.string().nullish(),
});

export type RunError = { name: string; message: string; stack?: string };

const errorSchema = z.looseObject({ name: z.string(), message: z.string() });
const looseErrorSchema = z.object({ message: z.string().optional(), error: z.string().optional() });

/** Any error body in the shape that `onFailure` and `catch` in a function can read. */
export function toRunError(value: unknown): RunError {
  const whole = errorSchema.safeParse(value);
  if (whole.success) return whole.data;
  const loose = looseErrorSchema.safeParse(value);
  const message = loose.success ? (loose.data.message ?? loose.data.error) : undefined;
  return {
    name: 'Error',
    message: message ?? (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'Unknown error')),
  };
}
