import { z } from 'zod';
import { count } from './fields.ts';

/** What was done on each day of the last year; a day without anything is not among them. */
export const studyDaysSchema = z.object({
  today: z.iso.date(),
  days: z.array(
    z.object({
      date: z.iso.date(),
      questions: count.describe('Questions answered.'),
      reviews: count.describe('Cards reviewed.'),
      minutes: count.describe('How long that took.'),
    }),
  ),
});
export type StudyDays = z.infer<typeof studyDaysSchema>;
