import type { Ask, JsonSchema } from '../../wire/types.ts';
import { writeStudyCards } from '../cards/study-cards.ts';
import type { Conversation } from '../conversation.ts';
import { writeFacts, writeThreadSummary } from '../memory.ts';
import { writeQuizItems } from '../quiz/index.ts';
import { writeSummary } from '../summary/write-summary.ts';
import { titleOf } from '../talk.ts';
import { sentences } from '../text/sentences.ts';
import { resolve, typesOf } from './fit-arguments.ts';
import { findProblem } from './validate.ts';

/** Structured outputs that the brain knows by the name of their schema. Every other schema is filled by its shape alone. */
const WRITERS = new Map<string, (prompt: string) => unknown>([
  ['quiz_items', writeQuizItems],
  ['session_summary', writeSummary],
  ['study_cards', writeStudyCards],
  ['memory_facts', writeFacts],
  ['thread_summary', writeThreadSummary],
]);

/** Deep enough for any real schema, and an end for one that refers to itself. */
const DEEPEST = 12;

type Fill = { root: JsonSchema; title: string; lines: string[]; next: number };

/** A value that fits the schema, made of the conversation's own words where a text is wanted. */
export function fillOutput({ name, schema }: NonNullable<Ask['json']>, conversation: Conversation): unknown {
  const said = conversation.said ?? '';
  const written = WRITERS.get(name)?.(said);
  if (written !== undefined && !(schema && findProblem(written, schema))) return written;
  if (!schema) return { text: said.slice(0, 500) };
  const lines = sentences(said)
    .filter((sentence) => sentence.kind !== 'heading')
    .map((sentence) => sentence.text.replace(/\s+/g, ' '));
  return make(schema, name, { root: schema, title: titleOf(said), lines, next: 0 }, 0);
}

function make(schema: JsonSchema, name: string, fill: Fill, depth: number): unknown {
  const rules = merged(resolve(schema, fill.root), fill.root);
  const mayBeNull = (option: JsonSchema): boolean => typesOf(resolve(option, fill.root)).includes('null');
  if (rules.const !== undefined) return rules.const;
  if (rules.enum) return rules.enum[0];
  const options = rules.anyOf ?? rules.oneOf;
  if (depth >= DEEPEST && [rules, ...(options ?? [])].some(mayBeNull)) return null;
  const option = options?.find((one) => !mayBeNull(one)) ?? options?.[0];
  if (option) return make(option, name, fill, depth + 1);
  const filled = (part: JsonSchema, own: string): unknown => make(part, own, fill, depth + 1);
  switch (typesOf(rules).find((type) => type !== 'null')) {
    case 'object':
      return Object.fromEntries(
        Object.entries(rules.properties ?? {})
          .filter(([key]) => rules.required?.includes(key) || depth < DEEPEST / 2)
          .map(([key, property]) => [key, filled(property, key)]),
      );
    case 'array': {
      const wanted = depth >= DEEPEST ? 0 : Math.min(rules.maxItems ?? 1, 1);
      return Array.from({ length: Math.max(rules.minItems ?? 0, wanted) }, (_, i) =>
        filled(rules.prefixItems?.[i] ?? rules.items ?? { type: 'string' }, name),
      );
    }
    case 'integer':
    case 'number':
      return fitting(numbersFor(rules), rules);
    case 'boolean':
      return false;
    case 'string':
      return fitting(textsFor(rules, name, fill), rules);
    default:
      return null;
  }
}

/** `allOf` as one schema: later parts add to earlier ones. */
function merged(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const parts = (schema.allOf ?? []).map((part) => merged(resolve(part, root), root));
  if (parts.length === 0) return schema;
  const all = [schema, ...parts];
  return {
    ...Object.assign({}, ...all),
    properties: Object.assign({}, ...all.map(({ properties }) => properties)),
    required: all.flatMap(({ required = [] }) => required),
  };
}

/** The first that the schema takes, else the first. */
const fitting = (values: unknown[], rules: JsonSchema): unknown =>
  values.find((value) => findProblem(value, rules) === null) ?? values[0];

/** Zero, the bounds, and the steps beside them. */
function numbersFor({
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  multipleOf: step = 1,
}: JsonSchema) {
  const bounds = [minimum, exclusiveMinimum, maximum, exclusiveMaximum].filter(
    (bound) => bound !== undefined,
  );
  const between = bounds.length > 1 ? [bounds.reduce((sum, bound) => sum + bound, 0) / bounds.length] : [];
  const near = bounds.flatMap((bound) => {
    const at = Math.round(bound / step);
    return [bound, at * step, (at + 1) * step, (at - 1) * step];
  });
  // Steps like 0.1 leave a tail of digits behind.
  return [0, ...near, ...between].map((value) => Number(value.toPrecision(12)));
}

/** What formats and the patterns of ids, codes and times accept. */
const SAMPLES = [
  ...'00000000-0000-4000-8000-000000000000 2026-01-01 12:00:00Z 2026-01-01T12:00:00Z PT30M student@example.org'.split(
    ' ',
  ),
  ...'https://example.org/ example.org 127.0.0.1 ::1 a A 0 1 aa AA 00 12 abc ABC 123 a-1 A1 12:00 1.0.0'.split(
    ' ',
  ),
  ...'#000000 en en-US abcdef 123456'.split(' '),
];

function textsFor(rules: JsonSchema, name: string, fill: Fill): string[] {
  const isTitle = /title|name|topic|subject|heading/i.test(name);
  const line = isTitle ? undefined : fill.lines[fill.next++ % Math.max(1, fill.lines.length)];
  const text = line ?? fill.title;
  const least = rules.minLength ?? 0;
  const longEnough = [...text].length >= least ? text : text.padEnd(least + text.length, '.');
  return [[...longEnough].slice(0, rules.maxLength).join(''), ...SAMPLES];
}
