import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { JsonSchema } from '../../wire/types.ts';
import { readConversation } from '../conversation.ts';
import { fillOutput } from './fill-output.ts';
import { findProblem } from './validate.ts';

const conversation = readConversation([
  { role: 'user', text: 'Explain how cells divide. Mitosis has four phases.' },
]);
const fill = (schema: JsonSchema): unknown => fillOutput({ name: 'out', schema }, conversation);

const SCHEMAS: Record<string, z.ZodType> = {
  texts: z.object({ a: z.string().min(50), b: z.string().max(3), c: z.string().regex(/^[A-Z]{3}$/) }),
  numbers: z.object({
    a: z.int().min(7).max(9),
    b: z.number().gt(2).lt(3),
    c: z.number().multipleOf(0.5).min(1.1),
    d: z.int().max(-4),
  }),
  formats: z.object({ a: z.uuid(), b: z.iso.date(), c: z.iso.datetime(), d: z.email(), e: z.url() }),
  choices: z.object({
    a: z.enum(['x', 'y']),
    b: z.literal('z'),
    c: z.union([z.object({ k: z.literal(1) }), z.string()]),
    d: z.boolean().nullable(),
  }),
  lists: z.object({
    a: z.array(z.string()).min(4).max(4),
    b: z.array(z.object({ n: z.int() })).max(2),
    c: z.tuple([z.string(), z.int()]),
  }),
};

describe('a filled output', () => {
  it.each(Object.entries(SCHEMAS))('satisfies a schema of %s', (_, schema) => {
    // zod's own type for JSON Schema is wider than the part of it that is used here.
    const json = z.toJSONSchema(schema) as JsonSchema;
    const value = fill(json);
    expect(findProblem(value, json)).toBeNull();
    expect(schema.safeParse(value).error).toBeUndefined();
  });

  it('ends for a schema that refers to itself', () => {
    const node: JsonSchema = {
      type: 'object',
      properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } },
      required: ['name', 'children'],
      additionalProperties: false,
    };
    expect(findProblem(fill(node), node)).toBeNull();
  });

  it('names a conversation by its subject', () => {
    const schema: JsonSchema = {
      type: 'object',
      properties: { title: { type: 'string' } },
      required: ['title'],
    };
    expect(fill(schema)).toMatchObject({ title: expect.stringContaining('cells divide') });
  });
});

describe('the validator', () => {
  it('names what is wrong and where', () => {
    const schema: JsonSchema = {
      type: 'object',
      properties: { n: { type: 'integer', maximum: 5 } },
      required: ['n'],
      additionalProperties: false,
    };
    expect(findProblem({}, schema)).toBe('n: Invalid input: expected number, received undefined');
    expect(findProblem({ n: 9 }, schema)).toBe('n: Too big: expected number to be <=5');
    expect(findProblem({ n: 1, constructor: 2 }, schema)).toBe(
      'the arguments: Unrecognized key: "constructor"',
    );
  });
});
