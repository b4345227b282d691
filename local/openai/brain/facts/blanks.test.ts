import { describe, expect, it } from 'vitest';
import { learn } from './index.ts';
import type { FigureFact } from './types.ts';

const figuresOf = (text: string): FigureFact[] =>
  learn([{ n: 1, title: 'Notes', heading: 'Outbreaks', text }]).facts.filter(
    (fact): fact is FigureFact => fact.kind === 'year' || fact.kind === 'number',
  );

describe('figures of running prose', () => {
  it('leave out the day on which something happened', () => {
    const [fact] = figuresOf(
      'Chicago health authorities reported the second American case of measles on January 24, 2020.',
    );
    expect(fact).toMatchObject({
      question:
        'Which date completes the sentence? “Chicago health authorities reported the second American case of measles on _____.”',
      answer: 'January 24, 2020',
    });
  });

  it('leave out the only year or count where no question can be made', () => {
    expect(
      figuresOf('Trials of the live vaccine were carried out in 2000, but funding ended soon afterwards.'),
    ).toMatchObject([{ kind: 'year', answer: '2000' }]);
    expect(
      figuresOf('Yellow fever virus is divided into seven genotypes by a comparison of genomes.'),
    ).toMatchObject([{ kind: 'number', answer: 'seven' }]);
  });

  it.each([
    'Between 1952 and 2006 the strains were collected in eleven countries of Africa.',
    'They aligned 21 sequences of the virus, which were isolated in Asia and Africa.',
    'The remaining 21 cases were infected in Europe during the first weeks of the outbreak.',
  ])('are not asked for where the sentence leans on others or holds several: %s', (text) => {
    expect(figuresOf(text)).toEqual([]);
  });

  it('read past the number of a reference that an article sets before its sentences', () => {
    const [fact] = figuresOf(
      '6 On January 31, 2020, the Department of Health declared a public health emergency.',
    );
    expect(fact?.question).toContain('“On _____, the Department of Health declared');
  });
});
