import { describe, expect, it } from 'vitest';
import type { Passage } from '../answer/passages.ts';
import { writeCards } from './write-cards.ts';

const BIOLOGY = `Osmosis is the movement of water through a membrane that lets only small molecules pass.

The **nucleus** is the part of a cell that holds the genetic material and directs its work.

A human skeleton has 206 bones. In 1665 Robert Hooke described the first cells under a microscope.`;
const PHYSICS = `The kinetic energy of a moving body is $E = \\frac{1}{2} m v^2$.

Its momentum is written as $p = m v$ by most books.`;

const passages = (...texts: string[]): Passage[] =>
  texts.map((text, i) => ({ n: i + 3, title: 'Notes', heading: 'Cells', text }));
const order = (changes = {}) => ({ topic: 'cells', most: 10, ...changes });

describe('cards from passages', () => {
  it('prove themselves by words that stand so in the passage they name', () => {
    const notes = passages(BIOLOGY, PHYSICS);
    const cards = writeCards(notes, order());
    expect(cards.length).toBeGreaterThan(2);
    for (const { metadata } of cards) {
      const passage = notes.find(({ n }) => n === metadata.passage);
      expect(passage?.text).toContain(metadata.quote);
      expect(metadata.topic).toBe('Cells');
    }
  });

  it('ask for terms in the words of the notes', () => {
    const fronts = new Map(writeCards(passages(BIOLOGY), order()).map(({ front, back }) => [front, back]));
    expect(fronts.get('Osmosis')).toBe(
      'The movement of water through a membrane that lets only small molecules pass',
    );
  });

  it('hide a formula whole, and keep its LaTeX as it stands', () => {
    const [card] = writeCards(passages(PHYSICS), order()).filter(({ metadata }) => metadata.kind === 'cloze');
    expect(card?.front).toBe('The kinetic energy of a moving body is {{c1::$E = \\frac{1}{2} m v^2$}}.');
  });

  it('never ask the same thing twice', () => {
    const cards = writeCards(passages(BIOLOGY, BIOLOGY), order());
    expect(new Set(cards.map(({ front }) => front)).size).toBe(cards.length);
    expect(new Set(cards.map(({ metadata }) => metadata.quote)).size).toBe(cards.length);
  });

  it('are no more than were asked for, and none where there is nothing to say', () => {
    expect(writeCards(passages(BIOLOGY), order({ most: 1 }))).toHaveLength(1);
    expect(writeCards([], order())).toEqual([]);
    expect(writeCards(passages('ok. yes! maybe?'), order())).toEqual([]);
  });

  it('leave out lists of sources and sentences that lean on others', () => {
    const text =
      'Miller, G. A. (1956). The magical number seven. Psychological Review, 63(2), 81–97.\n\nThis is the reason why it was abandoned by them in that year.';
    expect(writeCards(passages(text), order())).toEqual([]);
  });

  it('are the same every time', () => {
    expect(writeCards(passages(BIOLOGY), order())).toEqual(writeCards(passages(BIOLOGY), order()));
  });

  it('hide the thing that a sentence speaks of', () => {
    const text = `## Selection sort

Selection sort swaps neighbours that stand in the wrong order, again and again. Its running time is $O(n^2)$ in the worst case. Comparing two neighbours of a list is called a step of the pass.

Thrashing happens when a machine moves pages more often than it works.

In prophase the threads thicken and pair up.`;
    const sides = writeCards(passages(text), order({ topic: 'sorting', most: 20 })).map(({ front, back }) => [
      front,
      back,
    ]);
    expect(sides).toContainEqual([
      '{{c1::Thrashing}} happens when a machine moves pages more often than it works.',
      '',
    ]);
  });

  it('ask a table by its row and its column', () => {
    const text = `## Structures

| Structure | Lookup | Ordered |
| --------- | ------ | ------- |
| Hash table | $O(1)$ | no |
| Search tree | $O(log n)$ | yes |`;
    const sides = writeCards(passages(text), order({ topic: 'structures' })).map(({ front, back }) => [
      front,
      back,
    ]);
    expect(sides).toContainEqual(['Lookup of Hash table?', '$O(1)$']);
    expect(sides).toContainEqual(['Is Search tree ordered?', 'Yes']);
  });

  it('never leave a pronoun without the thing it stands for', () => {
    const text =
      'The pump and the valve fail together. It lasts about two years. Its cost is $c = 2 k$ per year.';
    const cards = writeCards(passages(text), order({ topic: 'pump' }));
    for (const { front } of cards) expect(front).not.toMatch(/^(?:It|Its)\b|\bdoes it\b/);
  });

  it('keep to twenty-five words a side', () => {
    const long = `Osmosis is ${Array.from({ length: 30 }, (_, i) => `the movement of part ${i}`).join(' and ')}.`;
    for (const { front, back } of writeCards(passages(long, BIOLOGY, PHYSICS), order({ most: 30 })))
      for (const side of [front, back]) expect(side.split(/\s+/).length).toBeLessThanOrEqual(32);
  });
});

describe('cards of catchwords', () => {
  it('ask for each line by its name, a chain by its first link and a formula by what it gives', () => {
    const text = `GDP = C + I + G + (X - M)
Recession: two quarters of falling output
Higher rates -> dearer borrowing -> less investment

Types of inflation:
- demand-pull: too much spending for the goods there are
- cost-push: production becomes dearer`;
    const sides = writeCards(passages(text), order({ topic: 'macro' })).map(({ front, back }) => [
      front,
      back,
    ]);
    expect(sides).toEqual(
      expect.arrayContaining([
        ['GDP = ?', 'C + I + G + (X - M)'],
        ['Recession', 'Two quarters of falling output'],
        ['Higher rates → ?', 'Dearer borrowing'],
        ['Types of inflation: demand-pull', 'Too much spending for the goods there are'],
      ]),
    );
  });
});

describe('no card', () => {
  it.each([
    [
      'has a broken question',
      'Relaxin and progesterone also help loosen the joints of the pelvis before birth.',
      /Relaxin/,
    ],
    [
      'asks what a person does',
      'Schacter names seven errors of memory that also lead to forgetting.',
      /does Schacter/,
    ],
    [
      'asks for what only the text around it names',
      'The fix replaces the old node with a copy of its left neighbour.',
      /fix/,
    ],
    [
      'has a title of a book for its gap',
      'Searching, volume 3 of The Art of Computer Programming, is a standard work.',
      /c1::/,
    ],
  ])('%s', (_, text, pattern) => {
    for (const { front } of writeCards(passages(text, text.replace('also', 'often')), order()))
      expect(front).not.toMatch(pattern);
  });

  it('repeats the answer of another', () => {
    const text =
      'A treap keeps the keys in the order of a search tree. A skiplist keeps the keys in the order of a search tree.';
    const backs = writeCards(passages(`## Sets\n\n${text}`), order()).map(({ back }) => back);
    expect(new Set(backs).size).toBe(backs.length);
  });
});
