import { z } from 'zod';
import type { JsonSchema } from '../../wire/types.ts';

/** The first thing in which a value breaks its schema, as words for a person; null when it fits. */
export function findProblem(value: unknown, schema: JsonSchema): string | null {
  const issue = readable(schema)?.safeParse(value).error?.issues[0];
  return issue ? problemOf(issue, issue.path) : null;
}

/** A bound of a text that stands in the description alone, since strict schemas carry no lengths. */
const inWords = ({ description = '' }: JsonSchema, side: 'least' | 'most'): number | undefined => {
  const [, length] = new RegExp(`at ${side} (\\d+) characters?\\.`, 'i').exec(description) ?? [];
  return length === undefined ? undefined : Number(length);
};

export const longest = (rules: JsonSchema): number =>
  rules.maxLength ?? inWords(rules, 'most') ?? Number.POSITIVE_INFINITY;

/** The schema with the lengths that its descriptions tell. */
const withLengths = (schema: JsonSchema): JsonSchema =>
  JSON.parse(JSON.stringify(schema), (_, rules) =>
    rules?.type === 'string'
      ? { minLength: inWords(rules, 'least'), maxLength: inWords(rules, 'most'), ...rules }
      : rules,
  );

function readable(schema: JsonSchema): z.ZodType | null {
  try {
    // zod's own type names the same keywords more narrowly than a request may spell them.
    return z.fromJSONSchema(withLengths(schema) as Parameters<typeof z.fromJSONSchema>[0]);
  } catch {
    // What is written in another dialect cannot be judged here; the tool itself judges it again.
    return null;
  }
}

function problemOf(issue: z.core.$ZodIssue, path: PropertyKey[]): string {
  const name = z.core.toDotPath(path) || 'the arguments';
  const things = 'origin' in issue && issue.origin === 'string' ? ' characters' : '';
  switch (issue.code) {
    case 'invalid_union': {
      const [inner] = issue.errors[0] ?? [];
      return inner ? problemOf(inner, [...path, ...inner.path]) : `${name} has the wrong form`;
    }
    case 'unrecognized_keys':
      return `${z.core.toDotPath([...path, issue.keys[0] ?? ''])} is not known`;
    case 'invalid_value':
      return `${name} must be one of ${issue.values.map((option) => JSON.stringify(option)).join(', ')}`;
    case 'invalid_type':
      return issue.message.endsWith('undefined')
        ? `${name} is missing`
        : `${name} must be of type ${issue.expected}`;
    case 'too_small':
      return `${name} must be at least ${issue.minimum}${things}`;
    case 'too_big':
      return `${name} must be at most ${issue.maximum}${things}`;
    default:
      return `${name}: ${issue.message.toLowerCase()}`;
  }
}
