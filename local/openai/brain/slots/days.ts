import { clamp, NUMBER, readNumber } from './numbers.ts';

const DAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
export const DAYS =
  'sun(?:day)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday|s)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?';
const day = (pattern: string): RegExp => new RegExp(pattern, 'i');
const indexOfDay = (word: string): number =>
  DAY_NAMES.findIndex((name) => name.startsWith(word.toLowerCase().slice(0, 3)));

/** 0 is Sunday. Short forms that are also words (sun, sat, wed, mon) count only when nothing clearer is said. */
export function readDayOfWeek(text: string, now: Date): number | undefined {
  const match = day(String.raw`\b(${DAYS})s?\b`).exec(text);
  if (match?.[1] && !/^(?:sun|sat|wed|mon)$/i.test(match[1])) return indexOfDay(match[1]);
  if (/\btomorrow\b/i.test(text)) return (now.getDay() + 1) % 7;
  if (/\b(?:today|tonight|this (?:morning|afternoon|evening))\b/i.test(text)) return now.getDay();
  return match?.[1] ? indexOfDay(match[1]) : undefined;
}

export function readDaysPerWeek(text: string): number | undefined {
  const plain = text.toLowerCase();
  const stated = day(
    String.raw`\b(${NUMBER})\s?(?:days?|times?|evenings?|nights?|mornings?|sessions?|afternoons?)\s?(?:a|per|each|every|\/|in (?:a|the))\s?week`,
  ).exec(plain);
  if (stated?.[1]) return wholeDays(readNumber(stated[1]));
  if (/\bonce (?:a|per) week/.test(plain)) return 1;
  if (/\btwice (?:a|per) week/.test(plain)) return 2;
  if (/\bevery other day\b|\beach second day\b/.test(plain)) return 4;
  return daysExcepted(plain) ?? daysNamed(plain) ?? dayHabit(plain);
}

function daysExcepted(plain: string): number | undefined {
  const match = day(
    String.raw`(?:except|but not|excluding|apart from|not on|off on|free on|no studying on)\s((?:(?:on |the )?(?:${DAYS}|weekends?)s?[, ]*(?:and |or )?)+)`,
  ).exec(plain);
  if (!match?.[1]) return undefined;
  return /weekend/.test(match[1]) ? 5 : wholeDays(7 - mentions(match[1]).length);
}

function daysNamed(plain: string): number | undefined {
  if (/\bweekdays?\b|\bschool days\b|\bworking days\b|\bworkdays\b/.test(plain))
    return /\band (?:on )?weekends?\b/.test(plain) ? 7 : 5;
  const range = day(String.raw`\b(${DAYS})s?\s?(?:to|through|thru|until|till|-|–)\s?(${DAYS})s?\b`).exec(
    plain,
  );
  if (range?.[1] && range[2]) return ((indexOfDay(range[2]) - indexOfDay(range[1]) + 7) % 7) + 1;
  const isList = /\b(?:mon|tue|wed|thu|fri|sat|sun)(?:[,/ ]|\sand\s)+(?:mon|tue|wed|thu|fri|sat|sun)/.test(
    plain,
  );
  const named = new Set(
    mentions(plain)
      .filter((name) => name.length > 3 || isList)
      .map(indexOfDay),
  );
  if (named.size >= 2) return named.size;
  return day(String.raw`\b(?:on|every|each)\s(?:${DAYS})s\b`).test(plain) ? 1 : undefined;
}

function dayHabit(plain: string): number | undefined {
  if (
    /\b(?:on|at) (?:the )?weekends?\b|\bevery weekend\b|\bweekends only\b|\bonly (?:on )?weekends\b/.test(
      plain,
    )
  )
    return 2;
  if (/\bevery ?day\b|\bdaily\b|\beach day\b|\b7 days\b|\bseven days\b/.test(plain)) return 7;
  return undefined;
}

const mentions = (text: string): string[] =>
  text.match(new RegExp(String.raw`\b(?:${DAYS})s?\b`, 'gi')) ?? [];
const wholeDays = (days: number): number => clamp(Math.round(days), 1, 7);
