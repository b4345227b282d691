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
