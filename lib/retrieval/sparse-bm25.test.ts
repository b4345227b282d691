import { describe, expect, it } from 'vitest';
import {
  chunkWeights,
  indexedText,
  LEXICAL_DIMENSIONS,
  lexicalQuery,
  MAX_TERM_WEIGHT,
  termId,
} from './sparse-bm25.ts';

function weightsOf(sparse: string): Map<number, number> {
  const body = sparse.match(/^\{(.*)\}\/1000000000$/)?.[1] ?? '';
  return new Map(
    body === ''
      ? []
      : body.split(',').map((pair) => {
          const [id, weight] = pair.split(':').map(Number);
          return [id ?? 0, weight ?? 0];
        }),
  );
}

describe('chunk weights', () => {
  it('are a sparse vector in ascending order within the bounds of the database', () => {
    const weights = weightsOf(chunkWeights('memory stores memories and forgets names', true));
    const ids = [...weights.keys()];
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    for (const [id, weight] of weights) {
      expect(id).toBeGreaterThan(0);
      expect(id).toBeLessThan(LEXICAL_DIMENSIONS);
      expect(weight).toBeGreaterThan(0);
      expect(weight).toBeLessThan(MAX_TERM_WEIGHT);
    }
  });

  it('give a repeated term more weight, and a longer chunk less for the same term', () => {
    const weight = (text: string) => weightsOf(chunkWeights(text, true)).get(termId('neuron')) ?? 0;
    expect(weight('neuron neuron axon')).toBeGreaterThan(weight('neuron axon soma'));
    expect(weight(`neuron ${'axon '.repeat(300)}`)).toBeLessThan(weight('neuron axon'));
  });

  it('never outgrow a database page', () => {
    const words = Array.from({ length: 3_000 }, (_, index) => `word${index}`).join(' ');
    expect(weightsOf(chunkWeights(words, true)).size).toBe(900);
  });

  it('are empty for a chunk without words', () => {
    expect(chunkWeights('— … —', true)).toBe('{}/1000000000');
  });

  it('hold the heading path beside the text', () => {
    const weights = weightsOf(
      chunkWeights(indexedText(['Storage', 'Sensory Memory'], 'It lasts a second.'), true),
    );
    expect(weights.has(termId('sensori'))).toBe(true);
  });
});

describe('the query side', () => {
  it('lists each term once with its id', () => {
    const query = lexicalQuery('What is memory and what are memories?');
    expect(query.terms).toEqual(['memori']);
    expect(query.ids).toEqual([termId('memori')]);
  });

  it('bounds a question as long as a book', () => {
    const words = Array.from({ length: 500 }, (_, index) => `word${index}`).join(' ');
    expect(lexicalQuery(words).ids).toHaveLength(64);
  });

  it('never uses the number of the chunk counter', () => {
    for (let index = 0; index < 2_000; index++) expect(termId(`term${index}`)).toBeGreaterThan(0);
  });
});
