import type { JsonSchema } from './types.ts';

const REFUSED_KEYWORDS = [
  'allOf',
  'not',
  'if',
  'oneOf',
  'propertyNames',
  'patternProperties',
  'dependentRequired',
  'default',
] as const;

/**
 * The first rule of strict mode that a schema breaks, in the words of the official API, or null when it is fine.
 * A schema that only the paid API would refuse is found here, offline.
 */
export function strictSchemaError(schema: JsonSchema, path: string[] = []): string | null {
  const context = `In context=(${path.map((part) => `'${part}'`).join(', ')})`;
  if (path.length === 0 && schema.type !== 'object')
    return `schema must be a JSON Schema of 'type: "object"', got 'type: "${String(schema.type ?? 'None')}"'.`;
  const refused = REFUSED_KEYWORDS.find((keyword) => keyword in schema);
  if (refused) return `${context}, '${refused}' is not permitted.`;
  if (schema.type === 'object' || schema.properties) {
    if (schema.additionalProperties !== false)
      return `${context}, 'additionalProperties' is required to be supplied and to be false.`;
    const missing = Object.keys(schema.properties ?? {}).find((key) => !schema.required?.includes(key));
    if (missing)
      return `${context}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
  }
  const children: [string[], JsonSchema][] = [
    ...nested('properties', schema.properties),
    ...nested('$defs', schema.$defs),
    ...nested('definitions', schema.definitions),
    ...(schema.items ? [[['items'], schema.items] satisfies [string[], JsonSchema]] : []),
    ...(schema.anyOf ?? []).map((option, i): [string[], JsonSchema] => [['anyOf', String(i)], option]),
  ];
  for (const [step, child] of children) {
    const error = strictSchemaError(child, [...path, ...step]);
    if (error) return error;
  }
  return null;
}

function nested(keyword: string, schemas: Record<string, JsonSchema> | undefined): [string[], JsonSchema][] {
  return Object.entries(schemas ?? {}).map(([key, schema]) => [[keyword, key], schema]);
}
