import { describe, expect, it } from 'vitest';
import { composeAnswer, sidesOf } from './compose.ts';
import type { Passage, SearchResult } from './passages.ts';

const found = (...texts: string[]): SearchResult => ({
  band: 'strong',
  missing: [],
  passages: texts.map((text, i): Passage => ({ n: i + 1, title: '', heading: '', text })),
});

const ask = (question: string, ...texts: string[]): string => composeAnswer(question, found(...texts)).text;

const LAKES = `# Lakes

## Epilimnion

The epilimnion is the warm upper layer of a lake. In calm weather it keeps its heat for about nine days. In 1904 Edward Birge gave the layer its name.

Mixing is the exchange of water between layers. It is one way in which oxygen reaches the bottom of a lake.

## Hypolimnion

The hypolimnion is the cold layer at the bottom. It holds little oxygen at the end of summer, whereas the surface water holds plenty.

## Turnover

Turnover is the mixing of all layers in autumn. It has four stages.

1. In cooling the surface water loses heat to the air.
2. In sinking the denser water moves down.
3. In stirring the wind drives water from shore to shore.
4. In resting the whole lake has one temperature.

A lake with ice has two turnovers a year.`;

const GATES = `## Gates

Gates let only some particles through the wall. The voltage gate opens when the charge changes. The ligand gate opens when a messenger binds. The stretch gate opens when the wall is pulled.

Direct transport spends energy from ATP. Indirect transport spends the energy of a gradient.`;

const HEAPS = `## Queues

A binary queue keeps its smallest element at the root. Its insertion time is $O(\\log n)$ in the worst case. It keeps no order among equal elements.

A linked queue appends at its tail. Its insertion time is $O(1)$ in every case.

## Choosing

| Structure    | Insertion     | Ordered | Extra space |
| ------------ | ------------- | ------- | ----------- |
| Binary queue | $O(\\log n)$   | no      | none        |
| Linked queue | $O(1)$        | yes     | $O(n)$      |

A queue is ordered when equal elements leave it in the order in which they came.`;

describe('a question for a number', () => {
  it('is answered by the sentence with the quantity, behind the one that says what "it" is', () => {
    expect(ask('How long does the epilimnion keep its heat?', LAKES)).toBe(
      'The epilimnion is the warm upper layer of a lake. [1] In calm weather it keeps its heat for about nine days. [1]',
    );
  });

  it('prefers a number of what was asked for', () => {
    expect(ask('How many turnovers does a lake with ice have?', LAKES)).toContain('has two turnovers a year');
    expect(ask('How many stages does turnover have?', LAKES)).toContain('It has four stages');
  });

  it('takes no "one way" for a quantity', () => {
    expect(ask('How long does the epilimnion keep its heat?', LAKES)).not.toContain('one way');
  });

  it('calls sentences without a number the closest passage only', () => {
    const { verdict } = composeAnswer(
      'How long does mixing last?',
      found('Mixing is the exchange of water.'),
    );
    expect(verdict).not.toBe('answer');
  });

  it('for a year finds the year', () => {
    expect(ask('When did Edward Birge name the layer?', LAKES)).toContain('In 1904 Edward Birge');
  });
});

describe('a comparison', () => {
  it.each([
    'What is the difference between direct and indirect transport?',
    'Compare direct transport with indirect transport.',
    'direct transport vs indirect transport',
    'How does direct transport differ from indirect transport?',
    'Which uses ATP: direct or indirect transport?',
  ])('“%s” shows a sentence for each side in the order asked', (question) => {
    expect(ask(question, GATES)).toBe(
      'Direct transport spends energy from ATP. [1] Indirect transport spends the energy of a gradient. [1]',
    );
  });

  it('follows the order of the question, not that of the notes', () => {
    expect(ask('What is the difference between indirect and direct transport?', GATES)).toMatch(/^Indirect/);
  });

  it('takes its sides from different passages', () => {
    const text = ask(
      'Compare osmosis and diffusion',
      'Diffusion is the spread of particles.',
      'Osmosis is the flow of water.',
    );
    expect(text).toBe('Osmosis is the flow of water. [2] Diffusion is the spread of particles. [1]');
  });

  it('needs one sentence when that sets both against each other', () => {
    const both = 'Frogs breathe through their skin, whereas lizards breathe with lungs only.';
    const notes = `Breathing\n\n${both} Lizards lay eggs.`;
    for (const question of [
      'How does breathing differ in frogs and lizards?',
      'Compare frog and lizard breathing',
    ])
      expect(ask(question, notes)).toBe(`${both} [1]`);
  });

  it('of which the notes hold one side only is called the closest passage', () => {
    const oneSided = composeAnswer('Compare direct transport and bulk transport', found(GATES));
    expect(oneSided.verdict).toBe('closest');
  });

  it('is not seen in other questions', () => {
    expect(sidesOf('Who wrote about bread and butter?')).toEqual([]);
    expect(sidesOf('What is the difference between a cell and a cell?')).toEqual([]);
  });
});

describe('a list', () => {
  it('of numbered steps is shown whole, each step with its number and its citation', () => {
    const text = ask('What are the stages of turnover?', LAKES);
    expect(text).toContain(
      'It has four stages. [1]\n\n1. In cooling the surface water loses heat to the air. [1]\n2. ',
    );
    expect(text).toContain('4. In resting the whole lake has one temperature. [1]');
  });

  it('keeps the lines that a step runs on over', () => {
    const wrapped =
      'Tuning has two steps:\n\n1. Turn the peg until the\n   string sounds.\n2. Press the\n   string down.\n\nThen rest.';
    expect(ask('What are the steps of tuning?', wrapped)).toBe(
      'Tuning has two steps: [1]\n\n1. Turn the peg until the string sounds. [1]\n2. Press the string down. [1]',
    );
  });
});

describe('a table', () => {
  it('answers with the asked row under its head, formulae as they stand', () => {
    expect(ask('What is the extra space of the linked queue?', HEAPS)).toBe(
      '| Structure    | Insertion     | Ordered | Extra space |\n' +
        '| ------------ | ------------- | ------- | ----------- |\n' +
        '| Linked queue | $O(1)$        | yes     | $O(n)$ [1] |',
    );
  });

  it('answers which rows a column holds for with all rows', () => {
    expect(ask('Which structure is ordered?', HEAPS).split('\n')).toHaveLength(4);
  });

  it('gives way to a sentence that says it all', () => {
    expect(ask('What is the insertion time of the binary queue?', HEAPS)).toBe(
      'A binary queue keeps its smallest element at the root. [1] Its insertion time is $O(\\log n)$ in the worst case. [1]',
    );
  });

  it('is never quoted line by line as if it were prose', () => {
    expect(ask('What is an ordered queue?', HEAPS)).toBe(
      'A queue is ordered when equal elements leave it in the order in which they came. [1]',
    );
  });
});

it('a definition begins with the sentence that introduces its subject', () => {
  const shelves =
    'Shelf sort is stable and quick.\n\n## Shelf sort\n\nShelf sort puts each card on its own shelf. Shelf sort is old.';
  expect(ask('How does shelf sort work?', shelves)).toMatch(/^Shelf sort puts each card/);
});

it('every cited stretch of every answer stands in its passage', () => {
  const collapse = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const notes = [LAKES, GATES, HEAPS];
  const subjects = [
    'turnover',
    'the epilimnion',
    'gates',
    'the linked queue',
    'direct transport',
    'a binary queue',
    'oxygen',
  ];
  const forms = [
    (x: string) => `What is ${x}?`,
    (x: string) => `What are the stages of ${x}?`,
    (x: string) => `How long does ${x} last?`,
    (x: string) => `Why does ${x} matter?`,
    (x: string) => `Compare ${x} and the hypolimnion`,
    (x: string) => `What is the insertion of ${x}?`,
    (x: string) => `What is ${x} and when does it happen?`,
    (x: string) => `Which structure has ${x}?`,
  ];
  let cited = 0;
  for (const question of subjects.flatMap((subject) => forms.map((form) => form(subject)))) {
    const { quotes, text } = composeAnswer(question, found(...notes));
    for (const quote of quotes) expect(collapse(notes[quote.n - 1] ?? '')).toContain(collapse(quote.text));
    const said = text.replace(/^I did not find[^\n]*\n\n/, '');
    for (const [, claim = '', n] of said.matchAll(/([^[\]]+?)\s*\[(\d+)\]/g)) {
      // The head of a table is not cited; what follows it is.
      const lines = claim.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '|');
      for (const line of lines)
        expect(collapse(notes[Number(n) - 1] ?? '')).toContain(collapse(line.replace(/^ *\|\n/, '')));
      cited += 1;
    }
  }
  expect(cited).toBeGreaterThan(40);
});

describe('what is shown', () => {
  it.each([
    ['When did Zhenjin die?', 'Zhenjin was the second son. He died before his father in 1285.', '1285'],
    ['How many children did she have?', 'She had one child, named Ada, and 3 children later.', '3 children'],
    ['What colour is the flame?', 'The color of the flame is blue at its base.', 'blue'],
    ['Why aren’t whales fish?', 'Whales are no fish because they breathe air.', 'breathe air'],
    ['What is the boiling point in Celsius?', 'The boiling point of water is 100 °C at sea level.', '100 °C'],
  ])('knows other forms and spellings: %s', (question, notes, part) => {
    expect(ask(question, notes)).toContain(part);
  });

  it.each([
    [
      'formula',
      'The derivative of a function at a point is the limit\n\n$$\nf(x) = \\lim_{h \\to 0} g\n$$\n\nA function is smooth.',
      '$$\nf(x) = \\lim_{h \\to 0} g\n$$\n\n[1]',
    ],
    [
      'code',
      'The derivative of a function is computed so:\n\n```python\ndef d(f):\n\n    return f\n```\n\nRest.',
      '    return f\n```\n\n[1]',
    ],
  ])('goes on with the %s below the sentence', (_, notes, end) => {
    expect(ask('What is the derivative of a function?', notes)).toContain(end);
  });

  it('is the sentence below a heading that says what was asked', () => {
    const notes =
      '# Heart\n\nA cell of the heart holds many a sarcomere in its fibres.\n\n## Sarcomere\n\nThe unit between two Z lines contracts when calcium is set free.';
    expect(ask('What is a sarcomere?', notes)).toMatch(/^The unit between two Z lines/);
  });

  it('has no second sentence about something else', () => {
    const notes =
      'The heart is made of cells that each hold a sarcomere.\n\nScottsboro Boys\n: a reference to the infamous trial in the south';
    expect(ask('what is a sarcomere?', notes)).not.toContain('Scottsboro');
  });

  it('is nothing where a rare name stands nowhere in the notes', () => {
    const result = {
      ...found('The treaty was signed in Paris in 1783 by both states.'),
      missing: ['Zoltan'],
    };
    expect(composeAnswer('When was the treaty of Zoltan signed in Paris?', result).verdict).toBe('absent');
  });

  it('is not refused for one plain word that the notes lack', () => {
    const result = {
      ...found('The treaty was signed in Paris in 1783 by both states.'),
      missing: ['formally'],
    };
    expect(composeAnswer('When was the treaty formally signed in Paris?', result).verdict).toBe('answer');
  });
});
