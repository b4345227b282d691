import { z } from 'zod';
import type { JsonSchema } from '../../wire/types.ts';
import { isRecord } from '../parse-json.ts';

/** Follows `$ref` inside one document, and takes the parts of `allOf` for one schema; a reference that leads nowhere allows anything. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let current = schema;
  for (let hops = 0; current.$ref && hops < 20; hops++) {
    const path = current.$ref.replace(/^#\/?/, '').split('/').filter(Boolean);
    const keys = path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const step = (node: unknown, key: string): unknown =>
      isRecord(node) && Object.hasOwn(node, key) ? node[key] : undefined;
    const found = keys.reduce<unknown>(step, root);
    current = isRecord(found) ? found : {};
  }
  if (!current.allOf) return current;
  const parts = [current, ...current.allOf.map((part) => resolve(part, root))];
  return {
    ...Object.assign({}, ...parts),
    allOf: undefined,
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  };
}

export function typesOf(schema: JsonSchema): string[] {
  if (schema.type) return [schema.type].flat();
  if (schema.properties) return ['object'];
  return schema.items ? ['array'] : [];
}

export const optionsOf = (rules: JsonSchema): JsonSchema[] => rules.anyOf ?? rules.oneOf ?? [];

export const allowsNull = (schema: JsonSchema, root: JsonSchema): boolean => {
  const rules = resolve(schema, root);
  return typesOf(rules).includes('null') || optionsOf(rules).some((option) => allowsNull(option, root));
};

/** The first thing in which a value breaks its schema, as words for a person; null when it fits. */
export function findProblem(value: unknown, schema: JsonSchema): string | null {
  const issue = readable(schema)?.safeParse(value).error?.issues[0];
  return issue ? problemOf(issue, issue.path) : null;
}

/** A bound of a text that stands in the description alone, since strict schemas carry no lengths. */
const inWords = ({ description = '' }: JsonSchema, side: 'least' | 'most'): number | undefined => {
  const length = new RegExp(`at ${side} (\\d+) characters?\\.`, 'i').exec(description)?.[1];
  return length === undefined ? undefined : Number(length);
};

export const longest = (rules: JsonSchema): number =>
  rules.maxLength ?? inWords(rules, 'most') ?? Number.POSITIVE_INFINITY;

function readable(schema: JsonSchema): z.ZodType | null {
  try {
    const bounded: unknown = JSON.parse(JSON.stringify(schema), (_, rules) =>
      rules?.type === 'string'
        ? { minLength: inWords(rules, 'least'), maxLength: inWords(rules, 'most'), ...rules }
        : rules,
    );
    // zod's own type names the same keywords more narrowly than a request may spell them.
    return z.fromJSONSchema(bounded as Parameters<typeof z.fromJSONSchema>[0]);
  } catch {
    // What is written in another dialect cannot be judged here; the tool itself judges it again.
    return null;
  }
}

function problemOf(issue: z.core.$ZodIssue, path: PropertyKey[]): string {
  const [inner] = issue.code === 'invalid_union' ? (issue.errors[0] ?? []) : [];
  if (inner) return problemOf(inner, [...path, ...inner.path]);
  return `${z.core.toDotPath(path) || 'the arguments'}: ${issue.message}`;
}

type Fitted = { args: Record<string, unknown> } | { problem: string };

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
