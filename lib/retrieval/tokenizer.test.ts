import { describe, expect, it } from 'vitest';
import { stemArabic, stemEnglish, stemHindi } from './stemmers.ts';
import { hash32, isEnglishDocument, isEnglishQuery, terms } from './tokenizer.ts';

describe('terms', () => {
  it('gives the forms of an English word one term', () => {
    expect(terms('studied studies studying')).toEqual(['studi', 'studi', 'studi']);
    expect(terms('stopped stopping stops')).toEqual(['stop', 'stop', 'stop']);
    expect(new Set(terms('membranes membrane'))).toHaveProperty('size', 1);
  });

  it('drops English stop words and keeps what is asked for', () => {
    expect(terms('What is the function of the cell’s mitochondria?')).toEqual([
      'function',
      'cell',
      'mitochondria',
    ]);
  });

  it('reads numbers, code names and contractions as people mean them', () => {
    expect(terms("1,000 mice don't use C++ or C#")).toEqual(['1000', 'mice', 'use', 'cplusplus', 'csharp']);
  });

  it('finds a word typed without its accents', () => {
    expect(terms('Évènement Σωκράτης')).toEqual(terms('Evenement Σωκρατης'));
  });

  it('drops elision', () => {
    expect(terms('l’univers d’une expérience')).toEqual(['univer', 'une', 'experienc']);
  });

  it('cuts scripts without spaces into pairs', () => {
    expect(terms('短期記憶')).toEqual(['短期', '期記', '記憶']);
    expect(terms('ความจำ').length).toBeGreaterThan(1);
    expect(terms('DNAの複製')).toEqual(['dna', 'の複', '複製']);
    expect(terms('光')).toEqual(['光']);
  });

  it('adds prefixes only where they are asked for', () => {
    expect(terms('Speicherkapazität', { prefixes: true })).toEqual(['speicherkapazitat', '~speic']);
    expect(terms('Speicherkapazität')).toEqual(['speicherkapazitat']);
  });

  it('gives nothing for text without words', () => {
    expect(terms('?! … — ""')).toEqual([]);
  });
});

describe('languages', () => {
  it('tells English documents and questions from others', () => {
    expect(
      isEnglishDocument(
        'Memory is the set of processes that we use to store what we have learned from the world.',
      ),
    ).toBe(true);
    expect(
      isEnglishDocument('Das Gedächtnis ist die Fähigkeit des Nervensystems, Informationen zu behalten.'),
    ).toBe(false);
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
