import type { JsonSchema } from '../../wire/types.ts';
import { isRecord } from '../parse-json.ts';
import { allowsNull, findProblem, longest, optionsOf, resolve } from './validate.ts';

export type Fitted = { args: Record<string, unknown> } | { problem: string };

const DEEPEST = 8;

/**
 * Arguments as the tool takes them: what it does not know goes, what may be null is filled in, and where we read them out
 * of a sentence ourselves, what is out of bounds is brought in. Then they are judged.
 */
export function fitArguments(
  given: Record<string, unknown>,
  schema: JsonSchema,
  { isOurs }: { isOurs: boolean },
): Fitted {
  const shaped = (value: unknown, own: JsonSchema, depth: number): unknown => {
    const rules = saying(value, own, schema);
    if (depth > DEEPEST) return value;
    if (Array.isArray(value)) {
      const list = isOurs ? value.slice(0, rules.maxItems) : value;
      return list.map((item) => (rules.items ? shaped(item, rules.items, depth + 1) : item));
    }
    if (!isRecord(value)) return isOurs ? bounded(value, rules) : value;
    // A schema without properties takes anything.
    if (!rules.properties) return value;
    const fields = Object.entries(rules.properties).flatMap(([key, property]): [string, unknown][] => {
      if (Object.hasOwn(value, key)) return [[key, shaped(value[key], property, depth + 1)]];
      const usual = resolve(property, schema).default ?? (allowsNull(property, schema) ? null : undefined);
      return rules.required?.includes(key) && usual !== undefined ? [[key, usual]] : [];
    });
    return Object.fromEntries(fields);
  };
  const args = shaped(given, schema, 0);
  const problem = findProblem(args, schema);
  return problem ? { problem } : { args: isRecord(args) ? args : {} };
}

/** Of a nullable schema the part that says something. */
function saying(value: unknown, schema: JsonSchema, root: JsonSchema): JsonSchema {
  const rules = resolve(schema, root);
  const option = value === null ? undefined : optionsOf(rules).find((one) => !allowsNull(one, root));
  return option ? resolve(option, root) : rules;
}

function bounded(value: unknown, rules: JsonSchema): unknown {
  if (typeof value === 'string') return value.slice(0, longest(rules));
  if (typeof value !== 'number') return value;
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = rules;
  return Math.max(minimum, Math.min(maximum, value));
}
