import { expect, test } from 'vitest';
import { turnRequestSchema } from './http.ts';

test('a message pasted from a broken file is taken without what no database stores', () => {
  expect(turnRequestSchema.parse({ message: 'What\0 is \ud83d this?' }).message).toBe('What is \uFFFD this?');
  expect(turnRequestSchema.safeParse({ message: ' \0 ' }).success).toBe(false);
});
