import { expect, test } from 'vitest';
import { calculate } from './calculate.ts';

test.each([
  ['2 + 3 * 4', '14'],
  ['0.1 + 0.2', '0.3'],
  ['fraction(1, 3) + fraction(1, 6)', '1/2'],
  ['5 cm to inch', '1.96850393701 inch'],
  ['9.81 m/s^2 * 3 s', '29.43 m / s'],
  ['sin(30 deg)', '0.5'],
  ['det([[1, 2], [3, 4]])', '-2'],
  ['[[1, 2], [3, 4]] * [5, 6]', '[17, 39]'],
  ['sqrt(-4)', '2i'],
  ['5!', '120'],
  ['2 ^ 10 == 1024', 'true'],
])('%s is %s', (expression, result) => {
  expect(calculate(expression).result).toBe(result);
});

test.each([
  'import({a: 1})',
  'evaluate("1")',
  'parse("1")',
  'simplify("x")',
  'derivative("x^2", "x")',
  'createUnit("foo")',
  'config({})',
  'cos.constructor("return process")()',
  '[].constructor',
  '{"__proto__": 1}',
  '"text".length',
  'f(x) = x',
  'x = 1',
  '1; 2',
  '1:1000000000',
  'zeros(10000, 10000)',
  'ones(1e5)',
  'range(1, 1e9)',
  'map([1, 2], sqrt)',
  'fraction(3, 1) ^ 1000001',
  'toString',
  'constructor',
  'hasOwnProperty("a")',
  'process',
  '1 +',
  `${'1 + '.repeat(300)}1`,
])('%s is refused with a sentence', (expression) => {
  expect(() => calculate(expression)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});
