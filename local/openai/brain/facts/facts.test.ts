import { describe, expect, it } from 'vitest';
import { clauseOf, firstStatement, firstSubject } from './clause.ts';
import { learn } from './index.ts';
import { isTermLike, nameKindOf } from './term-form.ts';
import type { Fact } from './types.ts';
import { languageOf } from './units.ts';
import { casingOf, inNumber, keyOf, looksPlural, tells } from './words.ts';

const learned = (...texts: string[]) =>
  learn(texts.map((text, i) => ({ n: i + 1, title: 'Notes', heading: '', text })));
const factsIn = (text: string, kind: Fact['kind']): Fact[] =>
  learned(text).facts.filter((fact) => fact.kind === kind);

describe('definitions', () => {
  it.each([
    ['A monopoly is a market with a single seller and no close substitutes.', 'monopoly'],
    [
      'The term ‘precision farming’ is used to describe the treatment of each part of a field by its own needs.',
      'precision farming',
    ],
    ['The process of bringing old memories back to mind is called retrieval.', 'retrieval'],
    ['Rehearsal, the conscious repetition of what is to be kept, takes effort and time.', 'rehearsal'],
    ['Osmosis refers to the movement of water through a membrane that keeps salt back.', 'osmosis'],
    ['- **Router** – a device that forwards packets between different networks', 'Router'],
    ['* **Inflation:** The rate at which the prices of a basket of goods rise', 'Inflation'],
    ['Glossary\n\nvesicle\n: small sac that carries things through the cell', 'vesicle'],
    ['### Dermis\nThe layer beneath the skin with its vessels, nerves and glands.', 'dermis'],
  ])('are found in %j', (text, term) => {
    const [fact] = factsIn(text, 'definition');
    expect(fact?.kind === 'definition' ? keyOf(fact.form) : null).toBe(keyOf(term));
  });

  it.each([
    'Cellulose is the most abundant polymer of all the plants on the earth.',
    'This is a market with a single seller and no close substitutes.',
    'Performance: it is designed for a few messages a day only',
    'A good example of a monopoly is the only well in a large desert.',
  ])('are not seen where nothing is defined: %j', (text) => {
    expect(factsIn(text, 'definition')).toEqual([]);
  });
});

describe('years', () => {
  it.each([
    [
      'In 1907 the first culture of cells was developed in a small laboratory.',
      'In which year was the first culture of cells developed in a small laboratory?',
    ],
    [
      'James Watt improved the old steam engine in 1769.',
      'In which year did James Watt improve the old steam engine?',
    ],
    [
      'Bufavirus is a member of a large family and was first described in 2012.',
      'In which year was bufavirus first described?',
    ],
  ])('are asked for by %j', (text, question) => {
    expect(factsIn(text, 'year')).toMatchObject([{ question }]);
  });

  it('of a subordinate clause, of the future, or of something unnamed are left alone', () => {
    expect(factsIn('The library burned after the king had died in 1509.', 'year')).toEqual([]);
    expect(factsIn('Many people are estimated to need more help in 2020.', 'year')).toEqual([]);
    expect(factsIn('It was founded by a rich merchant of the town in 1456.', 'year')).toEqual([]);
  });
});

describe('clauses', () => {
  it.each([
    ['The committee of nine members elects a leader.', 'The committee of nine members', 'elects'],
    ['Concave mirrors collect light.', 'Concave mirrors', 'collect'],
  ])('are split at the verb: %j', (sentence, subject, verb) => {
    expect(clauseOf(sentence)).toMatchObject({ subject, verb: { text: verb } });
  });

  it('are not guessed where a relative stands before the verb', () => {
    expect(clauseOf('Cells that divide quickly need much energy.')).toBeNull();
    expect(clauseOf('Taxes levied on workers are high.')?.subject).not.toBe('Taxes');
  });

  it('end where a second statement begins', () => {
    expect(firstStatement('stores energy, and it can be broken down')).toBe('stores energy');
    expect(firstStatement('is a sugar and was found in milk')).toBe('is a sugar');
    expect(firstSubject('is a sugar and was found in milk')).toBe('is a sugar and was found in milk');
  });
});

describe('terms', () => {
  it('are names of one thing', () => {
    for (const text of ['plasma membrane', 'Krebs cycle', 'theory of mind', 'Factory Act of 1833'])
      expect(isTermLike(text)).toBe(true);
    for (const text of [
      'this process',
      'because memory',
      'the group',
      'rapidly growing cells',
      'it',
      '1,500 bytes',
      'France’s Napoleon',
    ])
      expect(isTermLike(text)).toBe(false);
  });

  it('take the number a question needs', () => {
    expect(inNumber('mitochondrion', true)).toBe('mitochondria');
    expect(inNumber('bodies of water', false)).toBe('body of water');
    expect(inNumber('virus', true)).toBe('viruses');
    expect(looksPlural('analysis')).toBe(false);
  });

  it('are written as the notes write them inside sentences', () => {
    const cased = casingOf([
      'He studied long-term memory with Thomas Gray.',
      'Later the FILE became a file.',
    ]);
    expect(cased('Long-Term Memory')).toBe('long-term memory');
    expect(cased('Thomas Gray')).toBe('Thomas Gray');
  });

  it('are known by their kind of name', () => {
    expect(nameKindOf('Isaac Newton')).toBe('person');
    expect(nameKindOf('Stanford University')).toBe('group');
    expect(nameKindOf('osmosis')).toBe('');
  });

  it('know what they are a kind of', () => {
    const { terms } = learned(
      'Fruits such as apples and pears contain sugar that yeast can live on.',
      'Apples keep for months in a cold and dark cellar. Fruits ripen faster beside a banana.',
    );
    expect(terms.get(keyOf('apples'))?.genus).toContain(keyOf('fruits'));
  });

  it('are told by words that begin like them', () => {
    expect(tells('an oil made from Arachis hypogea', 'arachidic acid')).toBe(true);
    expect(tells('a chain of sugars', 'starch')).toBe(false);
  });
});

it('knows English in catchwords from other languages', () => {
  expect(
    languageOf('GDP: value of all goods. Inflation: rise of prices in a year, and the loss of value.'),
  ).toBe('en');
  expect(languageOf('Das Ribosom ist ein Ort in der Zelle, an dem die Proteine entstehen.')).toBe('de');
  expect(languageOf('La probabilité est une mesure des chances dans un univers.')).toBe('fr');
});

describe('what is no definition', () => {
  it.each([
    ['a part once played', 'Britain was the leading maker of iron goods at the time of the war.'],
    ['a state that changes', 'Computers are becoming faster and smaller with every year that passes.'],
    ['praise', 'Sorting is the fundamental algorithmic problem of the whole field of computing.'],
    ['an adjective', 'Semantic means having to do with language and with the knowledge of it.'],
    [
      'a meaning that lost its verb',
      'Hygiene is an old custom of doctors with evidence that the spread of germs.',
    ],
  ])('%s', (_, text) => {
    expect(factsIn(text, 'definition')).toEqual([]);
  });

  it('is what an item says under a name, which is no meaning of it', () => {
    const [fact] = factsIn(
      '- **Automated watering** - Measuring moisture allows farmers to water plants in time',
      'definition',
    );
    expect(fact).toMatchObject({ form: 'automated watering', isStatement: true, term: { definition: null } });
  });

  it('is told from what a thing was, where that says which thing it was', () => {
    const [fact] = factsIn(
      'The Luddites were textile workers who broke machines for fear of low wages.',
      'definition',
    );
    expect(fact).toMatchObject({ form: 'Luddites' });
  });
});

describe('questions stand alone', () => {
  it('because a year is asked of something that happened once, or is named', () => {
    expect(factsIn('Inflation skyrocketed in the whole country in 1923.', 'year')).toEqual([]);
    expect(factsIn('Weimar Germany printed money for the debts of the war in 1923.', 'year')).toEqual([
      expect.objectContaining({ answer: '1923' }),
    ]);
  });

  it('because a person is asked for by a name, a year or much detail', () => {
    expect(factsIn('Robert Koch wrote many letters to friends.', 'subject')).toEqual([]);
    expect(factsIn('Robert Koch found the bacterium that causes tuberculosis.', 'subject')).toHaveLength(1);
  });
});

describe('terms keep their form', () => {
  it('as names that a sentence shows to be names', () => {
    const cased = casingOf([
      'Zhenjin was born in a tent near the river.',
      'Osmosis is the movement of water.',
    ]);
    expect(cased('Zhenjin')).toBe('Zhenjin');
    expect(cased('Osmosis')).toBe('osmosis');
  });

  it.each(['species', 'diabetes', 'lens', 'sixteen minutes', 'physics', 'gas'])(
    'as one thing or many: %s',
    (term) => {
      expect(inNumber(term, false)).toBe(term);
    },
  );

  it('and are no variables, pieces of a broken word or things of somebody', () => {
    for (const text of ['block b', 'case 3', 'Skiplist- Set', 'easy proof'])
      expect(isTermLike(text)).toBe(false);
    expect(keyOf('nucleus’s nucleolus')).toBe(keyOf('nucleolus'));
  });
});
