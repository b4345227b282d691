import { z } from 'zod';
import { dateOf, numberReader, type Table, type TableRow } from './table-cells.ts';

/** So many rows and groups are handed on; the value is over all of them. */
const MOST_NAMED = 100;

const OPERATIONS = ['count', 'mean', 'median', 'sum', 'min', 'max'] as const;
type Operation = (typeof OPERATIONS)[number];

export const tableAnswerSchema = z.object({
  operation: z.enum(OPERATIONS),
  column: z.string().nullable().describe('What was counted with; null for rows.'),
  value: z.number().nullable().describe('Null for groups, and where nothing could be computed.'),
  groups: z.array(z.object({ name: z.string(), value: z.number(), rows: z.int() })),
  rows: z.array(z.int()).describe('The numbers of the rows it was computed from, the first of many.'),
  sentence: z.string(),
});
export type TableAnswer = z.output<typeof tableAnswerSchema>;

const WORDS: readonly (readonly [Operation, RegExp])[] = [
  ['mean', /\b(?:average|mean|avg)\b/i],
  ['median', /\bmedian\b/i],
  ['sum', /\b(?:total|sum|altogether|combined)\b/i],
  [
    'max',
    /\b(?:highest|maximum|max|largest|biggest|greatest|longest|heaviest|tallest|latest|most (?!of\b)\w+)\b/i,
  ],
  ['min', /\b(?:lowest|minimum|min|smallest|least|shortest|lightest|cheapest|earliest|fewest)\b/i],
  ['count', /\b(?:how many|number of|count)\b/i],
];

export const asksOfTable = (question: string): boolean => WORDS.some(([, words]) => words.test(question));

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const isSameWord = (asked: string, word: string): boolean =>
  asked === word ||
  asked === `${word}s` ||
  `${asked}s` === word ||
  asked === word.replace(/y$/, 'ies') ||
  (word.length >= 4 && asked.startsWith(word)) ||
  (asked.length >= 4 && word.startsWith(asked));

/** Units at the end of a column's name need not be said. */
const UNIT = /^(?:mm|cm|m|km|g|kg|mg|s|h|c|f|k|eur|usd|gbp|pct|percent|ml|l)$/;
const nameWords = (column: string): string[] => {
  const words = wordsOf(column.replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')).filter((word) => !UNIT.test(word));
  return words.length > 0 ? words : wordsOf(column);
};

/** The columns a text names, the best first: all words of the name, else the most of them. */
function columnsNamed(text: string, columns: readonly string[]): string[] {
  const asked = wordsOf(text);
  const scored = columns.map((column) => {
    const words = nameWords(column);
    const held = words.filter((word) => asked.some((other) => isSameWord(other, word))).length;
    return { column, held, share: held / Math.max(1, words.length) };
  });
  const best = Math.max(0, ...scored.map(({ share }) => share));
  const at = scored.filter(({ share }) => share === best && share >= 0.5);
  const most = Math.max(0, ...at.map(({ held }) => held));
  return at.filter(({ held }) => held === most).map(({ column }) => column);
}

type Test = { column: string; said: string; holds: (row: TableRow) => boolean };
type Reader = (row: TableRow, column: string) => number | null;

/** The name of a column stands in so many words before what is said of it. */
const NAME_WORDS = 3;
const LIMITS: readonly (readonly [RegExp, (value: number, limit: number) => boolean])[] = [
  [
    /(?:more than|over|above|greater than|higher than|longer than|heavier than|exceeding|after|>)\s*/,
    (a, b) => a > b,
  ],
  [
    /(?:less than|under|below|lower than|smaller than|shorter than|lighter than|fewer than|before|<)\s*/,
    (a, b) => a < b,
  ],
  [/(?:at least|no less than|>=)\s*/, (a, b) => a >= b],
  [/(?:at most|no more than|<=)\s*/, (a, b) => a <= b],
  [/(?:equal to|exactly|=|of|is)\s*/, (a, b) => a === b],
];
const NUMBER = String.raw`([+-]?\d[\d.,]*\d|\d)(?![\d-])`;

/** "with a mass above 4,000": the words before name the column. */
function limitTests(question: string, table: Table, numberIn: Reader): Test[] {
  return LIMITS.flatMap(([words, holds]) => {
    const match = new RegExp(`(.{0,60}?)(${words.source})${NUMBER}`, 'i').exec(question);
    if (!match) return [];
    const limit = numberReader([match[3] ?? ''])(match[3] ?? '');
    const before = (match[1] ?? '').trim().split(/\s+/).slice(-NAME_WORDS).join(' ');
    const [column] = columnsNamed(before, table.columns);
    if (limit === null || column === undefined || /^\d{4}-/.test(match[3] ?? '')) return [];
    const said = `${column} ${(match[2] ?? '').trim()} ${match[3]}`;
    return [{ column, said, holds: (row: TableRow) => holdsNumber(numberIn(row, column), limit, holds) }];
  }).slice(0, 2);
}

const holdsNumber = (value: number | null, limit: number, holds: (a: number, b: number) => boolean) =>
  value !== null && holds(value, limit);

/** Values of a column that are words of the question: "on Dream", "female". */
function valueTests(question: string, { columns, rows }: Table): Test[] {
  const text = ` ${wordsOf(question).join(' ')} `;
  return columns.flatMap((column) => {
    const values = new Set(rows.flatMap(({ cells }) => cells.get(column) ?? []));
    const said = [...values].filter((value) => {
      const words = wordsOf(value).join(' ');
      return (
        words.length >= 2 &&
        /\p{L}/u.test(words) &&
        [words, `${words}s`].some((form) => text.includes(` ${form} `))
      );
    });
    const name = ` ${nameWords(column).join(' ')} `;
    const own = said.filter((value) => !name.includes(` ${wordsOf(value).join(' ')} `));
    if (own.length === 0) return [];
    const chosen = new Set(own);
    return [
      {
        column,
        said: `${column} ${own.join(' or ')}`,
        holds: ({ cells }: TableRow) => chosen.has(cells.get(column) ?? ''),
      },
    ];
  });
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i;

/** "in 2008", "in July 2014": a column of years, or a column of dates. */
function dateTests(question: string, { columns, rows }: Table, taken: readonly Test[]): Test[] {
  const year = /\b((?:19|20)\d\d)\b(?![-/.]\d)/.exec(question)?.[1];
  const month = MONTH.exec(question)?.[1]?.toLowerCase();
  const dates = columns.find((name) => rows.some(({ cells }) => dateOf(cells.get(name) ?? '') !== null));
  const years = columns.find((name) => wordsOf(name).join() === 'year');
  const isTaken = year !== undefined && taken.some(({ said }) => said.includes(year));
  const tests: Test[] = [];
  const column = years ?? dates;
  if (year !== undefined && column !== undefined && !isTaken)
    tests.push({
      column,
      said: `${column} ${year}`,
      holds: ({ cells }) =>
        [cells.get(column), dateOf(cells.get(column) ?? '')?.year.toString()].includes(year),
    });
  if (month !== undefined && dates !== undefined)
    tests.push({
      column: dates,
      said: `${dates} ${month}`,
      holds: ({ cells }) => MONTHS[(dateOf(cells.get(dates) ?? '')?.month ?? 0) - 1] === month,
    });
  return tests;
}

/** Numbers and names of the question that nothing was made of: the answer would be to another question. */
function leftOver(question: string, { columns, rows }: Table, tests: readonly Test[]): string[] {
  const made = new Set(tests.flatMap(({ said }) => wordsOf(said)));
  const known = new Set([...columns, ...rows.flatMap(({ cells }) => [...cells.values()])].flatMap(wordsOf));
  const names = question.match(/(?<=[\p{Ll},] )\p{Lu}[\p{L}\p{N}]+|\d[\d.,]*\d|\d/gu) ?? [];
  return names.filter((name) => {
    const words = wordsOf(name);
    const isNumber = /^\d/.test(name);
    const isMonth = MONTH.test(name) && made.has(name.slice(0, 3).toLowerCase());
    return !isMonth && !words.every((word) => made.has(word) || (!isNumber && known.has(word)));
  });
}

function computed(operation: Operation, values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (operation === 'count') return values.length;
  if (first === undefined || last === undefined) return null;
  const sum = values.reduce((total, value) => total + value, 0);
  const half = Math.floor(sorted.length / 2);
  const middle =
    sorted.length % 2 ? sorted[half] : ((sorted[half - 1] ?? first) + (sorted[half] ?? last)) / 2;
  const results = { mean: sum / values.length, sum, min: first, max: last, median: middle ?? first };
  // Sums of decimal fractions carry errors far behind the digits a table has.
  return Number(results[operation].toPrecision(12));
}

const shown = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 4 });
const NAMES = {
  mean: 'The mean',
  median: 'The median',
  sum: 'The sum',
  min: 'The lowest',
  max: 'The highest',
};

const listed = (rows: readonly number[]): string =>
  rows.length <= 12 ? rows.join(', ') : `${rows.slice(0, 10).join(', ')} … ${rows.at(-1)}`;

/** What a question asks of a table. */
type Order = {
  operation: Operation;
  tests: Test[];
  group: string | null;
  /** The columns that may be meant, and all that hold numbers. */
  named: string[];
  numeric: string[];
  numberIn: Reader;
};

/** Null when it asks nothing of a table. */
function orderIn(question: string, table: Table): Order | null {
  const { columns, rows } = table;
  const readers = new Map(
    columns.map((column) => [column, numberReader(rows.flatMap(({ cells }) => cells.get(column) ?? []))]),
  );
  const numberIn: Reader = ({ cells }, column) => readers.get(column)?.(cells.get(column) ?? '') ?? null;
  const isText = (column: string) =>
    rows.some((row) => row.cells.has(column) && numberIn(row, column) === null);
  const by = /\b(?:per|by|for each|in each|for every|each) ((?:[\p{L}\p{N}_]+\s*){1,3})/iu.exec(
    question,
  )?.[1];
  const which = /^\s*(?:which|what) ((?:[\p{L}\p{N}_]+\s*?){1,3}?) (?:is|are|was|has|have|had)\b/iu.exec(
    question,
  )?.[1];
  const grouped = columnsNamed(by ?? which ?? '', columns);
  const group = grouped.find((column) => by !== undefined || isText(column)) ?? null;

  const limits = limitTests(question, table, numberIn);
  const tests = [...limits, ...valueTests(question, table), ...dateTests(question, table, limits)].filter(
    ({ column }) => column !== group,
  );
  const numeric = columns.filter(
    (column) => column !== group && rows.some((row) => numberIn(row, column) !== null),
  );
  const measured = numeric.filter((column) => !tests.some((test) => test.column === column));
  const named = columnsNamed(question, measured);
  // "Actual mean temp" names a column, and no mean.
  const rest = named.reduce(
    (text, column) => text.replace(new RegExp(nameWords(column).join('[\\s_]+'), 'i'), ' '),
    question,
  );
  const operation = WORDS.find(([, words]) => words.test(rest))?.[0];
  return operation === undefined ? null : { operation, tests, group, named, numeric, numberIn };
}

type Used = { row: TableRow; value: number };

function groupsOf(used: readonly Used[], { group, operation }: Order): TableAnswer['groups'] {
  const parts = Map.groupBy(used, ({ row }) => row.cells.get(group ?? '') ?? '(empty)');
  return [...parts]
    .map(([name, own]) => {
      const values = own.map(({ value }) => value);
      return { name, rows: own.length, value: computed(operation, values) ?? 0 };
    })
    .sort((a, b) => (operation === 'min' ? a.value - b.value : b.value - a.value))
    .slice(0, MOST_NAMED);
}

/** Which rows a value comes from: those that hold the highest or lowest, else all. */
function placeOf(value: number, used: readonly Used[], { operation }: Order): string {
  if (used.length === 0) return '';
  const isExtreme = operation === 'min' || operation === 'max';
  const rows = (isExtreme ? used.filter((item) => item.value === value) : used).map(({ row }) => row.number);
  return ` (${isExtreme ? 'in' : 'from'} ${rows.length === 1 ? 'row' : 'rows'} ${listed(rows)})`;
}

/** The answer of a table, computed over its rows, or a sentence on why it cannot be; null when it asks nothing of one. */
export function answerFromTable(question: string, table: Table): TableAnswer | null {
  const order = orderIn(question, table);
  if (!order) return null;
  const { operation, tests, group, named, numeric, numberIn } = order;
  const [column] = named;
  const given = { operation, column: null, groups: [], rows: [], value: null };
  const unmade = leftOver(question, table, tests);
  if (unmade.length > 0) {
    const words = unmade.map((name) => `“${name}”`).join(' and ');
    return { ...given, sentence: `I cannot compute this: I do not see what ${words} means in this table.` };
  }
  if (operation !== 'count' && (column === undefined || named.length > 1)) {
    const names = (named.length > 1 ? named : numeric).slice(0, 6).join(', ');
    return { ...given, sentence: `I cannot tell which column is meant: ${names || 'none holds numbers'}.` };
  }
  const where = tests.length > 0 ? ` where ${tests.map(({ said }) => said).join(' and ')}` : '';
  const chosen = table.rows.filter((row) => tests.every(({ holds }) => holds(row)));
  const used = chosen.flatMap((row): Used[] => {
    const value = operation === 'count' || column === undefined ? 1 : numberIn(row, column);
    return value === null ? [] : [{ row, value }];
  });
  const skipped = chosen.length - used.length;
  const left = skipped > 0 ? ` ${skipped} ${skipped === 1 ? 'row has' : 'rows have'} no number there.` : '';
  const what = operation === 'count' ? 'The number of rows' : `${NAMES[operation]} ${column}`;
  const rows = used.slice(0, MOST_NAMED).map(({ row }) => row.number);
  const result = { ...given, column: operation === 'count' ? null : (column ?? null), rows };
  if (group !== null) {
    const groups = groupsOf(used, order);
    const list = groups.slice(0, 12).map(({ name, value }) => `${name} ${shown(value)}`);
    return { ...result, groups, sentence: `${what} by ${group}${where}: ${list.join('; ')}.${left}` };
  }
  const values = used.map(({ value }) => value);
  const value = computed(operation, values);
  if (value === null) return { ...result, sentence: `No row${where} holds a number in ${column}.` };
  const sentence = `${what}${where} is ${shown(value)}${placeOf(value, used, order)}.${left}`;
  return { ...result, value, sentence };
}
