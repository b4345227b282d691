import type { Analytics } from '@/lib/study/mastery/profile';
import { topicKey } from '@/lib/study/mastery/topic';

/** The axis begins here unless somebody stands lower. */
const USUAL_START = 0.3;
const MAX_ROWS = 24;
/** Below this certainty an average is hardly more than a guess, and the row says so. */
const UNSURE = 1 / 3;

export type ChartRow = Analytics['topicBreakdown'][number] & {
  /** On the day of the exam; null without one. */
  examDay: number | null;
  isUnsure: boolean;
};

export type ChartData = {
  rows: ChartRow[];
  /** Practised topics beyond those shown. */
  more: number;
  start: number;
  hasExam: boolean;
};

/** The rows of the chart, the best first; topics nobody has practised are not among them. */
export function chartData({
  topicBreakdown,
  forecast,
}: Pick<Analytics, 'topicBreakdown' | 'forecast'>): ChartData {
  const hasExam = forecast?.exam != null;
  const ahead = new Map(forecast?.topics.map(({ topic, examDay }) => [topicKey(topic), examDay]));
  const practised = topicBreakdown.filter(({ answers }) => answers > 0);
  const rows = practised.slice(0, MAX_ROWS).map(
    (row): ChartRow => ({
      ...row,
      examDay: hasExam ? (ahead.get(topicKey(row.topic)) ?? null) : null,
      isUnsure: row.certainty < UNSURE,
    }),
  );
  const lowest = Math.min(USUAL_START, ...rows.flatMap(({ average, examDay }) => [average, examDay ?? 1]));
  return { rows, more: practised.length - rows.length, start: Math.floor(lowest * 10) / 10, hasExam };
}

/** Where a share stands on the axis, in percent of its width. */
export const placeOn = (share: number, start: number): number =>
  Math.min(100, Math.max(0, ((share - start) / (1 - start)) * 100));
