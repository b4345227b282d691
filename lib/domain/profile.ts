import { z } from 'zod';
import { DAY_MINUTES, MAX_NAME_CHARACTERS, MAX_SUBJECTS, MAX_TITLE_CHARACTERS } from './bounds.ts';
import { courseColorsSchema } from './course.ts';
import { LANGUAGES } from './language.ts';

export const LEARNING_STYLES = ['visual', 'auditory', 'kinesthetic', 'reading'] as const;
export type LearningStyle = (typeof LEARNING_STYLES)[number];

/** Who may see a student at all. */
export const VISIBILITIES = ['private', 'matches', 'everyone'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Lines a student typed: each once, none empty. */
const lines = (maxCharacters: number) =>
  z
    .array(z.string().trim().max(maxCharacters))
    .max(MAX_SUBJECTS)
    .overwrite((typed) => [...new Set(typed.filter((one) => one !== ''))]);

/** What was typed and emptied again is not said any more. */
const nameOrNothing = z
  .string()
  .trim()
  .max(MAX_NAME_CHARACTERS)
  .nullable()
  .overwrite((typed) => (typed === '' ? null : typed));

const minuteOfDay = z
  .int()
  .min(0)
  .max(DAY_MINUTES - 1);

/** Minutes since midnight on the student's own clock. From later than to runs over midnight. */
const quietHoursSchema = z
  .object({ from: minuteOfDay, to: minuteOfDay })
  .refine(({ from, to }) => from !== to, 'Quiet hours have to last.')
  .meta({ examples: [{ from: 1_320, to: 420 }] });
export type QuietHours = z.output<typeof quietHoursSchema>;

/** What a student says of themselves. Others see of it at most name, level, subjects, learning style and time zone. */
export const ownProfileSchema = z.object({
  displayName: nameOrNothing,
  gradeLevel: nameOrNothing,
  subjects: lines(MAX_NAME_CHARACTERS),
  goals: lines(MAX_TITLE_CHARACTERS),
  learningStyle: z.enum(LEARNING_STYLES).nullable(),
  timezone: z.string().max(64),
  /** Of the interface; null: the one that the browser wants. */
  language: z.enum(LANGUAGES).nullable(),
  visibility: z.enum(VISIBILITIES),
  /** When no message reaches the student; null: at any time. */
  quietHours: quietHoursSchema.nullable(),
  /** The hour of the night that a day of study ends at. */
  rolloverHour: z.int().min(0).max(12),
  courseColors: courseColorsSchema,
});
export type OwnProfile = z.output<typeof ownProfileSchema>;
