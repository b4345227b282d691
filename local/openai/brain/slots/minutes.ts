import { leavesOutDays } from './days.ts';
import { NUMBER, readNumber } from './numbers.ts';

const TIMED = String.raw`(?:${NUMBER}|half an?|hour and a)[^.;,]{0,12}?\b(?:hours?|hrs?|h|minutes?|mins?|m)\b(?: and (?:a half|${NUMBER} (?:minutes?|mins?)))?\s*(?:(?:of|for) \w+ )?(?:a|per|each|every|on|\/)\s?(?:day|night|evening|morning|weekdays?|school)|(?:${NUMBER})\s?(?:hours?|hrs?|minutes?|mins?) daily`;

const DURATION = String.raw`(?:${NUMBER}|half an?)\s?(?:hours?|hrs?|h|minutes?|mins?|m)\b(?: and (?:a half|\d+ ?(?:minutes?|mins?)))?`;
const WEEKDAYS = '(?:week ?days?|school days|working days|workdays)';
const WEEKDAY_TIME = new RegExp(
  String.raw`(${DURATION})\s(?:on |every |each |a |per |at )*${WEEKDAYS}|\b${WEEKDAYS}:?\s(${DURATION})`,
);

/** "45 min a day", "an hour and a half daily", "1h30", "half an hour", "10 hours a week" over the days of that week. */
export function readMinutesPerDay(text: string, daysPerWeek?: number): number | undefined {
  const plain = text.toLowerCase().replace(/-/g, ' ');
  const ofWeekdays = leavesOutDays(plain) ? WEEKDAY_TIME.exec(plain) : null;
  if (ofWeekdays) return readMinutesPerDay(ofWeekdays[1] ?? ofWeekdays[2] ?? '', daysPerWeek);
  const several = (plain.match(/\b(?:hours?|hrs?|minutes?|mins?)\b/g) ?? []).length > 1;
  const perDay = new RegExp(TIMED).exec(plain)?.[0];
  // Of several durations the one that says how often it is meant wins.
  if (several && perDay && perDay.length < plain.length && !/ and \d+ ?min/.test(plain))
    return readMinutesPerDay(perDay, daysPerWeek);
  const minutes = phraseMinutes(plain) ?? sumMinutes(plain);
  if (minutes === undefined) return undefined;
  const isWeekly =
    /(?:hours?|hrs?|h|minutes?|mins?)\s(?:a|per|each|every|\/)\s?week\b|weekly(?! (?:\w+ )?(?:plan|schedule|timetable|routine|roadmap|calendar|agenda))/.test(
      plain,
    ) && !/(?:a|per|each|every) day|daily/.test(plain);
  return Math.round(isWeekly ? minutes / (daysPerWeek ?? 5) : minutes);
}

function phraseMinutes(plain: string): number | undefined {
  if (/an hour and a half/.test(plain)) return 90;
  if (/three quarters of an hour/.test(plain)) return 45;
  if (/quarter of an hour/.test(plain)) return 15;
  const andAHalf = new RegExp(String.raw`\b(${NUMBER}) and a half hours?`).exec(plain)?.[1];
  if (andAHalf) return (readNumber(andAHalf) + 0.5) * 60;
  if (/half an hour/.test(plain) && !/and half an hour/.test(plain)) return 30;
  const clock = /\b(\d+)\s?h(?:ours?|rs?)?\s?(?:and )?(\d{1,2})\b(?!\s*(?:days?|weeks?))/.exec(plain);
  return clock ? Number(clock[1]) * 60 + Number(clock[2]) : undefined;
}

function sumMinutes(plain: string): number | undefined {
  const hours = new RegExp(String.raw`\b(${NUMBER})\s?(?:hours?|hrs?|h)\b(?: and a half)?`).exec(plain);
  const minutes = new RegExp(String.raw`\b(${NUMBER})\s?(?:minutes?|mins?)\b`).exec(plain);
  if (hours?.[1]) {
    const base = (readNumber(hours[1]) + (hours[0].endsWith('and a half') ? 0.5 : 0)) * 60;
    const more = new RegExp(String.raw`and\s(${NUMBER})\s?(?:minutes?|mins?)`).exec(plain)?.[1];
    return base + (more ? readNumber(more) : 0);
  }
  return minutes?.[1] ? readNumber(minutes[1]) : undefined;
}
