import { describe, expect, it } from 'vitest';
import type { Passage } from '../answer/passages.ts';
import { writeCards } from './index.ts';

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
});
