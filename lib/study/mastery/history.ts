import { dateIn, mondayOf } from '../../calendar/dates.ts';
import type { Evidence } from './evidence.ts';

const WEEKS = 26;
const AGAIN = 1;
const REVIEW_STATE = 2;

export type HistoryWeek = { weekOf: string; average: number; answers: number };

/** The share that was right, week by week, the oldest first. A week without practice has no row: it says nothing. */
export function historyOf({
  answers,
  reviews,
  timezone,
}: Pick<Evidence, 'answers' | 'reviews' | 'timezone'>): HistoryWeek[] {
  const weeks = new Map<string, { right: number; total: number }>();
  const count = (atMs: number, right: boolean) => {
    const week = mondayOf(dateIn(atMs, timezone));
    const known = weeks.get(week) ?? { right: 0, total: 0 };
    weeks.set(week, { right: known.right + (right ? 1 : 0), total: known.total + 1 });
  };
  for (const { skipped, correct, atMs } of answers) if (!skipped) count(atMs, correct);
  // A card seen twice in one sitting is nearly always right, and would flatter the week.
  for (const { state, rating, atMs } of reviews) if (state === REVIEW_STATE) count(atMs, rating > AGAIN);
  return [...weeks]
    .map(([week, { right, total }]) => ({ weekOf: week, average: right / total, answers: total }))
    .sort((left, right) => (left.weekOf < right.weekOf ? -1 : 1))
    .slice(-WEEKS);
}
