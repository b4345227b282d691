import { z } from 'zod';
import { DAY_MS, dateIn, daysBetween, instantAfterDays } from '../../calendar/dates.ts';
import { count, share } from '../../domain/fields.ts';
import type { Evidence, Upcoming } from './evidence.ts';
import { concerns } from './focus.ts';
import { keptAfter, recallForecast, recallForecastSchema } from './recall.ts';
import { topicKey } from './topic.ts';
import { type TopicMastery, topicBreakdown } from './topics.ts';

/** Below this a forecast would be a guess with a percent sign. */
const MIN_ANSWERS = 10;
/** Nobody gets everything right on the day. */
const CEILING = 0.95;
/** What nobody reviews fades to nine tenths in a month. */
const UNREVIEWED_STABILITY_DAYS = 30;
/** An hour on a topic halves what is missing there. A rule of thumb, and the page says so. */
const MINUTES_TO_HALF = 60;
const TREND_WEEKS = 8;

export const forecastSchema = z.object({
  exam: z.object({ title: z.string(), date: z.string() }).nullable(),
  /** Over the topics that were practised, each counting the same. */
  today: share,
  /** On the day of the exam when only what is due is done; today's when there is no exam. */
  due: share,
  /** With the tasks of the plan as well; null without an exam or without tasks before it. */
  plan: share.nullable(),
  planMinutes: z.number().min(0),
  answers: count,
  /** How many of the answers are reviews of cards. */
  reviews: count,
  /** Where `today` stood at the end of each of the last weeks that had enough answers, the oldest first. */
  trend: z.array(z.object({ date: z.string(), average: share })),
  topics: z.array(
    z.object({
      topic: z.string(),
      today: share,
      examDay: share,
      /** What its cards hold on the day of the exam; null without an exam or without cards. */
      cards: recallForecastSchema.nullable(),
    }),
  ),
});
export type Forecast = z.infer<typeof forecastSchema>;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The next exam that is not past. */
export const nextExam = (upcoming: readonly Upcoming[], today: string): Upcoming | null =>
  upcoming
    .filter(({ kind, date }) => kind === 'exam' && date >= today)
    .sort((left, right) => daysBetween(right.date, left.date))[0] ?? null;

/** Minutes of the plan for each topic until the exam; tasks that name no topic are shared out evenly. */
function minutesByTopic(topics: readonly TopicMastery[], tasks: readonly Upcoming[]): Map<string, number> {
  const keys = topics.map(({ topic }) => topicKey(topic));
  const minutes = new Map(keys.map((key) => [key, 0]));
  for (const task of tasks) {
    const named = keys.filter((key) => concerns(task, key));
    const sharers = named.length > 0 ? named : keys;
    for (const key of sharers) minutes.set(key, (minutes.get(key) ?? 0) + task.minutes / sharers.length);
  }
  return minutes;
}

const answersIn = (topics: readonly TopicMastery[]) => topics.reduce((sum, { answers }) => sum + answers, 0);

/** The mean of the practised topics; null when there are too few answers to go by. */
function standing(topics: readonly TopicMastery[]): number | null {
  const practised = topics.filter(({ answers }) => answers > 0);
  return answersIn(practised) < MIN_ANSWERS ? null : mean(practised.map(({ average }) => average));
}

/** The same figure as it was week by week, worked out of what had been answered by then. */
export function trendOf(evidence: Evidence, now: Date): Forecast['trend'] {
  return Array.from({ length: TREND_WEEKS }, (_, index) => TREND_WEEKS - index).flatMap((weeksAgo) => {
    const then = new Date(now.getTime() - weeksAgo * 7 * DAY_MS);
    const isKnown = ({ atMs }: { atMs: number }) => atMs <= then.getTime();
    const known = {
      ...evidence,
      answers: evidence.answers.filter(isKnown),
      reviews: evidence.reviews.filter(isKnown),
    };
    if (known.answers.length + known.reviews.length < MIN_ANSWERS) return [];
    const average = standing(topicBreakdown(known, then));
    return average === null ? [] : [{ date: dateIn(then, evidence.timezone), average }];
  });
}

/** How today's averages are likely to stand on the day of the next exam. Null when there is too little to go by. */
export function forecastOf(topics: readonly TopicMastery[], evidence: Evidence, now: Date): Forecast | null {
  const stands = standing(topics);
  if (stands === null) return null;
  const { cards, upcoming } = evidence;
  const today = dateIn(now, evidence.timezone);
  const practised = topics.filter(({ answers }) => answers > 0);
  const exam = nextExam(upcoming, today);
  const days = exam ? daysBetween(today, exam.date) : 0;
  const cardsOf = Map.groupBy(cards, ({ topic }) => topicKey(topic ?? ''));
  const examMs = instantAfterDays(now, days, evidence.timezone).getTime();
  const tasks = exam
    ? upcoming.filter(({ kind, date }) => kind === 'task' && date >= today && date <= exam.date)
    : [];
  const minutes = minutesByTopic(practised, tasks);
  const planMinutes = tasks.reduce((sum, task) => sum + task.minutes, 0);

  const rows = practised.map(({ topic, average }) => {
    const key = topicKey(topic);
    // Reviews that are done when due hold what is known; what has no cards fades.
    const its = cardsOf.get(key) ?? [];
    const due = its.length > 0 ? average : average * keptAfter(days, UNREVIEWED_STABILITY_DAYS);
    const missing = Math.max(0, CEILING - due);
    const plan = due + missing * (1 - 0.5 ** ((minutes.get(key) ?? 0) / MINUTES_TO_HALF));
    return { topic, today: average, due, plan, cards: exam ? recallForecast(its, examMs) : null };
  });
  return {
    exam: exam ? { title: exam.title, date: exam.date } : null,
    today: stands,
    due: mean(rows.map((row) => row.due)),
    plan: planMinutes > 0 ? mean(rows.map((row) => row.plan)) : null,
    planMinutes,
    answers: answersIn(practised),
    reviews: practised.reduce((sum, { reviews }) => sum + reviews, 0),
    trend: trendOf(evidence, now),
    topics: rows.map((row) => ({
      topic: row.topic,
      today: row.today,
      examDay: planMinutes > 0 ? row.plan : row.due,
      cards: row.cards,
    })),
  };
}
