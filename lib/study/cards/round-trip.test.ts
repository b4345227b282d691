import { expect, test } from 'vitest';
import { decodeText } from '../../ingestion/extract/encoding.ts';
import { firstSheet } from '../../ingestion/extract/xlsx.ts';
import { randomText, seeded } from '../../test-random.ts';
import { readAnkiPackage } from '../anki/read.ts';
import type { ExportedCard } from '../anki/types.ts';
import { writeAnkiPackage } from '../anki/write.ts';
import { sheetXlsx } from '../sheet.ts';
import { newCardState } from './card-state.ts';
import { clozeIndexes } from './cloze.ts';
import { cardsToAnkiText, cardsToCsv, cardsToTsv } from './deck-text.ts';
import { sheetCards, textCards } from './text-cards.ts';

const now = new Date('2026-11-20T12:00:00.000Z');
const NASTY = [
  ...[
    '"',
    '""',
    '\t',
    '\n',
    '\r\n',
    ';',
    ',',
    '=',
    '+',
    '-',
    '@',
    "'",
    "'=",
    '#',
    '#separator:tab',
    '|',
    ' - ',
    '  ',
  ],
  ...[
    '<b>',
    '</b>',
    '&amp;',
    '&',
    '<br>',
    '<img src=x onerror=y>',
    '[sound:x.mp3]',
    '**bold**',
    '*soft*',
    '`code`',
  ],
  ...[
    '\\(x^2\\)',
    '$a_1$',
    '$$\\sum_{i<n}$$',
    '$5',
    '{',
    '}',
    '{{',
    '}}',
    '::',
    '\\',
    'front',
    'back',
    'Term',
    '1e5',
  ],
  ...[
    'مرحبا',
    'שלום',
    '漢字',
    '👩‍🔬',
    'é',
    'e\u0301',
    '\u200f',
    '\u00a0',
    'word',
    'a phrase of words',
    '.',
    'true',
  ],
];
const CLOZES = [
  '{{c1::heart}}',
  '{{c2::\\frac{1}{2}::a hint}}',
  '{{c3::$a_{n}$}}',
  '{{c1::the {{c2::left}} one}}',
];
const TOPICS = [
  null,
  'Cell biology',
  'std::vector',
  'snake_case',
  'a _b',
  'Straße; "x"',
  '漢字',
  'back\\slash',
];
const TAGS = ['exam', 'week 1', '#odd', 'a_b', '漢字', 'x\\y', 'leech'];
const DECKS = ['D', 'Bio::Cells', 'a "b", c', '=1', "l'eau", 'מה'];

function cardsFrom(random: () => number): ExportedCard[] {
  const length = () => 1 + Math.floor(random() * 6);
  const side = () => {
    const text = randomText(NASTY, length(), random).trim();
    return text === '' || clozeIndexes(text).length > 0 ? 'x' : text;
  };
  return Array.from({ length: 30 }, (_, index) => index).flatMap((index): ExportedCard[] => {
    const isCloze = random() < 0.3;
    const front = isCloze
      ? `${side().replace(/[{}]/g, '')} ${randomText(CLOZES, length(), random)}`.trim()
      : side();
    const card = {
      guid: `g${index}`,
      front,
      back: isCloze && random() < 0.5 ? '' : side(),
      topic: TOPICS[Math.floor(random() * TOPICS.length)] ?? null,
      tags: TAGS.filter(() => random() < 0.3),
      deck: randomText(DECKS, 1, random),
      suspended: random() < 0.2,
      state: newCardState(now),
      reviews: [],
      sourceLine: null,
      desiredRetention: 0.9,
    };
    if (!isCloze) return [{ ...card, kind: 'basic', clozeIndex: 1 }];
    return clozeIndexes(front).map((clozeIndex) => ({ ...card, kind: 'cloze', clozeIndex }));
  });
}

type Cards = readonly ExportedCard[];
const anywhere = { deck: null };
const read = (text: string, kind: 'csv' | 'lines') =>
  textCards(decodeText(new TextEncoder().encode(text)).text, kind, anywhere, now);
const withDue = (cards: Cards) => cards.map((card) => ({ ...card, due: null }));
const SHEET = ['Front', 'Back', 'Deck', 'Topic', 'Put aside', 'Kind', 'Cloze', 'Guid'];

const WAYS = {
  csv: (cards: Cards) => read(cardsToCsv(withDue(cards)), 'csv'),
  txt: (cards: Cards) => read(cardsToAnkiText(withDue(cards)), 'lines'),
  tsv: (cards: Cards) => read(cardsToTsv(withDue(cards)), 'lines'),
  apkg: (cards: Cards) => readAnkiPackage(writeAnkiPackage(cards, now), now),
  xlsx: (cards: Cards) => {
    const rows = cards.map(({ front, back, deck, topic, suspended, kind, clozeIndex, guid }) => [
      front,
      back,
      deck,
      topic,
      suspended ? 'yes' : null,
      kind,
      kind === 'cloze' ? clozeIndex : null,
      guid,
    ]);
    return sheetCards(firstSheet(sheetXlsx({ name: 'cards', rows: [SHEET, ...rows] })), anywhere, now);
  },
};
const WORDS = ['front', 'back', 'kind', 'clozeIndex'] as const;
const NAMED = [...WORDS, 'guid', 'topic', 'deck'] as const;
const TAGGED = [...NAMED, 'tags'] as const;
/** What each way carries. */
const CARRIED: Record<keyof typeof WAYS, readonly (keyof ExportedCard)[]> = {
  csv: [...TAGGED, 'suspended'],
  txt: TAGGED,
  tsv: WORDS,
  apkg: [...TAGGED, 'suspended', 'state'],
  xlsx: [...NAMED, 'suspended'],
};

test.each(Object.keys(WAYS) as (keyof typeof WAYS)[])('%s gives every card back as it was', (way) => {
  const seen = (list: readonly Partial<ExportedCard>[]) =>
    list.map((card) => JSON.stringify(CARRIED[way].map((name) => card[name]))).sort();
  for (let seed = 1; seed <= 25; seed++) {
    const cards = cardsFrom(seeded(seed));
    const { cards: back, skipped } = WAYS[way](cards);
    expect({ seed, skipped, cards: seen(back) }).toEqual({ seed, skipped: 0, cards: seen(cards) });
  }
});
