import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/**
 * What a schema says, in the dialect of OpenAPI 3.1 and of MCP, as it is sent (`input`) or as it comes out of it; what only
 * code can check is left to the code.
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // Named only to be refused: nothing that is sent is undefined.
      if (zodSchema._zod.def.type === 'undefined') jsonSchema.not = {};
      // The format says it, and the pattern of some is longer than everything else.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return json;
}
