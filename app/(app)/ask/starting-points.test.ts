import { describe, expect, it } from 'vitest';
import { suggestQuestions } from './starting-points';

const heading = (docId: string, text: string) => ({ docId, heading: text });

describe('suggestQuestions', () => {
  it('asks about the subjects of several documents before a second one of the same', () => {
    expect(
      suggestQuestions([
        heading('a', '8.1 Short-Term Memory'),
        heading('a', 'Encoding'),
        heading('b', 'Chapter 11: Quicksort'),
      ]),
    ).toEqual([
      'What do my notes say about Short-Term Memory?',
      'What do my notes say about Quicksort?',
      'What do my notes say about Encoding?',
    ]);
  });

  it('leaves out headings that name no subject, and repetitions', () => {
    expect(
      suggestQuestions([
        heading('a', 'Introduction'),
        heading('a', '3.2'),
        heading('a', 'Why?'),
        heading('a', 'Mitosis'),
        heading('b', 'mitosis'),
      ]),
    ).toEqual(['What do my notes say about Mitosis?']);
    expect(suggestQuestions([])).toEqual([]);
  });
});
