import { describe, expect, it } from 'vitest';
import { headingSubject } from './heading-subject.ts';

describe('headingSubject', () => {
  it.each([
    ['8.1 Short-Term Memory', 'Short-Term Memory'],
    ['Chapter 8: Memory', 'Memory'],
    ['IV. The Congress of Vienna', 'The Congress of Vienna'],
    ['## Cell walls:', 'Cell walls'],
    ['Vitamins', 'Vitamins'],
    ['What is a cell?', 'What is a cell?'],
  ])('finds what “%s” is about', (heading, subject) => {
    expect(headingSubject(heading)).toBe(subject);
  });

  it.each([
    'Introduction',
    'References',
    'Review Questions',
    'Figure 3 Parts of a cell',
    'O(n) = n^2',
    'ab',
    'XVII',
    '1.2.3',
    '',
  ])('finds nothing to ask about in “%s”', (heading) => {
    expect(headingSubject(heading)).toBeNull();
  });
});
