import { describe, expect, it } from 'vitest';
import { fakeDatabase } from '../../tests/setup/notes-database.ts';
import { mend, mendedText, provenIn } from './mend.ts';
import { termId } from './sparse-bm25.ts';
import { termOfWord } from './tokenizer.ts';

/** A library that knows these words, each with the number of passages it stands in. */
function library(words: Record<string, number>) {
  const known = Object.entries(words).map(([word, df]) => ({ term: termId(termOfWord(word) ?? ''), df }));
  const { db, requests } = fakeDatabase(({ body }) => {
    const asked = new Set(Array.isArray(body.p_terms) ? body.p_terms : []);
    return known.filter(({ term }) => asked.has(term));
  });
  return { requests, read: async (...missing: string[]) => mend(db, { userId: 'user', missing }) };
}

describe('a word the notes do not know', () => {
  it.each([
    ['a doubled letter', 'gradiient', 'gradient'],
    ['a letter left out', 'gradint', 'gradient'],
    ['two letters swapped', 'protien', 'protein'],
    ['a wrong letter', 'osmesis', 'osmosis'],
    ['a slip in another form of the word', 'replicatng', 'replicating'],
    ['a capital letter', 'Protien', 'protein'],
    ['two slips in a long word', 'photosintesis', 'photosynthesis'],
    ['an accent the notes do not write', 'osmósys', 'osmosis'],
    ['another alphabet', 'клетк', 'клетка'],
  ])('with %s is read as the word that was meant', async (_slip, typed, meant) => {
    const { read } = library({
      gradient: 3,
      protein: 2,
      osmosis: 4,
      replicated: 1,
      photosynthesis: 5,
      клетка: 1,
    });
    expect(await read(typed)).toEqual([{ from: typed, to: meant }]);
  });

  it('is read as the commoner of two words equally near', async () => {
    expect(await library({ mutation: 1, notation: 9, nutation: 2 }).read('mutution')).toMatchObject([
      { to: 'mutation' },
    ]);
    expect(await library({ stating: 1, staging: 7 }).read('stabing')).toMatchObject([{ to: 'staging' }]);
  });

  it.each([
    ['a number', '1984'],
    ['a short word', 'ATP2'],
    ['a short name', 'Ibn'],
    ['a code', 'covid19'],
    ['a word whose first letter differs', 'revolution'],
    ['another form of a known word', 'polyp'],
  ])('stays as it is when it is %s', async (_kind, typed) => {
    expect(await library({ '1985': 1, atp: 4, ibm: 2, covid: 8, evolution: 9, poly: 3 }).read(typed)).toEqual(
      [],
    );
  });

  it('is looked up with all other unknown words at once', async () => {
    const { read, requests } = library({ gradient: 3, protein: 2 });
    expect(await read('gradiient', 'protien')).toHaveLength(2);
    expect(requests).toHaveLength(1);
  });
});

it('mends whole words only', () => {
  expect(mendedText('Is a protien in protienase?', [{ from: 'protien', to: 'protein' }])).toBe(
    'Is a protein in protienase?',
  );
});

it('keeps no guess that the passages found do not hold', () => {
  const guesses = [
    { from: 'proximal', to: 'proximat' },
    { from: 'replicatng', to: 'replicating' },
    { from: 'osmesis', to: 'osmosis' },
  ];
  expect(provenIn(guesses, ['The proximate cause', 'Cells replicated.']).map(({ to }) => to)).toEqual([
    'replicating',
  ]);
});

it.each([
  ['treaty', 'treatly', 'How they treat it.'],
  ['modesty', 'modestly', 'A modest share.'],
  ['royalty', 'royally', 'The royal seal.'],
  ['genus', 'genes', 'One gene of it.'],
  ['rapid', 'raped', 'Oil of rape seed.'],
])('does not read %s as a word made up with an ending that was not typed, %s', (from, to, passage) => {
  expect(termOfWord(passage.split(' ').find((word) => termOfWord(word) === termOfWord(to)) ?? '')).toBe(
    termOfWord(to),
  );
  expect(provenIn([{ from, to }], [passage])).toEqual([]);
});

it.each([
  ['slips in an ending that was meant', 'replicatng', 'replicating', 'Cells replicated.'],
  ['swaps letters of an ending', 'replicatign', 'replicating', 'Cells replicated.'],
  ['doubles a letter of an ending', 'slowlly', 'slowly', 'A slow wave.'],
  ['slips before an ending', 'quikly', 'quickly', 'A quick wave.'],
  ['is near a word as the passages write it', 'slowy', 'slowly', 'It moves slowly.'],
])('reads a word that %s', (_kind, from, to, passage) => {
  expect(provenIn([{ from, to }], [passage])).toEqual([{ from, to }]);
});

it('does not read a treaty as treating somebody, asked of notes that only treat', async () => {
  const { read } = library({ treat: 4 });
  expect(provenIn(await read('treaty'), ['Doctors treat it early.'])).toEqual([]);
});
