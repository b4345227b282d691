import { z } from 'zod';
import { MAX_LABEL_CHARACTERS } from './bounds.ts';
import { line } from './fields.ts';
import { COURSE_COLORS } from './sets.ts';

export { COURSE_COLORS, type CourseColor, colorOfCourse } from './sets.ts';

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
