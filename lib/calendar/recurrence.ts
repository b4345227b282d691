import { DAY_MS } from './dates.ts';

export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;

/**
 * How often an entry repeats, in days. Written out rather than left to a general expansion: a rule from outside may
 * name a day that never comes, and looking for it would never end. Here each day is asked whether it is one, once.
 */
export type Rule = {
  frequency: (typeof FREQUENCIES)[number];
  interval: number;
  count: number | null;
  /** The last day it may fall on. */
  untilDay: number | null;
  byDay: { dow: number; ordinal: number }[];
  byMonthDay: number[];
  byMonth: number[];
  bySetPosition: number[];
  /** The day a week starts with, which decides what every second week is. */
  weekStart: number;
};

/** 1 January 1970 was a Thursday. */
const FIRST_DOW = 4;
/** Further back nobody counts occurrences: fifty years of a daily entry. */
const MOST_DAYS_COUNTED = 18_300;

export const dayNumber = (year: number, month: number, day: number) =>
  Math.floor(Date.UTC(year, month - 1, day) / DAY_MS);
export const dowOf = (day: number) => (((day + FIRST_DOW) % 7) + 7) % 7;
const partsOf = (day: number) => {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();
/** Whether a rule names a day of a month of that length, counted from either end; one that names none means any. */
const isMonthDay = ({ byMonthDay }: Rule, day: number, length: number) =>
  byMonthDay.length === 0 || byMonthDay.some((named) => named === day || length + 1 + named === day);

/** The days of a month that a rule names, by their number in it. */
function daysOfMonth(rule: Rule, startDay: number, year: number, month: number): number[] {
  const length = daysIn(year, month);
  const days: number[] = [];
  for (let day = 1; day <= length; day += 1) {
    const byMonthDay = isMonthDay(rule, day, length);
    const dow = dowOf(dayNumber(year, month, day));
    const fromStart = Math.ceil(day / 7);
    const fromEnd = -Math.ceil((length - day + 1) / 7);
    const byDay =
      rule.byDay.length === 0 ||
      rule.byDay.some(
        (named) =>
          named.dow === dow &&
          (named.ordinal === 0 || named.ordinal === fromStart || named.ordinal === fromEnd),
      );
    const isNamed = rule.byMonthDay.length + rule.byDay.length > 0;
    if (isNamed ? byMonthDay && byDay : day === partsOf(startDay).day) days.push(day);
  }
  if (rule.bySetPosition.length === 0) return days;
  return rule.bySetPosition.flatMap((position) => days.at(position > 0 ? position - 1 : position) ?? []);
}

/** Whether a rule that starts on one day falls on another, without regard to how often it may. */
function fallsOn(rule: Rule, startDay: number, day: number): boolean {
  const [start, here] = [partsOf(startDay), partsOf(day)];
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(here.month)) return false;
  if (rule.frequency === 'DAILY' || rule.frequency === 'WEEKLY') {
    const dows = rule.byDay.map(({ dow }) => dow);
    if (rule.frequency === 'DAILY') {
      return (
        (day - startDay) % rule.interval === 0 &&
        (dows.length === 0 || dows.includes(dowOf(day))) &&
        isMonthDay(rule, here.day, daysIn(here.year, here.month))
      );
    }
    const weekOf = (at: number) => Math.floor((at - ((dowOf(at) - rule.weekStart + 7) % 7)) / 7);
    return (
      (weekOf(day) - weekOf(startDay)) % rule.interval === 0 &&
      (dows.length === 0 ? dowOf(day) === dowOf(startDay) : dows.includes(dowOf(day)))
    );
  }
  if (rule.frequency === 'YEARLY') {
    const isMonth = rule.byMonth.length > 0 || here.month === start.month;
    if (!isMonth || (here.year - start.year) % rule.interval !== 0) return false;
  } else {
    const months = (here.year - start.year) * 12 + here.month - start.month;
    if (months % rule.interval !== 0) return false;
  }
  return daysOfMonth(rule, startDay, here.year, here.month).includes(here.day);
}

/**
 * The days within a stretch on which an entry falls, its own first day always among them. Each day that is asked for takes
 * one from `budget`; when it is used up nothing more is looked for, and it is below zero.
 */
export function occurrences(
  rule: Rule | null,
  startDay: number,
  within: { firstDay: number; lastDay: number },
  budget: { days: number } = { days: Number.POSITIVE_INFINITY },
): number[] {
  const isWithin = (day: number) => day >= within.firstDay && day <= within.lastDay;
  if (rule === null) return isWithin(startDay) ? [startDay] : [];
  const lastDay = Math.min(within.lastDay, rule.untilDay ?? within.lastDay);
  // Only a rule that ends after so many times has to be followed from its start.
  const from =
    rule.count === null
      ? Math.max(startDay, within.firstDay)
      : Math.max(startDay, within.firstDay - MOST_DAYS_COUNTED);
  const days: number[] = [];
  let seen = 0;
  for (let day = from; day <= lastDay; day += 1) {
    budget.days -= 1;
    if (budget.days < 0) break;
    if (day !== startDay && !fallsOn(rule, startDay, day)) continue;
    seen += 1;
    if (rule.count !== null && seen > rule.count) break;
    if (isWithin(day)) days.push(day);
  }
  return days;
}
