import type { FacetName } from '../domain/person.ts';
import type { LearningStyle } from '../domain/profile.ts';
import { mutualHelp, skillsByTopic } from './complement.ts';
import { type Grade, parseGrade } from './grade.ts';
import { folded, subjectsByKey } from './subjects.ts';
import type { Skill, Student } from './types.ts';

/** Four years apart and more is as far as it gets. */
const FAR_YEARS = 4;

/** Who works from a page, and who works by talking and doing, get along well enough. */
const KINDRED: Readonly<Record<LearningStyle, LearningStyle>> = {
  visual: 'reading',
  reading: 'visual',
  auditory: 'kinesthetic',
  kinesthetic: 'auditory',
};
const KINDRED_STYLE = 0.6;
const OTHER_STYLE = 0.3;

/** A student with everything worked out that does not depend on the other one. */
export type Prepared = {
  userId: string;
  subjects: Map<string, string>;
  style: LearningStyle | null;
  grade: Grade | null;
  gradeText: string;
  skills: Map<string, Skill>;
};

const MAX_REMEMBERED = 5_000;
const grades = new Map<string, Grade | null>();

/** Students of a school write the same few levels; each is read once. */
function gradeOf(text: string): Grade | null {
  const known = grades.get(text);
  if (known !== undefined) return known;
  if (grades.size >= MAX_REMEMBERED) grades.clear();
  const grade = parseGrade(text);
  grades.set(text, grade);
  return grade;
}

export function prepare(student: Student): Prepared {
  return {
    userId: student.userId,
    subjects: subjectsByKey(student.subjects),
    style: student.learningStyle,
    grade: student.gradeLevel === null ? null : gradeOf(student.gradeLevel),
    gradeText: student.gradeLevel ?? '',
    skills: skillsByTopic(student.skills),
  };
}

/** Each part of a score, 0–1; null where one of the two says nothing. */
export type Measures = Record<FacetName, number | null>;

/** Twice what both study over all that each does: 1 for the same list, 0 for nothing in common. */
function overlap(mine: Prepared, theirs: Prepared): number | null {
  if (mine.subjects.size === 0 || theirs.subjects.size === 0) return null;
  let shared = 0;
  for (const key of mine.subjects.keys()) if (theirs.subjects.has(key)) shared += 1;
  return (2 * shared) / (mine.subjects.size + theirs.subjects.size);
}

function styleFit(mine: Prepared, theirs: Prepared): number | null {
  if (mine.style === null || theirs.style === null) return null;
  if (mine.style === theirs.style) return 1;
  return KINDRED[mine.style] === theirs.style ? KINDRED_STYLE : OTHER_STYLE;
}

function gradeFit(mine: Prepared, theirs: Prepared): number | null {
  if (mine.grade && theirs.grade) {
    return Math.max(0, 1 - Math.abs(mine.grade.years - theirs.grade.years) / FAR_YEARS);
  }
  // A level that means nothing here still says something when both wrote the same.
  const text = folded(mine.gradeText);
  return text !== '' && text === folded(theirs.gradeText) ? 1 : null;
}

export function measure(mine: Prepared, theirs: Prepared): Measures {
  return {
    subjects: overlap(mine, theirs),
    learning_style: styleFit(mine, theirs),
    grade: gradeFit(mine, theirs),
    complementary: mutualHelp(mine.skills, theirs.skills),
  };
}

/** Whether two students have a reason to meet at all: a subject that both study. */
export function sharesSubject(mine: Prepared, theirs: Prepared): boolean {
  return (overlap(mine, theirs) ?? 0) > 0;
}
