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

/** Deep enough for any real schema, and an end for one that refers to itself. */
const DEEPEST = 12;

type Fill = { root: JsonSchema; title: string; lines: string[]; next: number };

/** A value that fits the schema, made of the conversation's own words where a text is wanted. */
export function fillOutput(json: NonNullable<Ask['json']>, conversation: Conversation): unknown {
  const said = conversation.said ?? '';
  const written = writeNamedOutput(json, said);
  if (written !== undefined) return written;
  if (!json.schema) return { text: said.slice(0, 500) };
  const lines = sentences(said)
    .filter((sentence) => sentence.kind !== 'heading')
    .map((sentence) => sentence.text.replace(/\s+/g, ' '));
  const fill: Fill = { root: json.schema, title: titleOf(said), lines, next: 0 };
  return make(json.schema, json.name, fill, 0);
}

function make(schema: JsonSchema, name: string, fill: Fill, depth: number): unknown {
  const rules = merged(resolve(schema, fill.root), fill.root);
  if (rules.const !== undefined) return rules.const;
  if (rules.enum) return rules.enum[0];
  const options = rules.anyOf ?? rules.oneOf;
  if (options) return makeOption(options, name, fill, depth);
  const types = typesOf(rules);
  const nullable = types.includes('null');
  if (nullable && (depth >= DEEPEST || types.length === 1)) return null;
  switch (types.find((type) => type !== 'null')) {
    case 'object':
      return makeObject(rules, fill, depth);
    case 'array':
      return makeArray(rules, name, fill, depth);
    case 'integer':
    case 'number':
      return makeNumber(rules);
    case 'boolean':
      return false;
    case 'string':
      return makeString(rules, name, fill);
    default:
      return null;
  }
}

/** `allOf` as one schema: later parts add to earlier ones. */
function merged(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let all = schema;
  for (const part of schema.allOf ?? []) {
    const rules = merged(resolve(part, root), root);
    all = {
      ...all,
      ...rules,
      properties: { ...all.properties, ...rules.properties },
      required: [...(all.required ?? []), ...(rules.required ?? [])],
    };
  }
  return all;
}

function makeOption(options: JsonSchema[], name: string, fill: Fill, depth: number): unknown {
  const isNull = (option: JsonSchema): boolean => typesOf(resolve(option, fill.root)).includes('null');
  if (depth >= DEEPEST && options.some(isNull)) return null;
  const chosen = options.find((option) => !isNull(option)) ?? options[0];
  return chosen ? make(chosen, name, fill, depth + 1) : null;
}

function makeObject(rules: JsonSchema, fill: Fill, depth: number): Record<string, unknown> {
  const required = new Set(rules.required ?? []);
  const entries = Object.entries(rules.properties ?? {}).filter(
    ([key]) => required.has(key) || depth < DEEPEST / 2,
  );
  return Object.fromEntries(entries.map(([key, property]) => [key, make(property, key, fill, depth + 1)]));
}

function makeArray(rules: JsonSchema, name: string, fill: Fill, depth: number): unknown[] {
  const least = rules.minItems ?? 0;
  const wanted = Math.max(least, depth >= DEEPEST ? 0 : Math.min(rules.maxItems ?? 3, Math.max(1, least)));
  return Array.from({ length: Math.min(wanted, rules.maxItems ?? wanted) }, (_, i) =>
    make(rules.prefixItems?.[i] ?? rules.items ?? { type: 'string' }, name, fill, depth + 1),
  );
}

function makeNumber(rules: JsonSchema): number {
  const isInteger = typesOf(rules).includes('integer');
  const step = rules.multipleOf ?? (isInteger ? 1 : 0);
  const gap = step || 1e-6;
  const low =
    rules.minimum ?? (rules.exclusiveMinimum !== undefined ? rules.exclusiveMinimum + gap : undefined);
  const high =
    rules.maximum ?? (rules.exclusiveMaximum !== undefined ? rules.exclusiveMaximum - gap : undefined);
  let value = low ?? Math.min(0, high ?? 0);
  if (step) value = Math.ceil(value / step - 1e-9) * step;
  if (high !== undefined && value > high) value = step ? Math.floor(high / step + 1e-9) * step : high;
  // Steps like 0.1 leave a tail of digits behind.
  return Number(value.toPrecision(12));
}

/** One value of each format that schemas name. */
const EXAMPLES = new Map(
  Object.entries({
    uuid: '00000000-0000-4000-8000-000000000000',
    date: '2026-01-01',
    time: '12:00:00Z',
    'date-time': '2026-01-01T12:00:00Z',
    duration: 'PT30M',
    email: 'student@example.org',
    uri: 'https://example.org/',
    hostname: 'example.org',
    ipv4: '127.0.0.1',
    ipv6: '::1',
  }),
);

function makeString(rules: JsonSchema, name: string, fill: Fill): string {
  const example = EXAMPLES.get(rules.format ?? '');
  if (example) return example;
  const byPattern = rules.pattern ? matching(rules.pattern) : undefined;
  if (byPattern !== undefined) return byPattern;
  const text = wordsFor(name, fill);
  const least = rules.minLength ?? 0;
  const longEnough = [...text].length >= least ? text : text.padEnd(least + text.length, '.');
  return [...longEnough].slice(0, rules.maxLength ?? Number.POSITIVE_INFINITY).join('');
}

function wordsFor(name: string, fill: Fill): string {
  if (/title|name|topic|subject|heading/i.test(name)) return fill.title;
  const line = fill.lines[fill.next % Math.max(1, fill.lines.length)];
  fill.next += 1;
  return line ?? fill.title;
}

/** Something that a simple pattern accepts: the patterns of ids, codes and times. */
const SAMPLES =
  'a A 0 1 aa AA 00 12 abc ABC 123 a-1 A1 12:00 2026-01-01 1.0.0 #000000 en en-US abcdef 123456'.split(' ');

function matching(pattern: string): string | undefined {
  try {
    const accepts = new RegExp(pattern, 'u');
    return SAMPLES.find((sample) => accepts.test(sample));
  } catch {
    // A pattern of another dialect is left to the caller's own check.
    return undefined;
  }
}

/** Structured outputs that the brain knows by the name of their schema. Every other schema is filled by its shape alone. */
const WRITERS = new Map<string, (prompt: string) => unknown>([
  ['quiz_items', writeQuizItems],
  ['session_summary', writeSummary],
  ['study_cards', writeStudyCards],
  ['memory_facts', writeFacts],
  ['thread_summary', writeThreadSummary],
]);

/** What the writer of that name makes of a prompt; undefined when there is none, or when the schema asks for another shape. */
function writeNamedOutput(json: { name: string; schema?: JsonSchema }, prompt: string): unknown {
  const value = WRITERS.get(json.name)?.(prompt);
  if (value === undefined || (json.schema && findProblem(value, json.schema))) return undefined;
  return value;
}
