import type { Ask, JsonSchema } from '../../wire/types.ts';
import { writeStudyCards } from '../cards/write-cards.ts';
import type { Conversation } from '../conversation.ts';
import { writeFacts, writeThreadSummary } from '../memory.ts';
import { writeQuizItems } from '../quiz/index.ts';
import { writeSummary } from '../summary/write-summary.ts';
import { titleOf } from '../talk.ts';
import { sentences } from '../text/sentences.ts';
import { says, wordsOf } from '../words.ts';
import { allowsNull, findProblem, optionsOf, resolve, typesOf } from './validate.ts';

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

/** A value that fits the schema, made of the conversation's own words where a text is wanted. */
export function fillOutput({ name, schema }: NonNullable<Ask['json']>, conversation: Conversation): unknown {
  const said = conversation.said ?? '';
  const written = WRITERS.get(name)?.(said);
  if (written !== undefined && !(schema && findProblem(written, schema))) return written;
  if (!schema) return { text: said.slice(0, 500) };
  const title = titleOf(said);
  const lines = sentences(said).flatMap(({ kind, text }) =>
    kind === 'heading' ? [] : [text.replace(/\s+/g, ' ')],
  );
  let next = 0;
  const textFor = (own: string): string =>
    (says('names-something', own) ? undefined : lines[next++ % Math.max(1, lines.length)]) ?? title;

  const make = (part: JsonSchema, own: string, depth: number): unknown => {
    const rules = resolve(part, schema);
    if (rules.const !== undefined) return rules.const;
    if (rules.enum) return rules.enum[0];
    if (depth >= DEEPEST && allowsNull(rules, schema)) return null;
    const options = optionsOf(rules);
    const option = options.find((one) => !allowsNull(one, schema)) ?? options[0];
    if (option) return make(option, own, depth + 1);
    switch (typesOf(rules).find((type) => type !== 'null')) {
      case 'object':
        return Object.fromEntries(
          Object.entries(rules.properties ?? {})
            .filter(([key]) => rules.required?.includes(key) || depth < DEEPEST / 2)
            .map(([key, property]) => [key, make(property, key, depth + 1)]),
        );
      case 'array': {
        const wanted = depth >= DEEPEST ? 0 : Math.min(rules.maxItems ?? 1, 1);
        return Array.from({ length: Math.max(rules.minItems ?? 0, wanted) }, (_, i) =>
          make(rules.prefixItems?.[i] ?? rules.items ?? { type: 'string' }, own, depth + 1),
        );
      }
      case 'integer':
      case 'number':
        return fitting(numbersFor(rules), rules);
      case 'boolean':
        return false;
      case 'string':
        return fitting([sized(textFor(own), rules), ...wordsOf('samples')], rules);
      default:
        return null;
    }
  };
  return make(schema, name, 0);
}

/** The first that the schema takes, else the first. */
const fitting = (values: unknown[], rules: JsonSchema): unknown =>
  values.find((value) => findProblem(value, rules) === null) ?? values[0];

const sized = (text: string, { minLength = 0, maxLength }: JsonSchema): string =>
  [...([...text].length < minLength ? text.padEnd(minLength + text.length, '.') : text)]
    .slice(0, maxLength)
    .join('');

/** Zero, the bounds, the middle between them, and the steps beside each. */
function numbersFor({ multipleOf: step = 1, ...rules }: JsonSchema): number[] {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = rules;
  const bounds = [minimum, exclusiveMinimum, maximum, exclusiveMaximum].filter((one) => one !== undefined);
  const places = [...bounds, bounds.reduce((sum, bound) => sum + bound, 0) / Math.max(1, bounds.length)];
  const near = [0, 1, -1].flatMap((more) => places.map((place) => (Math.round(place / step) + more) * step));
  // Steps like 0.1 leave a tail of digits behind.
  return [0, ...places, ...near].map((value) => Number(value.toPrecision(12)));
}
