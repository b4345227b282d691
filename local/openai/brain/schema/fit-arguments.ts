import type { JsonSchema } from '../../wire/types.ts';
import { isRecord } from '../parse-json.ts';
import { findProblem, longest } from './validate.ts';

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

export type Fitted = { args: Record<string, unknown> } | { problem: string };

const DEEPEST = 8;

type Shape = { root: JsonSchema; isOurs: boolean };

/**
 * Arguments as the tool takes them: what it does not know goes, what may be null is filled in, and where we read them out
 * of a sentence ourselves, what is out of bounds is brought in. Then they are judged.
 */
export function fitArguments(
  given: Record<string, unknown>,
  schema: JsonSchema,
  { isOurs }: Pick<Shape, 'isOurs'>,
): Fitted {
  const args = shaped(given, schema, { root: schema, isOurs }, 0);
  const problem = findProblem(args, schema);
  return problem ? { problem } : { args: isRecord(args) ? args : {} };
}

function shaped(value: unknown, schema: JsonSchema, shape: Shape, depth: number): unknown {
  const rules = chosen(value, resolve(schema, shape.root), shape.root);
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) {
    const { items } = rules;
    const list = shape.isOurs && rules.maxItems !== undefined ? value.slice(0, rules.maxItems) : value;
    return items ? list.map((item) => shaped(item, items, shape, depth + 1)) : list;
  }
  if (isRecord(value)) return shapedObject(value, rules, shape, depth);
  return shape.isOurs ? bounded(value, rules) : value;
}

/** Of a nullable schema the part that says something. */
function chosen(value: unknown, rules: JsonSchema, root: JsonSchema): JsonSchema {
  const options = rules.anyOf ?? rules.oneOf;
  if (value === null || !options) return rules;
  const wanted = options.map((option) => resolve(option, root));
  return wanted.find((option) => !typesOf(option).includes('null')) ?? rules;
}

function shapedObject(
  value: Record<string, unknown>,
  rules: JsonSchema,
  shape: Shape,
  depth: number,
): Record<string, unknown> {
  // A schema without properties takes anything.
  if (!rules.properties) return value;
  const own = new Map(Object.entries(value));
  const fitting: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(rules.properties)) {
    if (own.has(key)) fitting[key] = shaped(own.get(key), property, shape, depth + 1);
    else if (rules.required?.includes(key)) addDefault(fitting, key, property, shape.root);
  }
  return fitting;
}

function addDefault(
  args: Record<string, unknown>,
  key: string,
  property: JsonSchema,
  root: JsonSchema,
): void {
  const rules = resolve(property, root);
  if (rules.default !== undefined) args[key] = rules.default;
  else if (allowsNull(rules, root)) args[key] = null;
}

export const allowsNull = (schema: JsonSchema, root: JsonSchema): boolean => {
  const rules = resolve(schema, root);
  return (
    typesOf(rules).includes('null') ||
    [...(rules.anyOf ?? []), ...(rules.oneOf ?? [])].some((option) => allowsNull(option, root))
  );
};

function bounded(value: unknown, rules: JsonSchema): unknown {
  if (typeof value === 'number') {
    const low = rules.minimum ?? Number.NEGATIVE_INFINITY;
    const high = rules.maximum ?? Number.POSITIVE_INFINITY;
    return Math.max(low, Math.min(high, value));
  }
  if (typeof value === 'string') return value.slice(0, longest(rules));
  return value;
}
