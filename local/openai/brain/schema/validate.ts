import type { JsonSchema } from '../../wire/types.ts';
import { FORMATS } from './formats.ts';
import { resolve, typeOf, typesOf } from './resolve.ts';

/** The first thing in which a value breaks its schema, as words for a person; null when it fits. */
export function findProblem(
  value: unknown,
  schema: JsonSchema,
  root: JsonSchema = schema,
  path = '',
): string | null {
  const rules = resolve(schema, root);
  const name = path || 'the arguments';
  if (rules.const !== undefined && !same(value, rules.const))
    return `${name} must be ${JSON.stringify(rules.const)}`;
  if (rules.enum && !rules.enum.some((option) => same(value, option)))
    return `${name} must be one of ${rules.enum.map((option) => JSON.stringify(option)).join(', ')}`;
  const types = typesOf(rules);
  if (types.length > 0 && !types.some((type) => isOfType(value, type)))
    return `${name} must be ${types.map((type) => (type === 'null' ? 'null' : withArticle(type))).join(' or ')}`;
  const options = rules.anyOf ?? rules.oneOf;
  if (options) {
    const problems = options.map((option) => findProblem(value, option, root, path));
    if (problems.every((problem) => problem !== null)) return problems[0] ?? null;
  }
  for (const part of rules.allOf ?? []) {
    const problem = findProblem(value, part, root, path);
    if (problem) return problem;
  }
  if (typeof value === 'string') return stringProblem(value, rules, name);
  if (typeof value === 'number') return numberProblem(value, rules, name);
  if (Array.isArray(value)) return arrayProblem(value, rules, root, path);
  if (typeof value === 'object' && value !== null) return objectProblem(value, rules, root, path);
  return null;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const withArticle = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;

function isOfType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return typeOf(value) === type;
}

function stringProblem(value: string, rules: JsonSchema, name: string): string | null {
  const length = [...value].length;
  if (rules.minLength !== undefined && length < rules.minLength)
    return rules.minLength === 1
      ? `${name} must not be empty`
      : `${name} needs at least ${rules.minLength} characters`;
  if (rules.maxLength !== undefined && length > rules.maxLength)
    return `${name} may have at most ${rules.maxLength} characters`;
  if (rules.pattern && !matches(value, rules.pattern)) return `${name} has the wrong form`;
  const format = rules.format ? FORMATS.get(rules.format) : undefined;
  return format && !format.pattern.test(value) ? `${name} must be a ${rules.format}` : null;
}

function matches(value: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    // A pattern of another dialect cannot be judged here; the tool itself judges it again.
    return true;
  }
}

function numberProblem(value: number, rules: JsonSchema, name: string): string | null {
  if (rules.minimum !== undefined && value < rules.minimum)
    return `${name} must be at least ${rules.minimum}`;
  if (rules.maximum !== undefined && value > rules.maximum) return `${name} must be at most ${rules.maximum}`;
  if (rules.exclusiveMinimum !== undefined && value <= rules.exclusiveMinimum)
    return `${name} must be above ${rules.exclusiveMinimum}`;
  if (rules.exclusiveMaximum !== undefined && value >= rules.exclusiveMaximum)
    return `${name} must be below ${rules.exclusiveMaximum}`;
  if (rules.multipleOf && Math.abs(value / rules.multipleOf - Math.round(value / rules.multipleOf)) > 1e-9)
    return `${name} must be a multiple of ${rules.multipleOf}`;
  return null;
}

function arrayProblem(value: unknown[], rules: JsonSchema, root: JsonSchema, path: string): string | null {
  const name = path || 'the list';
  if (rules.minItems !== undefined && value.length < rules.minItems)
    return `${name} needs at least ${rules.minItems}`;
  if (rules.maxItems !== undefined && value.length > rules.maxItems)
    return `${name} may have at most ${rules.maxItems}`;
  for (const [i, item] of value.entries()) {
    const schema = rules.prefixItems?.[i] ?? rules.items;
    const problem = schema ? findProblem(item, schema, root, `${path}[${i}]`) : null;
    if (problem) return problem;
  }
  return null;
}

function objectProblem(value: object, rules: JsonSchema, root: JsonSchema, path: string): string | null {
  const own = new Map(Object.entries(value));
  const at = (key: string): string => (path ? `${path}.${key}` : key);
  const missing = rules.required?.find((key) => !own.has(key));
  if (missing !== undefined) return `${at(missing)} is missing`;
  const known = new Map(Object.entries(rules.properties ?? {}));
  for (const [key, item] of own) {
    const schema =
      known.get(key) ?? (typeof rules.additionalProperties === 'object' ? rules.additionalProperties : null);
    if (!schema && rules.additionalProperties === false) return `${at(key)} is not known`;
    const problem = schema ? findProblem(item, schema, root, at(key)) : null;
    if (problem) return problem;
  }
  return null;
}
