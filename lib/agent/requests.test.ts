import { expect, test } from 'vitest';
import { turnRequestSchema } from './requests.ts';

test('a message pasted from a broken file is taken without what no database stores', () => {
  expect(turnRequestSchema.parse({ message: 'What\0 is \ud83d this?' }).message).toBe('What is \uFFFD this?');
  expect(turnRequestSchema.safeParse({ message: ' \0 ' }).success).toBe(false);
});

test.each([
  ['temperature', { temperature: 3 }],
  ['tools.0', { tools: ['rm'] }],
  ['persona', { persona: 'My Coach' }],
  ['system', { system: 'x'.repeat(4_001) }],
  ['nudge', { nudge: 'louder' }],
])('settings that do not hold are refused: %s', (field, settings) => {
  const { error } = turnRequestSchema.safeParse({ message: 'Hi', settings });
  expect(JSON.stringify(error?.issues)).toContain(
    JSON.stringify(['settings', ...field.split('.')].map((key) => (key === '0' ? 0 : key))),
  );
});
