import { z } from 'zod';
import { MAX_LABEL_CHARACTERS } from './bounds.ts';
import { line } from './fields.ts';

/** What a course is told apart by at a glance, beside its name. */
export const COURSE_COLORS = ['sky', 'teal', 'leaf', 'olive', 'amber', 'rust', 'rose', 'slate'] as const;
export type CourseColor = (typeof COURSE_COLORS)[number];

const MOST_COLORED = 150;
/** The colours that a student chose; a course that is not among them has one by its name. */
export const courseColorsSchema = z
  .record(line(MAX_LABEL_CHARACTERS), z.enum(COURSE_COLORS))
  .refine(
    (chosen) => Object.keys(chosen).length <= MOST_COLORED,
    'Too many courses have a colour of their own.',
  )
  .meta({ examples: [{ Biology: 'teal' }] });
export type CourseColors = z.output<typeof courseColorsSchema>;

/** The colour of a course: the one that was chosen, else always the same one of its name. */
export function colorOfCourse(course: string, chosen: CourseColors): CourseColor {
  const sum = [...course.normalize('NFKC').toLowerCase()].reduce(
    (hash, sign) => (hash * 31 + (sign.codePointAt(0) ?? 0)) % 65_521,
    7,
  );
  return chosen[course] ?? COURSE_COLORS[sum % COURSE_COLORS.length] ?? 'slate';
}
