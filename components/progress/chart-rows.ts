import type { Analytics } from '@/lib/study/mastery/profile';
import { topicKey } from '@/lib/study/mastery/topic';

const MAX_ROWS = 24;
/** Fewer answers than this say nothing of a topic. */
export const TOO_FEW = 3;
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
  /** Topics with too few answers to be drawn, as long as others are. */
  thin: ChartRow[];
  hasExam: boolean;
};

/** The rows of the chart, the best first; topics nobody has practised are not among them. */
export function chartData({
  topicBreakdown,
  forecast,
}: Pick<Analytics, 'topicBreakdown' | 'forecast'>): ChartData {
  const hasExam = forecast?.exam != null;
  const ahead = new Map(forecast?.topics.map(({ topic, examDay }) => [topicKey(topic), examDay]));
  const practised = topicBreakdown
    .filter(({ answers }) => answers > 0)
    .map(
      (row): ChartRow => ({
        ...row,
        examDay: hasExam ? (ahead.get(topicKey(row.topic)) ?? null) : null,
        isUnsure: row.certainty < UNSURE,
      }),
    );
  const { told = [], thin = [] } = Object.groupBy(practised, ({ answers }) =>
    answers < TOO_FEW ? 'thin' : 'told',
  );
  const shown = told.length > 0 ? told : thin;
  return {
    rows: shown.slice(0, MAX_ROWS),
    more: shown.length - Math.min(shown.length, MAX_ROWS),
    thin: told.length > 0 ? thin : [],
    hasExam,
  };
}
