import { LEARNING_STYLES } from '../domain/profile.ts';
import { seeded } from '../test-random.ts';
import type { Skill, Student } from './types.ts';

const SUBJECTS = [
  'Psychology',
  'Statistics',
  'Biology',
  'Chemistry',
  'History',
  'Maths',
  'Física',
  'Law',
  'Intro to Economics',
];
const LEVELS = ['Bachelor, year 1', 'Bachelor, year 3', 'Master', 'Grade 11', 'PhD', 'somewhere', null];
const TOPICS = ['Encoding', 'Mitosis', 'Sampling', 'Regression', 'Osmosis', 'Torts'];

/** Students of every kind, also those who say nothing of themselves. */
export function madeUpStudents(count: number, seed: number): Student[] {
  const random = seeded(seed);
  const some = <Item>(items: readonly Item[], share: number) => items.filter(() => random() < share);
  const one = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
  return Array.from({ length: count }, (_, index) => ({
    userId: `student-${String(index).padStart(5, '0')}`,
    subjects: random() < 0.1 ? [] : some(SUBJECTS, 0.35),
    gradeLevel: one(LEVELS) ?? null,
    learningStyle: one([...LEARNING_STYLES, null]) ?? null,
    skills: some(TOPICS, 0.5).map(
      (topic): Skill => ({ topic, level: random(), certainty: random(), measured: random() < 0.8 }),
    ),
  }));
}
