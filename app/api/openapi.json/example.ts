import type { JsonSchema } from '@/lib/json-schema';

const ID = '018f8f2e-7c1c-7d3a-9a34-0242ac120002';
const BY_FORMAT: Record<string, string> = {
  uuid: ID,
  guid: ID,
  date: '2027-02-01',
  'date-time': '2027-02-01T09:30:00Z',
  uri: 'https://example.org/cells',
  email: 'maya@example.org',
};

/** A value that a schema allows, so that whoever reads it sees what it means. Wherever there is a choice it is the first. */
export function exampleOf(schema: JsonSchema): unknown {
  const { type, format, minimum, exclusiveMinimum, minLength, properties, items, minItems } = schema;
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if ('const' in schema) return schema.const;
  if ('default' in schema) return schema.default;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) {
    const [first] = choices.filter((choice: JsonSchema) => choice.type !== 'null' && !('not' in choice));
    return first ? exampleOf(first) : null;
  }
  if (Array.isArray(schema.allOf)) return Object.assign({}, ...schema.allOf.map(exampleOf));
  switch ([type].flat().find((one) => one !== 'null')) {
    case 'object':
      return Object.fromEntries(
        Object.entries((properties ?? {}) as Record<string, JsonSchema>).map(([name, of]) => [
          name,
          exampleOf(of),
        ]),
      );
    case 'array':
      return Array.from({ length: Math.max(1, Number(minItems ?? 1)) }, () =>
        exampleOf((items ?? {}) as JsonSchema),
      );
    case 'integer':
    case 'number':
      return Math.max(
        0,
        Number(minimum ?? 0),
        exclusiveMinimum === undefined ? 0 : Number(exclusiveMinimum) + 1,
      );
    case 'boolean':
      return true;
    case 'string':
      return BY_FORMAT[String(format)] ?? 'text'.padEnd(Number(minLength ?? 0), '.');
    default:
      return {};
  }
}
