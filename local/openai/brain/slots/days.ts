import { clamp, inDigits } from './minutes.ts';

const DAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Source of a pattern for one day of the week, long or short. */
export const DAYS =
  'sun(?:day)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday|s)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?';
/** `@` stands for a day in patterns. */
export const withDays = (pattern: string, flags = 'iu'): RegExp =>
  new RegExp(pattern.replaceAll('@', `(?:${DAYS})`), flags);

/** 0 is Sunday. */
const indexOfDay = (word: string): number =>
  DAY_NAMES.findIndex((name) => name.startsWith(word.toLowerCase().slice(0, 3)));
const mentions = (text: string): number[] =>
  (text.match(withDays(String.raw`\b@s?\b`, 'gi')) ?? []).map(indexOfDay);

/** "monday to friday" and "mon-thu" say how often, whatever stands before them. */
const NO_RANGE = String.raw`(?!\s?(?:to|through|thru|until|till|-|–)\s?@)`;
const JOINED = String.raw`@\b${NO_RANGE}(?:\s+(?:and|&)\s+(?:on\s)?@\b)*`;
const EXAM =
  '(?:exam(?:ination)?s?|tests?|finals?|midterms?|quiz|deadline|practicals?|orals?|papers?|presentation|defen[cs]e|interview|assessment|resits?|retakes?|mocks?|viva)';
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const THE_DATE = String.raw`(?:the\s)?(?:\d{1,2}(?:st|nd|rd|th)\b|\d{1,2}(?:\sof)?\s${MONTH}|\d{1,2}[./]\d|${MONTH}\s\d)`;

const DUE = withDays(
  [
    // "by sunday", "until next friday", but not the end of "monday until friday".
    String.raw`(?<!@s?\s)\b(?:by|before|until|till?|due)(?:\son)?(?:\s(?:the|this|next|coming))*\s${JOINED}`,
    String.raw`\b(?:this|next|this coming|coming)\s@\b${NO_RANGE}`,
    // "biology exam on friday", "finals are monday and wednesday", "exam in biochem on tuesday".
    String.raw`\b${EXAM}(?:'s)?(?:\s(?!(?:on|and|so|with|then|for)\b)[\p{L}'’]+){0,2}?(?:\s(?:in|on|about|for)(?!\s@\b)(?:\s(?!(?:on|and|so|with|then)\b)[\p{L}'’]+){1,4}?)?(?:\s(?:is|are))?(?:\s(?:on|due|this|next))*\s${JOINED}`,
    String.raw`\b(?:is|are|it's|exam's|test's)\s(?:on\s|due\s(?:on\s)?)${JOINED}`,
    // "tuesday 1 december", "monday the 30th".
    String.raw`\b@\b,?\s(?=${THE_DATE})`,
  ].join('|'),
  'giu',
);
const SECOND_DAY = withDays(String.raw`\s+(?:and|&)\s+(?:on\s)?@\b.*$`);
/** A date that follows belongs to the day: "on tuesday, 1 december". */
const DATED = new RegExp(String.raw`^,?\s?${THE_DATE}`, 'i');

/** The sentence without the days on which something is due: what is left of day names is a habit. */
const habits = (text: string): string => text.toLowerCase().replace(DUE, ' ; ');

/** Days that are due kept apart from a list of habits beside them; of several the first counts. */
export const withDueDaysApart = (text: string): string =>
  text.replace(DUE, (phrase: string, ...rest: unknown[]) => {
    const at = rest.findLast((value) => typeof value === 'number') ?? 0;
    if (DATED.test(text.slice(at + phrase.length).trimStart())) return phrase;
    return `${phrase.replace(SECOND_DAY, '')};`;
  });

/** True when more than one day is due: "finals on monday and wednesday". */
export const hasSeveralDueDays = (text: string): boolean =>
  (text.match(DUE) ?? []).some((phrase) => SECOND_DAY.test(phrase));

/** 0 is Sunday. Short forms that are also words (sun, sat, wed, mon) count only when nothing clearer is said. */
export function readDayOfWeek(text: string, now: Date): number | undefined {
  const day = withDays(String.raw`\b(@)s?\b`).exec(text)?.[1];
  if (day && !/^(?:sun|sat|wed|mon)$/i.test(day)) return indexOfDay(day);
  if (/\btomorrow\b/i.test(text)) return (now.getDay() + 1) % 7;
  if (/\b(?:today|tonight|this (?:morning|afternoon|evening))\b/i.test(text)) return now.getDay();
  return day ? indexOfDay(day) : undefined;
}

const STATED =
  /\b(\d+)\s?(?:days?|times?|evenings?|nights?|mornings?|sessions?|afternoons?)\s?(?:a|per|each|every|\/|in (?:a|the))\s?week|[,;:]\s*(?:on )?([2-6]) days\s*(?:[,.;!]|$)/;
const SPELT: readonly [RegExp, number][] = [
  [/\bonce (?:a|per) week/, 1],
  [/\btwice (?:a|per) week/, 2],
  [/\bevery other day\b|\beach second day\b/, 4],
];

export function readDaysPerWeek(text: string): number | undefined {
  const plain = habits(inDigits(text));
  const stated = STATED.exec(plain)?.slice(1).find(Boolean);
  const isDaily = /\bevery ?day\b|\bdaily\b|\beach day\b|\b7 days\b/.test(plain);
  return (
    (stated ? clamp(Number(stated), 1, 7) : undefined) ??
    SPELT.find(([words]) => words.test(plain))?.[1] ??
    readWeekdays(text)?.length ??
    (isDaily ? 7 : undefined)
  );
}

const EXCEPT = withDays(
  String.raw`(?:except|but|but not|excluding|apart from|not on|off on|free on|no studying on|no|without)\s((?:(?:on |the )?(?:@|weekends?)s?[, ]*(?:and |or )?)+)|\b((?:@s?(?:,\s| and | & ))*(?:@|weekend)s?) (?:are )?(?:off|free|excluded)\b`,
);
const WEEKDAYS = /\bweekdays?\b|\bschool days\b|\bworking days\b|\bworkdays\b/;
const WEEKENDS = /\b(?:on|at|over) (?:the )?weekends?\b|\bevery weekend\b|\bweekends\b/;
const RANGE = withDays(String.raw`\b(@)s?\s?(?:to|through|thru|until|till|-|–)\s?(@)s?\b`);
const LIST = withDays(String.raw`\b@s?(?:[,/ ]|\sand\s(?:on\s|the\s)?|\sn\s)+@`);
const HABIT = withDays(String.raw`\b@s\b|\b(?:every|each|only|only on)\s@\b|\b@ only\b`, 'gi');

/** The days themselves, 0 is Sunday, when the student names them; nothing when only a number of days is known. */
export function readWeekdays(text: string): number[] | undefined {
  const plain = habits(text);
  const all = [0, 1, 2, 3, 4, 5, 6];
  const excepted = EXCEPT.exec(plain)?.slice(1).find(Boolean);
  if (excepted) {
    const off = /weekend/.test(excepted) ? [0, 6] : mentions(excepted);
    return all.filter((index) => !off.includes(index));
  }
  if (WEEKDAYS.test(plain)) return /\band (?:on )?weekends?\b/.test(plain) ? all : [1, 2, 3, 4, 5];
  const [, from, to] = RANGE.exec(plain) ?? [];
  if (from && to) {
    const [first, last] = [indexOfDay(from), indexOfDay(to)];
    return all.filter((index) => (index - first + 7) % 7 <= (last - first + 7) % 7);
  }
  // "Mon, Wed and Fri", "on Saturdays", "every Tuesday"; one day alone only when it is said as a habit.
  const listed = new Set(LIST.test(plain) ? mentions(plain) : []);
  const named = listed.size > 1 ? listed : new Set((plain.match(HABIT) ?? []).flatMap(mentions));
  if (named.size > 0) return all.filter((index) => named.has(index));
  return WEEKENDS.test(plain) ? [0, 6] : undefined;
}

const OTHER_TIME =
  /minutes\s(?:on|every|each|at)\s(?:the\s)?(?:sat(?:urday)?|sun(?:day)?|weekend)s?\b|\b(?:sat(?:urday)?|sun(?:day)?|weekend)s?\s\d+ minutes/;

/** "2h on saturday, 30 min on weekdays": one plan has one measure of time, so the days beside the weekdays are left out. */
export function leavesOutDays(text: string): boolean {
  const plain = habits(inDigits(text));
  return WEEKDAYS.test(plain) && OTHER_TIME.test(plain);
}
