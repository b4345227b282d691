import type { JsonSchema } from '../../wire/types.ts';
import { resolve, typesOf } from './resolve.ts';
import { findProblem } from './validate.ts';

export type Fitted = { args: Record<string, unknown> } | { problem: string };

/** Arguments that were given: kept as they are, only what may be left out is filled in, and then judged. */
export function checkArguments(args: Record<string, unknown>, schema: JsonSchema): Fitted {
  const complete = { ...args };
  for (const [key, property] of Object.entries(schema.properties ?? {}))
    if (!(key in complete) && schema.required?.includes(key)) addDefault(complete, key, property, schema);
  const problem = findProblem(complete, schema);
  return problem ? { problem } : { args: complete };
}

/** Arguments that we read out of a sentence: what the tool does not know goes, what is out of bounds is brought in. */
export function fitArguments(args: Record<string, unknown>, schema: JsonSchema): Fitted {
  const known = new Map(Object.entries(schema.properties ?? {}));
  const fitting = Object.fromEntries(
    Object.entries(args).flatMap(([key, value]) => {
      const property = known.get(key);
      return property ? [[key, bring(value, resolve(property, schema))]] : [];
    }),
  );
  return checkArguments(fitting, schema);
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

const allowsNull = (rules: JsonSchema, root: JsonSchema): boolean =>
  typesOf(rules).includes('null') ||
  [...(rules.anyOf ?? []), ...(rules.oneOf ?? [])].some((option) => allowsNull(resolve(option, root), root));

function bring(value: unknown, schema: JsonSchema): unknown {
  const rules = schema.anyOf?.find((option) => option.type !== 'null') ?? schema;
  if (typeof value === 'number') {
    const low = rules.minimum ?? Number.NEGATIVE_INFINITY;
    const high = rules.maximum ?? Number.POSITIVE_INFINITY;
    return Math.max(low, Math.min(high, value));
  }
  if (typeof value === 'string' && rules.maxLength !== undefined) return value.slice(0, rules.maxLength);
  if (Array.isArray(value) && rules.maxItems !== undefined) return value.slice(0, rules.maxItems);
  return value;
}
