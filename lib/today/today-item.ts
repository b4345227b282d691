import type { TodayDocument } from '../db/queries/today.ts';
import type { Translate } from '../language/text.ts';
import { paths } from '../links.ts';

export type ItemSource = { docId: string; page: number | null; title: string; heading: string | null };

/** One thing to do: what, why, how long, and where it starts. */
export type TodayItem = {
  /** Stays the same while it is the same thing to do; what "Not today" remembers. */
  key: string;
  kind: 'quiz' | 'review' | 'task' | 'keep' | 'practise' | 'reading' | 'ask' | 'mend' | 'bring' | 'rest';
  lead: string;
  title: string;
  /** The title is the student's own words, such as the name of a file. */
  titleIsNotes: boolean;
  why: string;
  minutes: number | null;
  /** Under the minutes: how much it is. */
  extent: string | null;
  source: ItemSource | null;
  start: { href: string; label: string };
  /** The reason in a few words, where it stands in a list. */
  note: string;
  document: TodayDocument | null;
  /** Other files that wait behind the one that is read. */
  others: number;
};

export const SECONDS_PER_QUESTION = 45;
const PRACTICE_QUESTIONS = 5;

export const plain = (t: Translate) =>
  ({
    lead: t('Do this now'),
    titleIsNotes: false,
    minutes: null,
    extent: null,
    source: null,
    document: null,
    others: 0,
  }) satisfies Partial<TodayItem>;

export const minutesOf = (count: number, seconds: number) => Math.max(1, Math.ceil((count * seconds) / 60));

/** How long a short quiz on something is, and where it starts. */
export const quizOn = (topic: string, t: Translate) => ({
  minutes: minutesOf(PRACTICE_QUESTIONS, SECONDS_PER_QUESTION),
  extent: t('{value, plural, one {# question} other {# questions}}', { value: PRACTICE_QUESTIONS }),
  start: {
    href: paths.asking(t('Quiz me on {topic}, {count} questions', { topic, count: PRACTICE_QUESTIONS })),
    label: t('Make the quiz'),
  },
});
