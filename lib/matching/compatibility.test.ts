import { describe, expect, test } from 'vitest';
import { compatibility, rankPrepared, WEIGHTS } from './compatibility.ts';
import { declaredSkills } from './complement.ts';
import { prepare } from './measures.ts';
import { madeUpStudents } from './test-students.ts';
import type { Student } from './types.ts';

const nobody: Student = { userId: 'n', subjects: [], gradeLevel: null, learningStyle: null, skills: [] };
const student = (change: Partial<Student>): Student => ({ ...nobody, ...change });
const measured = (topic: string, level: number, certainty = 1) => ({
  topic,
  level,
  certainty,
  measured: true,
});
const facetOf = (a: Student, b: Student, name: string) =>
  compatibility(a, b).facets.find(({ facet }) => facet === name);

describe('the score of a pair', () => {
  const students = madeUpStudents(150, 7);

  test('is the weighted sum of its facets, and every facet lies in 0–1', () => {
    expect(Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    for (const me of students.slice(0, 40)) {
      for (const other of students) {
        const { score, facets } = compatibility(me, other);
        expect(facets.map(({ facet }) => facet)).toEqual([
          'subjects',
          'learning_style',
          'grade',
          'complementary',
        ]);
        for (const facet of facets) {
          expect(facet.score).toBeGreaterThanOrEqual(0);
          expect(facet.score).toBeLessThanOrEqual(1);
          expect(facet.weight).toBe(WEIGHTS[facet.facet]);
          expect(facet.reason).toMatch(/\.$/);
        }
        expect(score).toBeCloseTo(
          facets.reduce((sum, { score: part, weight }) => sum + part * weight, 0),
          3,
        );
      }
    }
  });

  test('is the same either way round, facet by facet', () => {
    for (const me of students) {
      for (const other of students) {
        const [there, back] = [compatibility(me, other), compatibility(other, me)];
        expect(there.score).toBe(back.score);
        expect(there.facets.map(({ score }) => score)).toEqual(back.facets.map(({ score }) => score));
        expect([...there.exchange.youExplain].sort()).toEqual([...back.exchange.theyExplain].sort());
        expect([...there.exchange.bothWeak].sort()).toEqual([...back.exchange.bothWeak].sort());
      }
    }
  });

  test('of a student and their double is full in all that can be alike, and nobody helps their double', () => {
    for (const me of students) {
      const { facets, exchange } = compatibility(me, { ...me, userId: 'double' });
      const [subjects, style, grade, complementary] = facets;
      expect(subjects?.score).toBe(me.subjects.length > 0 ? 1 : 0.5);
      expect(style?.score).toBe(me.learningStyle ? 1 : 0.5);
      expect(grade?.score).toBe(me.gradeLevel ? 1 : 0.5);
      expect(complementary?.score).toBe(complementary?.known ? 0 : 0.5);
      expect(exchange.youExplain).toEqual([]);
    }
  });

  test('of two who say nothing is neutral, and says so', () => {
    const { score, facets } = compatibility(nobody, student({ userId: 'b' }));
    expect(score).toBe(0.5);
    expect(facets.every(({ known, score: part }) => !known && part === 0.5)).toBe(true);
    expect(facets[0]?.reason).toBe(
      'Neither of you has said what you study, so this counts neither for nor against.',
    );
  });
});

describe('same subjects', () => {
  const share = (mine: string[], theirs: string[]) =>
    facetOf(student({ subjects: mine }), student({ subjects: theirs }), 'subjects')?.score;

  test.each([
    [['Psychology'], ['Intro to Psychology'], 1],
    [['PSYCHOLOGY 101'], ['psychology'], 1],
    [['Math'], ['Mathematics'], 1],
    [['Matemática'], ['matematicas'], 1],
    [['Física'], ['Fisica'], 1],
    [['Data Structures'], ['data structure'], 1],
    [['Data structures & algorithms'], ['Data Structures and Algorithms'], 1],
    [['Introduction to the Philosophy of Mind'], ['Philosophy of mind'], 1],
    [['Statistics'], ['Stats'], 1],
    [['生物学'], ['生物学'], 1],
    [['C++'], ['C#'], 0],
    [['Physics'], ['Psychology'], 0],
    [['Psychology', 'Statistics'], ['Psychology', 'Biology'], 0.5],
    [['Psychology', 'psychology'], ['Psychology'], 1],
  ])('%j and %j overlap by %f', (mine, theirs, expected) => {
    expect(share(mine, theirs)).toBe(expected);
  });

  test('name what both study', () => {
    const me = student({ subjects: ['Psychology', 'Statistics', 'Law'] });
    expect(facetOf(me, student({ subjects: ['statistics', 'psychology'] }), 'subjects')?.reason).toBe(
      'You both study Psychology and Statistics.',
    );
  });
});

describe('strong where the other is weak', () => {
  test('full help both ways is 1, in one direction alone 0.5', () => {
    const me = student({ skills: [measured('Encoding', 1), measured('Mitosis', 0.2)] });
    const other = student({ skills: [measured('encoding', 0.3), measured('mitosis', 0.9)] });
    expect(compatibility(me, other).exchange).toEqual({
      youExplain: ['Encoding'],
      theyExplain: ['Mitosis'],
      bothWeak: [],
    });
    expect(facetOf(me, other, 'complementary')?.score).toBe(1);
    const oneWay = student({ skills: [measured('encoding', 0.3)] });
    expect(facetOf(me, oneWay, 'complementary')?.score).toBe(0.5);
  });

  test('counts less the less sure it is, and not at all after one guess', () => {
    const me = student({ skills: [measured('Encoding', 1, 0.5)] });
    const other = student({ skills: [measured('Encoding', 0.2)] });
    expect(facetOf(me, other, 'complementary')?.score).toBe(0.25);
    const guess = student({ skills: [measured('Encoding', 1, 0.1)] });
    expect(facetOf(guess, other, 'complementary')).toMatchObject({ known: false, score: 0.5 });
  });

  test('takes what was measured over what was said, and says when it goes by words', () => {
    const said = declaredSkills({ strengths: ['Encoding'], weaknesses: [] });
    const other = student({ skills: declaredSkills({ strengths: [], weaknesses: ['Encoding'] }) });
    expect(facetOf(student({ skills: said }), other, 'complementary')?.reason).toBe(
      'You can explain Encoding to them, by what you both said of yourselves.',
    );
    const shown = student({ skills: [...said, measured('Encoding', 0.3)] });
    expect(compatibility(shown, other).exchange).toEqual({
      youExplain: [],
      theyExplain: [],
      bothWeak: ['Encoding'],
    });
  });
});

describe('ranking', () => {
  const ranked = (me: Student, others: readonly Student[], topK: number) =>
    rankPrepared(prepare(me), others.map(prepare), topK);

  test('gives the best first, never the student, and no more than asked', () => {
    const [me, ...others] = madeUpStudents(300, 3);
    if (!me) throw new Error('No students.');
    const best = ranked(me, [me, ...others], 10);
    expect(best).toHaveLength(10);
    expect(best.some(({ userId }) => userId === me.userId)).toBe(false);
    const scores = others.map((other) => compatibility(me, other).score).sort((a, b) => b - a);
    expect(best.map(({ score }) => score)).toEqual(scores.slice(0, 10));
    expect(ranked(me, others.toReversed(), 10)).toEqual(ranked(me, others, 10));
  });

  test('of nobody, or asked for none, is empty', () => {
    expect(ranked(nobody, [], 10)).toEqual([]);
    expect(ranked(nobody, madeUpStudents(3, 1), 0)).toEqual([]);
  });
});
