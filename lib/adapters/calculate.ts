import { z } from 'zod';
import { line } from '../domain/fields.ts';
import { readAside } from '../ingestion/reader/pool.ts';
import { defineTool } from '../tools/define-tool.ts';

export const calculate = defineTool({
  name: 'calculate',
  description:
    'Calculates an expression exactly: numbers, units (5 cm to inch), matrices, fractions (fraction(1, 3)) and the usual functions.',
  input: z.object({
    expression: line(500).describe('The expression, as 2 * sin(45 deg) or det([[1, 2], [3, 4]]).'),
  }),
  output: z.object({
    result: z.string(),
    kind: z.string().describe('What the result is: number, Unit, DenseMatrix, Fraction and so on.'),
  }),
  timeoutSeconds: 5,
  // In a thread of its own: a few letters can ask for more work than a request may do.
  run: ({ expression }, { userId }) => readAside(userId, 'calculate', { expression }),
});
