import { expect, test } from 'vitest';
import { calculate } from '../../../../lib/study/calculate.ts';
import { sumIn, webQueryIn } from './explicit.ts';

test.each([
  ['What is 17*23?', '391'],
  ['what’s 17 × 23', '391'],
  ['17 + 4 =', '21'],
  ['Calculate (3 + 4)^2 / 7', '7'],
  ['how much is 15% of 80?', '12'],
  ['What is the square root of 144?', '12'],
  ['what is 12 squared plus 5?', '149'],
  ['Convert 5 miles to km', '8.04672 km'],
  ['How many feet is that? convert 3 m to feet', undefined],
  ['what is 100 celsius in fahrenheit?', '212 degF'],
  ['convert 1,500 g to kg', '1.5 kg'],
  ['convert 60 mph to km/h', '96.56064 km / h'],
  ['what is 1,000,000 / 8', '125000'],
  ['What is log(1000)?', '3'],
  ['compute det([[1, 2], [3, 4]])', '-2'],
  ['calculate 10/4', '2.5'],
  ['Was ist 6 mal 7?', '42'],
  ['wie viel ist 2 hoch 10', '1024'],
  ['what is 5!', '120'],
  ['-3 * -4', '12'],
  ['What is 2^64?', '18446744073709551616'],
  ['123456789 * 987654321!', '121932631112635269'],
  ['What is 9/11?', undefined],
  ['What is 2024-10-03?', undefined],
  ['What is osmosis?', undefined],
  ['What is chapter 3 about?', undefined],
  ['quiz me on 5 questions', undefined],
  ['What is 42?', undefined],
  ['How much is 3 chapters to pages', undefined],
  ['Who won in 1914-1918?', undefined],
  ['What is vitamin B12?', undefined],
])('“%s” is %s', (said, expected) => {
  const sum = sumIn(said);
  expect(sum === undefined ? undefined : calculate(sum).result).toBe(expected);
});

test.each([
  ['Search the web for the Krebs cycle.', 'the Krebs cycle'],
  ['google mitochondria', 'mitochondria'],
  ['look up osmosis', undefined],
  ['What does the web of life mean?', undefined],
])('“%s” looks outside for %s', (said, query) => expect(webQueryIn(said)).toBe(query));
