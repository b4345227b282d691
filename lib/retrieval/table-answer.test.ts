import { expect, test } from 'vitest';
import { extractDocument } from '../ingestion/extract/index.ts';
import { answerFromTable, asksOfTable } from './table-answer.ts';
import { readTable } from './table-cells.ts';

const SALES = `Product,Region,Units sold,Price (EUR),Date,Note
Lamp,North,"1,200","12,50",2024-01-05,"blue; large"
Lamp,South,800,"13,00",2024-02-11,
Desk,North,75,"149,90",2024-02-20,new
Desk,South,,"151,10",2025-01-09,
Chair,North,310,"49,95",2025-03-02,note: fragile
Chair,South,n/a,"1.049,95",2025-03-15,`;
const WEATHER = `city;date;max temp;min temp;rain
Oslo;05.07.2023;21 °C;12 °C;1,4 mm
Oslo;06.07.2023;19 °C;11 °C;0,0 mm
Rome;05.07.2023;33 °C;22 °C;0,0 mm
Rome;06.07.2024;35 °C;24 °C;12,6 mm
Bergen;05.07.2024;17 °C;-1 °C;22,1 mm`;

const tableOf = async (text: string) => {
  const bytes = new TextEncoder().encode(text);
  const { pages } = await extractDocument({ bytes, mimeType: 'text/csv', fileName: 'table.csv' });
  return readTable(pages.map(({ content }) => content));
};

test.each<[string, string, number | null, number[]]>([
  [SALES, 'How many rows are there?', 6, [1, 2, 3, 4, 5, 6]],
  [SALES, 'How many lamps are in the table?', 2, [1, 2]],
  [SALES, 'What is the total of units sold?', 2385, [1, 2, 3, 5]],
  [SALES, 'What is the sum of units sold in the North?', 1585, [1, 3, 5]],
  [SALES, 'What is the average price?', 237.733333333, [1, 2, 3, 4, 5, 6]],
  [SALES, 'What is the highest price?', 1049.95, [1, 2, 3, 4, 5, 6]],
  [SALES, 'What is the lowest price of a desk?', 149.9, [3, 4]],
  [SALES, 'What is the median price in the South?', 151.1, [2, 4, 6]],
  [SALES, 'How many products have a price above 100?', 3, [3, 4, 6]],
  [SALES, 'What is the total of units sold in 2024?', 2075, [1, 2, 3]],
  [SALES, 'How many rows are from 2025?', 3, [4, 5, 6]],
  [SALES, 'How many chairs are in the South?', 1, [6]],
  [WEATHER, 'What is the average max temp?', 25, [1, 2, 3, 4, 5]],
  [WEATHER, 'What is the highest max temp in Oslo?', 21, [1, 2]],
  [WEATHER, 'What is the lowest min temp?', -1, [1, 2, 3, 4, 5]],
  [WEATHER, 'What is the total rain?', 36.1, [1, 2, 3, 4, 5]],
  [WEATHER, 'What is the total rain in 2024?', 34.7, [4, 5]],
  [WEATHER, 'How many days had rain over 1?', 3, [1, 4, 5]],
  [WEATHER, 'What is the mean min temp in Rome?', 23, [3, 4]],
  [WEATHER, 'What is the highest temp?', null, []],
  [WEATHER, 'What is the total rain in July 2023?', 1.4, [1, 2, 3]],
  [WEATHER, 'How many days were warmer than 30?', null, []],
  [WEATHER, 'What is the highest max temp in Paris?', null, []],
  [SALES, 'How many rows are from February 2024?', 2, [2, 3]],
])('%#: “%s” is computed over the right rows', async (file, question, value, rows) => {
  const answer = answerFromTable(question, await tableOf(file));
  expect(asksOfTable(question)).toBe(true);
  expect({ value: answer?.value, rows: answer?.rows }).toEqual({ value, rows });
});

test('groups are computed one by one, the highest first', async () => {
  const sold = answerFromTable('What is the total of units sold per product?', await tableOf(SALES));
  expect(sold?.groups).toEqual([
    { name: 'Lamp', value: 2000, rows: 2 },
    { name: 'Chair', value: 310, rows: 1 },
    { name: 'Desk', value: 75, rows: 1 },
  ]);
  const city = answerFromTable('Which city has the highest mean max temp?', await tableOf(WEATHER));
  expect(city?.groups[0]).toMatchObject({ name: 'Rome', value: 34 });
});

test('says what has no number, which rows were used, and which columns it cannot tell apart', async () => {
  const units = answerFromTable('What is the total of units sold?', await tableOf(SALES));
  expect(units?.sentence).toBe(
    'The sum Units sold is 2,385 (from rows 1, 2, 3, 5). 2 rows have no number there.',
  );
  const vague = answerFromTable('What is the highest temp?', await tableOf(WEATHER));
  expect(vague?.sentence).toBe('I cannot tell which column is meant: max temp, min temp.');
});

test.each(['Who wrote the report?', 'Why is the lamp blue?'])('“%s” asks nothing of a table', (question) => {
  expect(asksOfTable(question)).toBe(false);
});
