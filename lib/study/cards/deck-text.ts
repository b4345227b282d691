import Papa from 'papaparse';

/** A line of a text file as a card. */
export type TextCard = { front: string; back: string; topic?: string; deck?: string };
export type ReadText = {
  cards: TextCard[];
  /** Numbers of the lines or rows that are no card. */
  skipped: number[];
};

export const MAX_TEXT_CARDS = 10_000;

const FRONT = /^(?:front|term|question|prompt|text|word)$/i;
const BACK = /^(?:back|definition|answer|response|meaning|back extra)$/i;
/** What a spreadsheet would run as a formula is written with an apostrophe before it; reading takes it off again. */
const GUARDED = /^'(?=[=+\-@\t\r])/;

const clean = (value: string | undefined) => (value ?? '').replace(GUARDED, '').trim();

/** Cards as RFC 4180, with a header row. */
export function cardsToCsv(
  cards: readonly {
    front: string;
    back: string;
    kind: string;
    topic: string | null;
    deck: string;
    due: string | null;
    suspended: boolean;
  }[],
): string {
  const rows = cards.map(({ front, back, kind, topic, deck, due, suspended }) => ({
    front,
    back,
    kind,
    topic: topic ?? '',
    deck,
    due: due ?? '',
    suspended: suspended ? 'yes' : '',
  }));
  const columns = ['front', 'back', 'kind', 'topic', 'deck', 'due', 'suspended'];
  return Papa.unparse(rows, { columns, newline: '\r\n', escapeFormulae: true });
}

/** Cards as Quizlet takes them: a tab between the sides, a line each. */
export const cardsToTsv = (cards: readonly { front: string; back: string }[]): string =>
  cards
    .map(({ front, back }) => [front, back].map((side) => side.replace(/\s+/g, ' ').trim()).join('\t'))
    .join('\n');

/** Reads CSV with or without a header, whatever separates its columns. */
export function cardsFromCsv(text: string): ReadText {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' });
  const [first = []] = data;
  const names = first.map((name) => name.trim());
  const named = {
    front: names.findIndex((name) => FRONT.test(name)),
    back: names.findIndex((name) => BACK.test(name)),
  };
  const hasHeader = named.front >= 0 && named.back >= 0;
  const column = (name: string) =>
    hasHeader ? names.findIndex((other) => other.toLowerCase() === name) : -1;
  const at = {
    front: hasHeader ? named.front : 0,
    back: hasHeader ? named.back : 1,
    topic: column('topic'),
    deck: column('deck'),
  };
  const read: ReadText = { cards: [], skipped: [] };
  data.slice(hasHeader ? 1 : 0).forEach((row, index) => {
    const card = textCard(
      clean(row[at.front]),
      clean(row[at.back]),
      clean(row[at.topic]),
      clean(row[at.deck]),
    );
    if (card) read.cards.push(card);
    else read.skipped.push(index + (hasHeader ? 2 : 1));
  });
  return read;
}

function textCard(front: string, back: string, topic: string, deck: string): TextCard | null {
  if (front === '' || (back === '' && !front.includes('{{c'))) return null;
  return { front, back, ...(topic === '' ? {} : { topic }), ...(deck === '' ? {} : { deck }) };
}

const SEPARATORS = [/\t/, / [-–—] /, /\s*;\s*/];

/**
 * Reads what Quizlet's export gives to paste: a term, a tab and its definition on each line. Text copied from notes has
 * a dash or a semicolon there; the first separator that most lines have is taken.
 */
export function cardsFromLines(text: string): ReadText {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 }));
  const filled = lines.filter(({ line }) => line.trim() !== '');
  const separator =
    SEPARATORS.find((one) => filled.filter(({ line }) => one.test(line)).length * 2 >= filled.length) ?? /\t/;
  const read: ReadText = { cards: [], skipped: [] };
  for (const { line, number } of filled) {
    const match = separator.exec(line);
    const front = match ? line.slice(0, match.index) : line;
    const back = match ? line.slice(match.index + match[0].length) : '';
    const card = textCard(front.trim(), back.replaceAll('\t', ' ').trim(), '', '');
    if (card) read.cards.push(card);
    else read.skipped.push(number);
  }
  return read;
}
