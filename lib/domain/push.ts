import { z } from 'zod';
import { MAX_NAME_CHARACTERS } from './bounds.ts';
import { count, line } from './fields.ts';
import { LANGUAGES } from './language.ts';

/** What a browser gives to be told: an address at its maker's service, and the keys of this device. */
const subscription = z.object({
  endpoint: z.url({ protocol: /^https$/ }).max(1_000),
  keys: z.object({
    p256dh: z.string().regex(/^[\w-]{86,88}={0,2}$/),
    auth: z.string().regex(/^[\w-]{22,24}={0,2}$/),
  }),
});

export const pushRequestSchema = z.object({
  subscription,
  device: line(MAX_NAME_CHARACTERS).nullable().default(null),
  /** At which hour of the student's day due cards are told of; null for never. */
  cardsHour: z.int().min(0).max(23).nullable(),
  nudges: z.boolean(),
});
export type PushRequest = z.output<typeof pushRequestSchema>;

const deviceSchema = z.object({
  id: z.string(),
  device: z.string().nullable(),
  cardsHour: z.int().nullable(),
  nudges: z.boolean(),
  createdAt: z.string(),
});

export const pushStateSchema = z.object({
  publicKey: z
    .string()
    .nullable()
    .describe('What a browser asks with; null where nothing is sent from here.'),
  devices: z.array(deviceSchema),
});
export type PushState = z.infer<typeof pushStateSchema>;

/** A device with what it is to be told now. */
export const pushClaimSchema = z.object({
  id: z.string(),
  ...subscription.shape,
  language: z
    .enum(LANGUAGES)
    .nullish()
    .transform((language) => language ?? 'en'),
  due: count,
  messages: z
    .object({ many: count, people: count, name: z.string().nullable(), message: z.string().nullable() })
    .nullable(),
});
export type PushClaim = z.infer<typeof pushClaimSchema>;
