import { expect, it } from 'vitest';
import { starterQuestions } from './starter-questions.ts';

it('asks about three places spread over the document, without their numbers', () => {
  const headings = ['8.1 How Memory Functions', '8.2 Parts of the Brain', '8.3 Problems with Memory'];
  const paths = [...headings, '8.4 Ways to Enhance Memory'].map((heading) => ['Memory', heading]);
  expect(starterQuestions('Psychology', paths)).toEqual([
    { subject: 'How Memory Functions', question: 'What do my notes say about How Memory Functions?' },
    { subject: 'Parts of the Brain', question: 'What are the main points of Parts of the Brain?' },
    { subject: 'Problems with Memory', question: 'What should I remember about Problems with Memory?' },
  ]);
});

it('leaves out headings that every book has, repeated ones and ones without words', () => {
  const paths = 'Contents,Preface,Exercises,Chapter 3,3.2,Quicksort,quicksort,References'.split(',');
  const asked = starterQuestions(
    'Open Data Structures',
    paths.map((path) => [path]),
  );
  expect(asked.map(({ subject }) => subject)).toEqual(['Quicksort']);
});

it('asks a heading that is a question as it stands', () => {
  expect(starterQuestions('Biology', [['What is a cell?']])[0]?.question).toBe('What is a cell?');
});

it('falls back to the title when a document has no headings', () => {
  expect(starterQuestions('penguins', [])).toHaveLength(3);
  expect(starterQuestions('penguins', [])[0]?.question).toBe('What do my notes say about penguins?');
});
