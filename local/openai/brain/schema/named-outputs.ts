import type { JsonSchema } from '../../wire/types.ts';
import { writeQuizItems } from '../quiz/index.ts';
import { writeSummary } from '../summary/index.ts';
import { findProblem } from './validate.ts';

/** Structured outputs that the brain knows by the name of their schema. Every other schema is filled by its shape alone. */
const WRITERS = new Map<string, (prompt: string) => unknown>([
  ['quiz_items', writeQuizItems],
  ['session_summary', writeSummary],
]);

/** What the writer of that name makes of a prompt; undefined when there is none, or when the schema asks for another shape. */
export function writeNamedOutput(json: { name: string; schema?: JsonSchema }, prompt: string): unknown {
  const value = WRITERS.get(json.name)?.(prompt);
  if (value === undefined || (json.schema && findProblem(value, json.schema))) return undefined;
  return value;
}
