import { expect, test } from 'vitest';
import { titleInMetadata, titleInText, titleOfFile } from '../domain/document-title';
import { sentenceCase } from './sentence-case';

test.each([
  ['MEMORY AND ENCODING', 'Memory and encoding'],
  ['HOW DNA IS COPIED', 'How DNA is copied'],
  ['PART 2: THE CELL', 'Part 2: The cell'],
  ['2 DATASET', '2 Dataset'],
  ['DNA', 'DNA'],
  ['H2O AND CO2', 'H2O AND CO2'],
  ['Memory', 'Memory'],
  ['ÜBER GRÖßEN', 'ÜBER GRÖßEN'],
  ['ПАМЯТЬ И ВНИМАНИЕ', 'Память и внимание'],
  ['', ''],
])('%s reads as %s', (heading, read) => {
  expect(sentenceCase(heading)).toBe(read);
});

test.each([
  ['openstax-psychology-ch08-memory.md', 'Openstax psychology ch08 memory'],
  ['My notes-2.pdf', 'My notes-2'],
  ['lecture_03.pptx', 'Lecture 03'],
  ['.gitignore', '.gitignore'],
])('a file %s is called %s', (file, title) => {
  expect(titleOfFile(file)).toBe(title);
});

test.each([
  ['# Psychology: **Memory**\n\nText', 'Psychology: Memory'],
  ['Intro line\n\n## 8 Memory ##\ntext', '8 Memory'],
  ['No heading at all', null],
  ['### Too deep', null],
  ['# 12', null],
  [`${'word '.repeat(200)}\n# Late`, null],
  ['# Introduction\n\nMemory is', null],
  ['# CS 229 – Machine Learning https://stanford.edu/~shervine', 'CS 229 – Machine Learning'],
])('finds what a text calls itself: %j', (text, title) => {
  expect(titleInText(text)).toBe(title);
});

test.each<[string | undefined, string | null]>([
  ['Open Data  Structures (in Java)', 'Open Data Structures (in Java)'],
  ['Microsoft Word - notes_final2.doc', null],
  ['A template of the faculty', null],
  ['untitled', null],
  ['x', null],
  [undefined, null],
])('a title beside the text counts where the first pages say it: %s', (said, title) => {
  expect(titleInMetadata(said, 'OPEN DATA STRUCTURES\n(in Java)\nby Pat Morin. Notes.')).toBe(title);
});
