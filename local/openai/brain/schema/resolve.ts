import type { JsonSchema } from '../../wire/types.ts';

/** Follows `$ref` inside one document; a reference that leads nowhere allows anything. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let current = schema;
  for (let hops = 0; current.$ref && hops < 20; hops++) current = lookUp(current.$ref, root);
  return current;
}

function lookUp(reference: string, root: JsonSchema): JsonSchema {
  let node: unknown = root;
  for (const part of reference.replace(/^#\/?/, '').split('/').filter(Boolean)) {
    if (typeof node !== 'object' || node === null) return {};
    node = new Map(Object.entries(node)).get(part.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return typeof node === 'object' && node !== null ? node : {};
}

export function typesOf(schema: JsonSchema): string[] {
  if (schema.type) return typeof schema.type === 'string' ? [schema.type] : schema.type;
  if (schema.properties) return ['object'];
  return schema.items ? ['array'] : [];
}

export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}
