import { z } from 'zod';
import {
  MAX_PERSONA_CHARACTERS,
  MAX_PERSONA_STYLE_CHARACTERS,
  MAX_PERSONA_TITLE_CHARACTERS,
} from './bounds.ts';
import { line, namesAField } from './fields.ts';
import { personaSlug } from './turn.ts';

/** A style of the tutor's: how it speaks, and whether problems get hints before their answer. */
const fields = {
  slug: personaSlug,
  title: line(MAX_PERSONA_TITLE_CHARACTERS),
  instructions: line(MAX_PERSONA_CHARACTERS),
  style: z.string().trim().max(MAX_PERSONA_STYLE_CHARACTERS),
  hints: z.boolean(),
};
export const personaSchema = z.object(fields);
export type Persona = z.output<typeof personaSchema>;

export const newPersonaSchema = personaSchema.extend({
  /** Made of the title when left out. */
  slug: personaSlug.optional(),
  style: fields.style.default(''),
  hints: fields.hints.default(true),
});
export type NewPersona = z.output<typeof newPersonaSchema>;

export const personaChangeSchema = personaSchema
  .omit({ slug: true })
  .partial()
  .refine(namesAField, 'Name at least one field to change.');
export type PersonaChange = z.output<typeof personaChangeSchema>;

/** The persona of one conversation; null for the one this server begins with. */
export const personaChoiceSchema = z.object({ persona: personaSlug.nullable() });

/** As lists show it. */
export type PersonaView = Persona & { isOwn: boolean };
