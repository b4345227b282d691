import Papa from 'papaparse';
import { CARD_KINDS, type CardKind } from '../../domain/card.ts';
import type { SkipReason } from '../../domain/deck.ts';
import { mediaIn, tagsFor, tagsIn, textOfField, topicOf } from '../anki/fields.ts';
import { CLOZE_NAME, MODEL_NAME } from '../anki/schema.ts';

/** A row of a text file as a card. */
export type TextCard = {
  front: string;
  back: string;
  topic?: string;
  tags?: string[];
  deck?: string;
  /** What a file that was written here says of a card beside its words: taken as it is. */
  guid?: string;
  kind?: CardKind;
  clozeIndex?: number;
  suspended?: boolean;
  /** Its note makes a second card, from the back to the front. */
  isReversed?: boolean;
  /** Where it stands: the row of a table, the line of a text. */
  line: number;
};
export type Skipped = { line: number; reason: SkipReason };
export type ReadText = { cards: TextCard[]; skipped: Skipped[]; media: number };

export const MAX_TEXT_CARDS = 10_000;

/**
 * What a spreadsheet would run as a formula is written with an apostrophe before it, and so is what begins with such an
 * apostrophe; reading a table that was written here takes one off again.
 */
export const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'(?='*[=+\-@\t\r])/;

type WrittenCard = {
  guid: string;
  front: string;
  back: string;
  kind: CardKind;
  clozeIndex: number;
  topic: string | null;
  tags?: string[] | undefined;
  deck: string;
  due: string | null;
  suspended: boolean;
};

const CSV_COLUMNS = [
  'front',
  'back',
  'kind',
  'cloze',
  'topic',
  'tags',
  'deck',
  'due',
  'suspended',
  'guid',
] as const;

/** Cards as RFC 4180, with a header row. */
export function cardsToCsv(cards: readonly WrittenCard[]): string {
  const rows = cards.map(({ clozeIndex, ...card }) => ({
    ...card,
    tags: tagsFor({ topic: null, tags: card.tags }),
    cloze: card.kind === 'cloze' ? clozeIndex : '',
    suspended: card.suspended ? 'yes' : '',
  }));
  return Papa.unparse(rows, { columns: [...CSV_COLUMNS], newline: '\r\n', escapeFormulae: FORMULA });
}

/** A name that would be read as the head of a table, or a sign that begins a remark, is a cell in quotes. */
const quotedCell = (text: string): string =>
  /["\t\r\n]|^[#\s]|\s$|^$/.test(text) || NAMES.some((name) => name.test(text))
    ? `"${text.replaceAll('"', '""')}"`
    : text;
const tabbed = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(quotedCell).join('\t')).join('\n');

/** Cloze texts stand once, however many cards they are; one that was changed on one card alone is another. */
function notesOf<Card extends WrittenCard>(cards: readonly Card[]): Card[] {
  const noteOf = ({ kind, guid, clozeIndex, front, back }: Card) =>
    JSON.stringify(kind === 'cloze' ? [guid, front, back] : [guid, clozeIndex]);
  const taken = new Set<string>();
  return [...new Map(cards.map((card) => [noteOf(card), card])).values()].map((card) => {
    const isTaken = taken.has(card.guid);
    taken.add(card.guid);
    return isTaken ? { ...card, guid: `${card.guid}:${card.clozeIndex}` } : card;
  });
}

/** A tab between the sides, a line each; what a line or a cell cannot hold is in quotes, as spreadsheets take it. */
export const cardsToTsv = (cards: readonly WrittenCard[]): string =>
  tabbed(notesOf(cards).map(({ front, back }) => [front, back]));

/** Anki's plain text: with their decks, topics and names, so that the same cards are known again there and here. */
export function cardsToAnkiText(cards: readonly WrittenCard[]): string {
  const head = ['separator:tab', 'html:false', 'guid column:1', 'notetype column:2', 'deck column:3'];
  const rows = notesOf(cards).map(({ guid, kind, deck, front, back, ...marks }) => [
    guid,
    kind === 'cloze' ? CLOZE_NAME : MODEL_NAME,
    deck,
    front,
    back,
    tagsFor(marks),
  ]);
  return `${[...head, 'tags column:6'].map((line) => `#${line}\n`).join('')}${tabbed(rows)}\n`;
}

/** Cards as Quizlet takes them: it knows no quotes, so that every side is one line. */
export const cardsToQuizlet = (cards: readonly WrittenCard[]): string =>
  notesOf(cards)
    .map(({ front, back }) => [front, back].map((side) => side.replace(/\s+/g, ' ').trim()).join('\t'))
    .join('\n');

type Row = { cells: string[]; isQuoted: boolean[]; line: number };

/** Where the quotes of a cell close; -1 where they are text. */
function closingQuote(text: string, from: number, separator: string): number {
  if (text[from] !== '"') return -1;
  let at = text.indexOf('"', from + 1);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  const isEnd = at !== -1 && (at + 1 === text.length || /[\r\n]/.test(text[at + 1] ?? ''));
  return isEnd || (at !== -1 && text.startsWith(separator, at + 1)) ? at : -1;
}

/** Rows as spreadsheets and Anki write them: a cell in quotes holds separators and line ends, and a quote twice. */
export function rowsOf(text: string, separator: string): Row[] {
  const rows: Row[] = [];
  const ends = new RegExp(`${separator.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}|\\r\\n?|\\n`, 'g');
  let [at, line] = [0, 1];
  while (at < text.length) {
    const row: Row = { cells: [], isQuoted: [], line };
    for (let isOpen = true; isOpen; ) {
      const close = closingQuote(text, at, separator);
      ends.lastIndex = close === -1 ? at : close + 1;
      const end = ends.exec(text);
      const stop = end?.index ?? text.length;
      row.cells.push(close === -1 ? text.slice(at, stop) : text.slice(at + 1, close).replaceAll('""', '"'));
      row.isQuoted.push(close !== -1);
      const next = stop + (end?.[0].length ?? 0);
      line += text.slice(at, next).match(/\r\n?|\n/g)?.length ?? 0;
      isOpen = end?.[0] === separator;
      at = next;
    }
    rows.push(row);
  }
  return rows;
}

const FRONT = /^(?:front|term|question|prompt|text|word)$/i;
const BACK = /^(?:back|definition|answer|response|meaning|back extra)$/i;
const NAMES = [FRONT, BACK];
/** The columns that only a table written here has. */
const OWN = /^(?:suspended|put aside)$/i;

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '');

/** Whether a row names columns: it has both sides among its cells, and none of them in quotes. */
const namesSides = ({ cells, isQuoted }: Row): boolean =>
  NAMES.every((name) => cells.some((cell, index) => name.test(cell.trim()) && isQuoted[index] !== true));

function addCard(read: ReadText, card: Omit<TextCard, 'line'>, line: number): void {
  const isWhole = card.front.trim() !== '' && (card.back.trim() !== '' || /\{\{c\d/i.test(card.front));
  if (isWhole) read.cards.push({ ...card, line });
  else read.skipped.push({ line, reason: 'empty' });
}

const given = (text: string) => (text === '' ? undefined : text);

/** Reads the rows of a table with or without a header. Numbers are those of its rows. */
export function cardsFromRows(rows: readonly string[][]): ReadText {
  const names = rows[0]?.map((name) => name.trim()) ?? [];
  const placeOf = (wanted: RegExp) => names.findIndex((name) => wanted.test(name));
  const hasHeader = NAMES.every((wanted) => placeOf(wanted) >= 0);
  const isOwn = hasHeader && placeOf(OWN) >= 0;
  const [front, back] = hasHeader ? NAMES.map(placeOf) : [0, 1];
  const read: ReadText = { cards: [], skipped: [], media: 0 };
  rows.forEach((cells, index) => {
    if ((hasHeader && index === 0) || isBlank(cells)) return;
    const side = (place = -1) =>
      isOwn ? (cells[place] ?? '').replace(GUARDED, '') : (cells[place] ?? '').trim();
    const named = (wanted: RegExp) => (hasHeader ? given(side(placeOf(wanted))) : undefined);
    const kind = CARD_KINDS.find((one) => one === named(/^kind$/i)?.toLowerCase());
    const clozeIndex = Number(named(/^cloze$/i));
    const card = {
      front: side(front),
      back: side(back),
      topic: named(/^topic$/i),
      tags: tagsIn(named(/^tags?$/i) ?? '', isOwn),
      deck: named(/^deck$/i),
      ...(isOwn && {
        guid: named(/^guid$/i),
        kind,
        clozeIndex: clozeIndex > 0 ? clozeIndex : undefined,
        suspended: named(OWN) === 'yes',
      }),
    };
    addCard(read, card, index + 1);
  });
  return read;
}

/** Reads CSV, whatever separates its columns. */
export function cardsFromCsv(text: string): ReadText {
  // The empty line after the last row would count as a row of one cell, and two columns of a short file as less than two.
  const { meta } = Papa.parse(text.slice(0, 50_000), { preview: 20, skipEmptyLines: 'greedy' });
  return cardsFromRows(rowsOf(text, meta.delimiter).map(({ cells }) => cells));
}

const SEPARATORS: Readonly<Record<string, string>> = {
  tab: '\t',
  comma: ',',
  semicolon: ';',
  space: ' ',
  pipe: '|',
  colon: ':',
};
const HEADER_LINE = /^#([a-z][a-z ]{0,30}):([^\r\n]*)(?:\r\n?|\n|$)/i;
const KNOWN_HEADER = /^(?:separator|html|columns|(?:tags|deck|notetype|guid)(?: column)?)$/;
const MARKUP = /<(?:br|\/?(?:b|i|u|div|span|p|ul|ol|li|sub|sup|img))\b[^>]*>|&(?:nbsp|lt|gt|amp);/i;

type AnkiFile = { headers: Map<string, string>; body: string; linesBefore: number };

/** The lines that Anki puts above its plain text; null where it is another text. */
function ankiFile(text: string): AnkiFile | null {
  const headers = new Map<string, string>();
  let body = text;
  for (let match = HEADER_LINE.exec(body); match; match = HEADER_LINE.exec(body)) {
    headers.set((match[1] ?? '').toLowerCase().trim(), match[2] ?? '');
    body = body.slice(match[0].length);
  }
  const isKnown = [...headers.keys()].some((name) => KNOWN_HEADER.test(name));
  const linesBefore = text.slice(0, text.length - body.length).match(/\r\n?|\n/g)?.length ?? 0;
  return isKnown ? { headers, body, linesBefore } : null;
}

/** Which cells are not fields of the note, by what the headers say of them. */
function columnsOf({ headers }: AnkiFile, separator: string) {
  const at = (name: string) => Number(headers.get(`${name} column`) ?? 0) - 1;
  const special = { tags: at('tags'), deck: at('deck'), notetype: at('notetype'), guid: at('guid') };
  const names = (rowsOf(headers.get('columns') ?? '', separator)[0]?.cells ?? []).map((name) => name.trim());
  if (special.tags < 0) special.tags = names.findIndex((name) => /^tags$/i.test(name));
  const places = new Set(Object.values(special));
  const named = NAMES.map((wanted) =>
    names.findIndex((name, index) => wanted.test(name) && !places.has(index)),
  );
  return { ...special, places, named: named.every((place) => place >= 0) ? named : [] };
}

/** Reads what Anki exports as plain text: its fields in order, further ones behind the back. */
function cardsFromAnki(file: AnkiFile): ReadText {
  const { headers, body, linesBefore } = file;
  const named = (headers.get('separator') ?? '').trim();
  const separator = SEPARATORS[named.toLowerCase()] ?? (named === '' || named === '\\t' ? '\t' : named);
  const columns = columnsOf(file, separator);
  const isHtml = headers.has('html') ? /^\s*true\s*$/i.test(headers.get('html') ?? '') : MARKUP.test(body);
  const read: ReadText = { cards: [], skipped: [], media: 0 };
  for (const { cells, isQuoted, line } of rowsOf(body, separator)) {
    if (isBlank(cells)) continue;
    const number = line + linesBefore;
    if (cells[0]?.startsWith('#') && isQuoted[0] === false) {
      read.skipped.push({ line: number, reason: 'comment' });
      continue;
    }
    const cell = (place: number) => cells[place] ?? '';
    const order = [...columns.named, ...cells.keys()].filter((place) => !columns.places.has(place));
    const raw = [...new Set(order)].map(cell);
    if (isHtml) read.media += mediaIn(raw.join(' '));
    const notetype = cell(columns.notetype) || (headers.get('notetype') ?? '');
    const isOwn = notetype === MODEL_NAME || notetype === CLOZE_NAME;
    const [front = '', ...others] = isHtml
      ? raw.map(textOfField)
      : raw.map((text) => (isOwn ? text : text.trim()));
    const marks = cell(columns.tags) || (headers.get('tags') ?? '');
    const isOptional = /optional/i.test(notetype);
    const sides = isOptional ? others.slice(0, 1) : others;
    const card = {
      front,
      back: isOwn ? (others[0] ?? '') : sides.filter((text) => text.trim() !== '').join('\n\n'),
      topic: topicOf(marks, isOwn) ?? undefined,
      tags: tagsIn(marks, isOwn),
      deck: given(cell(columns.deck).trim() || (headers.get('deck') ?? '').trim()),
      guid: given(cell(columns.guid)),
      ...(isOwn && { kind: notetype === CLOZE_NAME ? ('cloze' as const) : ('basic' as const) }),
      isReversed: /revers/i.test(notetype) && (!isOptional || (others[1] ?? '').trim() !== ''),
    };
    addCard(read, card, number);
  }
  return read;
}

/** Text copied from notes has a dash between the sides. */
const DASH = / [-–—] /;

/**
 * Reads what Anki exports as plain text, what a spreadsheet or Quizlet gives to paste, and text copied from notes: a term, a tab
 * and its definition on each line, or a dash or a semicolon there. The first separator that most lines have is taken.
 */
export function cardsFromLines(text: string): ReadText {
  const anki = ankiFile(text);
  if (anki) return cardsFromAnki(anki);
  const isMost = (some: number, of: number) => some > 0 && some * 2 >= of;
  const tables = ['\t', ';'].map((separator) =>
    rowsOf(text, separator).filter(({ cells }) => !isBlank(cells)),
  );
  const [byTab = [], bySemicolon = []] = tables;
  const isTable = (rows: readonly Row[]) =>
    isMost(rows.filter(({ cells }) => cells.length > 1).length, rows.length);
  const lines = text.split(/\r\n?|\n/).map((line, index) => ({ line, number: index + 1 }));
  const filled = lines.filter(({ line }) => line.trim() !== '');
  const isDashed = isMost(filled.filter(({ line }) => DASH.test(line)).length, filled.length);
  const read: ReadText = { cards: [], skipped: [], media: 0 };
  if (!isTable(byTab) && isDashed) {
    for (const { line, number } of filled) {
      const [front = '', ...rest] = line.split(DASH);
      addCard(
        read,
        { front: front.trim(), back: line.slice(front.length + 3 * Math.min(1, rest.length)).trim() },
        number,
      );
    }
    return read;
  }
  const isSemicolons = !isTable(byTab) && isTable(bySemicolon);
  const rows = isSemicolons ? bySemicolon : byTab;
  rows.forEach((row, index) => {
    if (index === 0 && namesSides(row)) return;
    const { cells, isQuoted, line } = row;
    const [front = '', back = ''] = cells.map((cell, place) => (isQuoted[place] ? cell : cell.trim()));
    const more = cells
      .slice(2)
      .map((cell) => cell.trim())
      .filter((cell) => cell !== '');
    addCard(read, { front, back: [back, ...more].join(isSemicolons ? '; ' : ' ') }, line);
  });
  return read;
}
