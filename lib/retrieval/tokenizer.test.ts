import { describe, expect, it } from 'vitest';
import { stemArabic, stemEnglish, stemHindi } from './stemmers.ts';
import { hash32, isEnglishDocument, isEnglishQuery, terms } from './tokenizer.ts';

describe('terms', () => {
  it.each<[string, string, string[]]>([
    ['gives the forms of an English word one term', 'studied studies studying', ['studi', 'studi', 'studi']],
    ['sees through doubled consonants', 'stopped stopping stops', ['stop', 'stop', 'stop']],
    [
      'drops English stop words and keeps what is asked for',
      'What is the function of the cell’s mitochondria?',
      ['function', 'cell', 'mitochondrion'],
    ],
    [
      'reads numbers, code names and contractions as people mean them',
      "1,000 mice don't use C++ or C#",
      ['1000', 'mous', 'use', 'cplusplus', 'csharp'],
    ],
    ['finds a word typed without its accents', 'Évènement Σωκράτης', terms('Evenement Σωκρατης')],
    ['drops elision', 'l’univers d’une expérience', ['univer', 'une', 'experienc']],
    ['cuts scripts without spaces into pairs', '短期記憶', ['短期', '期記', '記憶']],
    ['cuts only what is written without spaces', 'DNAの複製', ['dna', 'の複', '複製']],
    ['keeps a single character', '光', ['光']],
    ['adds no prefixes unasked', 'Speicherkapazität', ['speicherkapazitat']],
    ['gives nothing for text without words', '?! … — ""', []],
  ])('%s', (_does, text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it('gives one and many of a word one term, and cuts Thai', () => {
    expect(new Set(terms('membranes membrane'))).toHaveProperty('size', 1);
    expect(terms('ความจำ').length).toBeGreaterThan(1);
  });

  it('adds prefixes where they are asked for', () => {
    expect(terms('Speicherkapazität', { prefixes: true })).toEqual(['speicherkapazitat', '~speic']);
  });
});

describe('forms of a word', () => {
  it.each([
    'die died dies dying',
    'lie lied lying',
    'child children',
    'mouse mice',
    'buy bought buying buys',
    'run ran running',
    'make made making makes',
    'use used using',
    'rise rose rising',
    'size sizes sized',
    'nucleus nuclei',
    'hypothesis hypotheses',
    'wolf wolves',
    'color colour colours coloured',
    'behavior behaviour behaviors',
    'honor honoured',
    'analyze analyse analysing analyzed',
    'organization organisation',
    'center centre centred',
    'kilometer kilometres',
    'travel travelled traveling',
    'install installed',
    'anemia anaemia',
    'estrogen oestrogen',
    'diarrhea diarrhoea',
    'defense defence',
    'program programme',
  ])('“%s” are one term', (forms) => {
    expect(new Set(terms(forms))).toHaveProperty('size', 1);
  });

  it.each(['care car', 'hour our', 'call calm', 'four for', 'disease decease', 'cell sell'])(
    '“%s” stay two words',
    (words) => {
      expect(new Set(words.split(' ').map(stemEnglish))).toHaveProperty('size', 2);
    },
  );

  it('counts a contraction as the function word it is', () => {
    expect(terms("Why aren't they here, and couldn’t it wait?")).toEqual(['wait']);
  });

  it('finds a name typed without its accent', () => {
    expect(terms('Lucía')).toEqual(terms('lucia'));
  });
});

describe('languages', () => {
  it('tells English documents and questions from others', () => {
    const english =
      'Memory is the set of processes that we use to store what we have learned from the world.';
    const german = 'Das Gedächtnis ist die Fähigkeit des Nervensystems, Informationen zu behalten.';
    expect([isEnglishDocument(english), isEnglishDocument(german)]).toEqual([true, false]);
    expect(isEnglishDocument('')).toBe(false);
    expect(isEnglishQuery('How long does memory last?')).toBe(true);
    expect(isEnglishQuery('Wie lange dauert das?')).toBe(false);
  });

  it('stems Arabic and Hindi', () => {
    expect(stemArabic('والكتاب')).toBe(stemArabic('كتاب'));
    expect(stemHindi('लड़कों')).toBe(stemHindi('लड़का'));
  });

  it('leaves short words and words with other letters alone', () => {
    expect(stemEnglish('gas')).toBe('gas');
    expect(stemEnglish('être')).toBe('être');
  });
});

it('hashes to the same numbers on every machine', () => {
  // Worked out by an implementation in another language. Stored weights are found by these numbers.
  expect([hash32(''), hash32('memory'), hash32('記憶')]).toEqual([2872998923, 2304008685, 1086835326]);
});

it('finds a raised or lowered digit in every way of writing it, and never as a digit of the line', () => {
  expect(terms('6.02 x 10²³')).toEqual(terms('6.02 x 10^{23}'));
  expect(terms('10²³')).not.toContain('1023');
  expect(terms('CO₂ H₂O')).toEqual(terms('CO2 H_2O'));
  expect(terms('H<sub>2</sub>O and 10<sup>23</sup>')).toEqual(terms('H2O and 10²³'));
  expect(terms('mc²')).toEqual(terms('mc^2'));
});
