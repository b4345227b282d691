import { expect, test } from 'vitest';
import { extractDocument } from '../ingestion/extract/index.ts';
import { sheetCsv, sheetXlsx } from './sheet.ts';

const sheet = {
  name: 'All: my [cards]',
  rows: [
    ['Front', 'Back', 'Count'],
    ['=HYPERLINK("http://a.example")', '@SUM(1)', 3],
    ['+1', '-2', -4.5],
    ['Two\nlines', 'Tab\tand <tag> & "quote"', null],
    ['\u0000Broken \ud800 text 🧬', 'ok', Number.NaN],
  ],
};

test('a sheet opens again with what stands in it, and nothing of it runs', async () => {
  const bytes = sheetXlsx(sheet);
  const { pages } = await extractDocument({ bytes, fileName: 'a.xlsx', mimeType: '' });
  const text = pages.map(({ content }) => content).join('\n');
  for (const said of [
    `'=HYPERLINK("http://a.example")`,
    "'@SUM(1)",
    "'+1",
    "'-2",
    '-4.5',
    '<tag> & "quote"',
    '🧬',
  ])
    expect(text).toContain(said);
  expect([text.includes('NaN'), text.includes('\u0000')]).toEqual([false, false]);
});

test('the same as text', () => {
  expect(sheetCsv(sheet).split('\r\n').slice(0, 3)).toEqual([
    'Front,Back,Count',
    `"'=HYPERLINK(""http://a.example"")",'@SUM(1),3`,
    "'+1,'-2,-4.5",
  ]);
});
