import { z } from 'zod';
import { MAX_LABEL_CHARACTERS, MAX_WISH_CHARACTERS } from './bounds.ts';
import { line } from './fields.ts';
import { ANSWER_NUDGES, MAX_CHOSEN_DOCUMENTS } from './sets.ts';

export { ANSWER_NUDGES, MAX_CHOSEN_DOCUMENTS } from './sets.ts';

/** The short name of a persona, as its table keeps it. */
export const personaSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'A short name of small letters, digits and hyphens.');

/** What a client may choose for one turn. Everything may be left out, and nothing of it is above our own orders. */
export const turnSettingsSchema = z.object({
  /** One of the models that `GET /api/models` lists. */
  model: z.string().trim().min(1).max(120).optional(),
  temperature: z.number().min(0).max(2).optional(),
  persona: personaSlug.optional(),
  brandGuard: z.boolean().optional(),
  /** The tools that may be called; without it every one may. */
  tools: z.array(z.string().max(64)).max(50).optional(),
  /** What the student wishes of the answer's manner. */
  system: z
    .string()
    .max(MAX_WISH_CHARACTERS, `Write at most ${MAX_WISH_CHARACTERS} characters.`)
    .transform((text) => text.replaceAll('\0', '').toWellFormed().trim())
    .optional(),
  nudge: z.enum(ANSWER_NUDGES).optional(),
});
export type TurnSettings = z.infer<typeof turnSettingsSchema>;

/** The notes that a student keeps to: these documents, or those of a course. Nothing else is looked through. */
export const withinSchema = z.object({
  docIds: z.array(z.uuid()).max(MAX_CHOSEN_DOCUMENTS).default([]),
  course: line(MAX_LABEL_CHARACTERS).nullish(),
});
export type Within = z.output<typeof withinSchema>;

export const PROVIDERS = ['openai', 'anthropic'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** A model that may be chosen, as `GET /api/models` lists it. */
export const listedModelSchema = z.object({
  id: z.string(),
  provider: z.enum(PROVIDERS),
  name: z.string(),
  /** Whether it answers where none is chosen. */
  default: z.boolean(),
});
export type ListedModel = z.infer<typeof listedModelSchema>;
