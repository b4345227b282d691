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
  const rows = cards.map((card) => ({ ...card, suspended: card.suspended ? 'yes' : '' }));
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
  const places = [FRONT, BACK, /^topic$/i, /^deck$/i].map((wanted) =>
    names.findIndex((name) => wanted.test(name)),
  );
  const hasHeader = places.slice(0, 2).every((place) => place >= 0);
  const at = hasHeader ? places : [0, 1];
  const read: ReadText = { cards: [], skipped: [] };
  data.slice(hasHeader ? 1 : 0).forEach((row, index) => {
    const [front = '', back = '', topic = '', deck = ''] = at.map((place) => clean(row[place]));
    const card = textCard(front, back, topic, deck);
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
