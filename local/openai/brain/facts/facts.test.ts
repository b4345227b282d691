import { describe, expect, it } from 'vitest';
import { clauseOf, firstStatement, standsAlone } from './clause.ts';
import { learn } from './index.ts';
import { isTermLike, nameKindOf } from './term-form.ts';
import type { Saying } from './types.ts';
import { languageOf } from './units.ts';
import { keyOf, looksPlural, namesIn, tells } from './words.ts';

const learned = (...texts: string[]) =>
  learn(texts.map((text, i) => ({ n: i + 1, title: 'Notes', heading: 'Outbreaks', text })));
const saidIn = (text: string, ...forms: Saying['form'][]): Saying[] =>
  learned(text).sayings.filter(({ form }) => forms.includes(form));

describe('what a thing is', () => {
  it.each([
    ['A monopoly is a market with a single seller and no close substitutes.', 'monopoly'],
    ['The process of bringing old memories back to mind is called retrieval.', 'retrieval'],
    ['Osmosis refers to the movement of water through a membrane that keeps salt back.', 'osmosis'],
    ['The Luddites were textile workers who broke machines for fear of low wages.', 'Luddites'],
    [
      'The equivalence point is the point at which acid and base have just used up each other.',
      'equivalence point',
    ],
    ['- **Router** – a device that forwards packets between different networks', 'Router'],
    ['* **Inflation:** The rate at which the prices of a basket of goods rise', 'Inflation'],
    ['Glossary\n\nvesicle\n: small sac that carries things through the cell', 'vesicle'],
  ])('is found in %j', (text, term) => {
    const [saying] = saidIn(text, 'being', 'meaning', 'note', 'deed');
    expect(saying && keyOf(saying.name)).toBe(keyOf(term));
  });

  it.each([
    ['praise', 'Cellulose is the most abundant polymer of all the plants on the earth.'],
    ['a pronoun', 'This is a market with a single seller and no close substitutes.'],
    ['an example', 'A good example of a monopoly is the only well in a large desert.'],
    ['a part once played', 'Britain was the leading maker of iron goods at the time of the war.'],
    ['a state that changes', 'Computers are becoming faster and smaller with every year that passes.'],
    ['a clause of time', 'When blood pressure falls, the cells release an enzyme into the blood.'],
  ])('is not read into %s', (_, text) => {
    expect(saidIn(text, 'being', 'meaning', 'note')).toEqual([]);
  });
});

describe('figures', () => {
  it.each([
    ['In 1907 the first culture of cells was developed in a small laboratory.', 'year', '1907'],
    ['James Watt improved the old steam engine in 1769.', 'year', '1769'],
    [
      'Chicago health authorities reported the second American case of measles on January 24, 2020.',
      'date',
      'January 24, 2020',
    ],
    [
      '6 On January 31, 2020, the Department of Health declared a public health emergency.',
      'date',
      'January 31, 2020',
    ],
    [
      'Trials of the live vaccine were carried out in 2000, but funding ended soon afterwards.',
      'year',
      '2000',
    ],
    ['Yellow fever virus is divided into seven genotypes by a comparison of genomes.', 'number', 'seven'],
    ['The kidneys filter about 180 litres of plasma every day.', 'number', '180 litres'],
    ['- 1917 - Lenin returns to Petrograd in a sealed train', 'date', '1917'],
  ])('are left out of %j', (text, kind, answer) => {
    expect(learned(text).figures).toMatchObject([{ kind, answer }]);
  });

  it.each([
    'Between 1952 and 2006 the strains were collected in eleven countries of Africa.',
    'They aligned 21 sequences of the virus, which were isolated in Asia and Africa.',
    'The remaining 21 cases were infected in Europe during the first weeks of the outbreak.',
    'It was founded by a rich merchant of the town in 1456.',
    'Inflation skyrocketed in the whole country in 1923.',
    'The strains were of three kinds, wild, tame and mixed.',
  ])('are not asked for where the sentence leans on others, or tells no one thing: %s', (text) => {
    expect(learned(text).figures).toEqual([]);
  });
});

describe('a sentence stands alone', () => {
  it.each([
    'Julius Caesar conquered Gaul and crossed the river with his army.',
    'A buffer resists changes of pH when small amounts of acid are added.',
    'Blood enters the knot through one vessel and leaves it through another vessel.'.replace(
      'another',
      'the second-smallest',
    ),
  ])('%s', (text) => {
    expect(standsAlone(text)).toBe(true);
  });

  it.each([
    'The treaty ended the war between his two brothers.',
    'They trust reason more than the senses of the body.',
    'The case that died had travelled in Africa before.',
    'Wait for twenty seconds before the next dose is added.',
    'The two forms differ in the order of their atoms.',
  ])('or does not: %s', (text) => {
    expect(standsAlone(text)).toBe(false);
  });
});

describe('clauses', () => {
  it.each([
    ['The committee of nine members elects a leader.', 'The committee of nine members', 'elects'],
    ['Concave mirrors collect light.', 'Concave mirrors', 'collect'],
    ['Plato said that knowledge is true belief.', 'Plato', 'said'],
  ])('are split at the verb: %j', (sentence, subject, verb) => {
    expect(clauseOf(sentence)).toMatchObject({ subject, verb });
  });

  it.each([
    'Cells that divide quickly need much energy.',
    'Git fetch downloads new commits.',
    'When pressure falls, cells release an enzyme.',
  ])('are not guessed: %s', (sentence) => {
    expect(clauseOf(sentence)).toBeNull();
  });

  it('end where a second statement begins, and not within a relative one', () => {
    expect(firstStatement('stores energy, and it can be broken down')).toBe('stores energy');
    expect(firstStatement('is a sugar and was found in milk')).toBe('is a sugar');
    const whole = 'is a knot in which water and small salts are pressed out';
    expect(firstStatement(whole)).toBe(whole);
  });
});

describe('terms', () => {
  it('are names of one thing', () => {
    for (const text of ['plasma membrane', 'Krebs cycle', 'theory of mind', 'Factory Act of 1833'])
      expect(isTermLike(text)).toBe(true);
    const wrong =
      'this process|because memory|the group|rapidly growing cells|it|1,500 bytes|France’s Napoleon|block b|case 3|Skiplist- Set|easy proof';
    for (const text of wrong.split('|')) expect(isTermLike(text)).toBe(false);
  });

  it('are known by their form: many or one, a name or not, and of what', () => {
    expect(['analysis', 'species', 'diabetes', 'physics'].map(looksPlural)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(['mitochondria', 'bodies of water'].map(looksPlural)).toEqual([true, true]);
    const isName = namesIn(['He studied long-term memory with Gray in Paris.']);
    expect(['Gray', 'Thomas Gray', 'Long-Term Memory', 'Osmosis'].map(isName)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(['Isaac Newton', 'Stanford University', 'osmosis', 'Rome'].map(nameKindOf)).toEqual([
      'person',
      'group',
      '',
      'place',
    ]);
  });

  it('know what they are a kind of', () => {
    const { terms } = learned('A pear is a fruit that keeps for days in a cellar. Renin cuts proteins.');
    expect(terms.get(keyOf('pear'))?.genus).toEqual(new Set(['fruit']));
  });

  it('are told by words that begin like them', () => {
    expect(tells('an oil made from Arachis hypogea', 'arachidic acid')).toBe(true);
    expect(tells('a chain of sugars', 'starch')).toBe(false);
    expect(keyOf('nucleus’s nucleolus')).toBe(keyOf('nucleolus'));
  });

  it('may be left out of a sentence as a whole alone, and where no other word tells them', () => {
    const { gaps } = learned(
      'The distal tubule is a part of the nephron. The loop is a bend of the nephron. The uptake of the distal tubule rises with the hormone of the gland. The nephron makes nephron waste.',
    );
    const forms = gaps.map(({ form }) => form);
    expect(forms).toContain('distal tubule');
    expect(forms).not.toContain('tubule');
    expect(gaps.filter(({ after }) => after.includes('nephron waste'))).toEqual([]);
  });
});

it('knows English in catchwords from other languages', () => {
  expect(
    languageOf('GDP: value of all goods. Inflation: rise of prices in a year, and the loss of value.'),
  ).toBe('en');
  expect(languageOf('Das Ribosom ist ein Ort in der Zelle, an dem die Proteine entstehen.')).toBe('de');
  expect(languageOf('La probabilité est une mesure des chances dans un univers.')).toBe('fr');
  expect(languageOf('Het mitochondrion is een organel dat de energie van de cel levert.')).toBeNull();
});
