import { expect, test } from 'vitest';
import { parseGrade } from './grade.ts';

test.each([
  ['Bachelor, year 1', 13],
  ['Bachelor year 3', 15],
  ['BSc, 2nd year', 14],
  ["Bachelor's, second year", 14],
  ['Undergraduate', 14],
  ['University, first year', 13],
  ['Licenciatura, 2.º ano', 14],
  ['L2', 14],
  ['M1', 17],
  ['Master', 17.5],
  ['MSc year 2', 18],
  ['Semester 3, Bachelor', 14],
  ['PhD', 20],
  ['Postgraduate', 17.5],
  ['Grade 11', 11],
  ['11th grade', 11],
  ['grade 9', 9],
  ['Klasse 12', 12],
  ['10', 10],
  ['Year 12', 11],
  ['Year 2', 14],
  ['Sophomore', 14],
  ['High school, senior', 12],
  ['High school', 10.5],
  ['Sixth form', 11.5],
])('%s is %f years of education', (text, years) => {
  expect(parseGrade(text)?.years).toBe(years);
});

test.each(['', 'somewhere', '大学院生?', '99', 'Year 40', '🙂'])(
  '%j says nothing that can be placed',
  (text) => {
    expect(parseGrade(text)).toBeNull();
  },
);
