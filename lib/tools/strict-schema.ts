import type { JSONSchema7 } from 'ai';
import { z } from 'zod';

/**
 * The JSON schema a strict tool may have: every property required, no extra ones, no defaults. Fields a caller may leave
 * out are nullable with a default in the zod schema, so the model sends null and everybody else may send nothing.
 */
export function strictJsonSchema(schema: z.ZodObject): JSONSchema7 {
  const json = z.toJSONSchema(schema, {
    target: 'draft-7',
    // The output side of a default is always there, which is what makes its property required.
    io: 'output',
    override: ({ jsonSchema }) => {
      delete jsonSchema.default;
      // Not every model of a provider takes lengths, but every one reads; they are checked here in any case.
      const { minLength, maxLength, description } = jsonSchema;
      const bound = [
        ...(minLength ? [`At least ${minLength} character${minLength > 1 ? 's' : ''}.`] : []),
        ...(maxLength !== undefined ? [`At most ${maxLength} characters.`] : []),
      ];
      if (bound.length > 0) jsonSchema.description = [description, ...bound].filter(Boolean).join(' ');
      delete jsonSchema.minLength;
      delete jsonSchema.maxLength;
      // A format says it already, and the pattern of some formats uses syntax that providers refuse.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  delete json.$schema;
  // Both are JSON Schema draft 7; only the two libraries' types for it differ.
  return json as JSONSchema7;
}
