import { describe, expect, it } from 'vitest';
import { evidenceBand, evidenceScale, evidenceScore, missingWords } from './evidence.ts';
import { capPerDocument, placesFor, queryUnits, rerank } from './rerank.ts';
import { lexicalQuery } from './sparse-bm25.ts';
import { terms } from './tokenizer.ts';

const question = 'How long does sensory memory last?';
const query = lexicalQuery(question);
const idf = query.terms.map(() => 2);
const units = queryUnits(query, idf, 50);
const candidate = (docId: string, body: string, score = 5, ...headings: string[]) => ({
  docId,
  body,
  score,
  headings,
});

describe('rerank', () => {
  it('prefers the chunk that says it in one place over one that scatters the words', () => {
    const scattered = candidate(
      'a',
      'Memory is studied. Taste is sensory. Coffee is hot. Tea is not. It can last for long.',
    );
    const together = candidate(
      'b',
      'Storage differs. Sensory memory is long gone after a second: it does not last. Coffee is hot.',
    );
    const ranked = rerank(question, query, units, [scattered, together]);
    expect(ranked[0]?.candidate.docId).toBe('b');
  });

  it('counts the heading of a chunk', () => {
    const ranked = rerank(question, query, units, [
      candidate('a', 'It is gone after a second.'),
      candidate('b', 'It is gone after a second.', 5, 'Storage', 'Sensory Memory'),
    ]);
    expect(ranked[0]?.candidate.docId).toBe('b');
  });

  it('takes no candidates and no terms', () => {
    expect(rerank(question, query, units, [])).toEqual([]);
    const empty = lexicalQuery('???');
    expect(rerank('???', empty, queryUnits(empty, [], 0), [candidate('a', 'text')])).toHaveLength(1);
  });

  it('weighs a word that stands in no chunk as the rarest', () => {
    const [known, unknown] = queryUnits(
      { terms: ['memori', 'zzz'], ids: [1, 2], prefixes: false },
      [0.5, 0],
      1_000,
    );
    expect(unknown?.weight).toBeGreaterThan(known?.weight ?? 0);
  });

  it('counts a word once when its prefix stands in the chunk', () => {
    const german = lexicalQuery('Speicherkapazität Gedächtnis');
    expect(queryUnits(german, [0, 3, 0, 2], 10)).toHaveLength(2);
  });
});

describe('the cap per document', () => {
  it('leaves room for a second document among the first five and loses nothing', () => {
    const ranked = ['a', 'a', 'a', 'a', 'a', 'a', 'b', 'a', 'c'];
    const capped = capPerDocument(
      ranked,
      (docId) => docId,
      () => 4,
    );
    expect(capped).toEqual(['a', 'a', 'a', 'a', 'b', 'a', 'a', 'a', 'c']);
  });

  it('keeps the order when there is only one document', () => {
    const capped = capPerDocument(
      [1, 2, 3, 4, 5, 6],
      () => 'a',
      () => 2,
    );
    expect(capped).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('gives a short section fewer places than a paper', () => {
    expect(placesFor(5)).toBeLessThan(placesFor(14));
  });
});

describe('evidence', () => {
  const scoreOf = (body: string, bestLexical: number) =>
    evidenceScore(units, bestLexical, rerank(question, query, units, [candidate('a', body)]));

  it('is strong for the sentence itself and nothing for another subject', () => {
    const strong = scoreOf('Sensory memory does not last long: about a second.', 12);
    const absent = scoreOf('The plant needs water and light.', 0.4);
    expect(evidenceBand(question, strong, null)).toBe('strong');
    expect(evidenceBand(question, absent, null)).toBe('none');
  });

  it('is none without any terms', () => {
    expect(evidenceScore([], 0, [])).toBe(0);
  });

  it('has a scale for each family of scripts', () => {
    expect(evidenceScale('感覚記憶はどのくらい続きますか')).toBe('han');
    expect(evidenceScale('ความจำระยะสั้นคืออะไร')).toBe('thai');
    expect(evidenceScale('Wie lange hält das Gedächtnis?')).toBe('spaced');
    expect(evidenceScale(question)).toBe('english');
  });

  it('lets a close meaning through when no word is shared', () => {
    expect(evidenceBand(question, 0, 0.45)).toBe('weak');
    expect(evidenceBand(question, 0, 0.1)).toBe('none');
  });

  it('names the asked words that stand nowhere as they were typed', () => {
    const asked = 'Is Radiotherapy remembered?';
    const { terms: queryTerms } = lexicalQuery(asked);
    expect(missingWords(asked, queryTerms, [0, 3], (word) => terms(word))).toEqual(['Radiotherapy']);
  });
});
