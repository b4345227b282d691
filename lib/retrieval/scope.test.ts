import { describe, expect, it, test } from 'vitest';
import { documentsNamed, meansLast, writtenOut } from './scope.ts';

const TITLES = [
  'memory.md',
  'Cell Structure',
  'psychology-ch08-memory.pdf',
  'lesson06_soil.md',
  'Osmosis',
  'IMG_2041.pdf',
];
const library = TITLES.map((title) => ({ id: title, title, course: title === 'Osmosis' ? 'Botany' : null }));
const titlesOf = ({ documents }: { documents: { title: string }[] }) => documents.map(({ title }) => title);

describe('a document that a question names', () => {
  it.each<[string, string[], string]>([
    ['what does memory.md say about rehearsal?', ['memory.md'], 'what does say about rehearsal?'],
    ['Summarise memory.md', ['memory.md'], ''],
    ['how is the wall built in Cell Structure?', ['Cell Structure'], 'how is the wall built in ?'],
    ['the main points of img_2041', ['IMG_2041.pdf'], ''],
    ['What is memory?', [], 'What is memory?'],
    ['How does osmosis work?', [], 'How does osmosis work?'],
    ['the structure of a cell', [], 'the structure of a cell'],
  ])('“%s”', (question, titles, rest) => {
    const scope = writtenOut(question, library);
    expect(titlesOf(scope)).toEqual(titles);
    expect(scope.rest).toBe(rest);
  });
});

describe('a document that a topic names', () => {
  it.each<[string, string[]]>([
    ['Osmosis', ['Osmosis']],
    ['chapter 8', ['psychology-ch08-memory.pdf']],
    ['lesson 6', ['lesson06_soil.md']],
    ['Cell structures', ['Cell Structure']],
    ['botany', ['Osmosis']],
    ['chapter 9', []],
    ['cell membranes', []],
  ])('“%s”', (topic, titles) => {
    expect(titlesOf(documentsNamed(topic, library))).toEqual(titles);
  });
});

test.each([
  'this file',
  'it',
  'Its main points',
  'the main points of this document',
  'this chapter',
  'that pdf',
])('“%s” is the document spoken of last', (topic) => {
  expect(meansLast(topic)).toBe(true);
});

test.each(['italy', 'this is osmosis', 'main points of osmosis', 'document formats', 'points'])(
  '“%s” is a subject',
  (topic) => {
    expect(meansLast(topic)).toBe(false);
  },
);
