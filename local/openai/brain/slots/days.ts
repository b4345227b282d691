import { clamp, inDigits } from './minutes.ts';

const DAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Source of a pattern for one day of the week, long or short. */
export const DAYS =
  'sun(?:day)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday|s)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?';

/** 0 is Sunday. */
const indexOfDay = (word: string): number =>
  DAY_NAMES.findIndex((name) => name.startsWith(word.toLowerCase().slice(0, 3)));

const ONE_DAY = String.raw`(?:${DAYS})\b`;
/** "monday to friday" and "mon-thu" say how often, whatever stands before them. */
const NO_RANGE = String.raw`(?!\s?(?:to|through|thru|until|till|-|–)\s?(?:${DAYS}))`;
const DAYS_JOINED = String.raw`${ONE_DAY}${NO_RANGE}(?:\s+(?:and|&)\s+(?:on\s)?${ONE_DAY})*`;
const EXAM_WORD =
  '(?:exam(?:ination)?s?|tests?|finals?|midterms?|quiz|deadline|practicals?|orals?|papers?|presentation|defen[cs]e|interview|assessment|resits?|retakes?|mocks?|viva)';
const MONTH_NAME = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';

const WAYS = [
  // "by sunday", "until next friday", but not the end of "monday until friday".
  String.raw`(?<!(?:${DAYS})s?\s)\b(?:by|before|until|till?|due)(?:\son)?(?:\s(?:the|this|next|coming))*\s${DAYS_JOINED}`,
  String.raw`\b(?:this|next|this coming|coming)\s${ONE_DAY}${NO_RANGE}`,
  // "biology exam on friday", "finals are monday and wednesday", "exam in biochem on tuesday".
  String.raw`\b${EXAM_WORD}(?:'s)?(?:\s(?!(?:on|and|so|with|then|for)\b)[\p{L}'’]+){0,2}?(?:\s(?:in|on|about|for)(?!\s(?:${DAYS})\b)(?:\s(?!(?:on|and|so|with|then)\b)[\p{L}'’]+){1,4}?)?(?:\s(?:is|are))?(?:\s(?:on|due|this|next))*\s${DAYS_JOINED}`,
  String.raw`\b(?:is|are|it's|exam's|test's)\s(?:on\s|due\s(?:on\s)?)${DAYS_JOINED}`,
  // "tuesday 1 december", "monday the 30th".
  String.raw`\b${ONE_DAY},?\s(?=(?:the\s)?\d{1,2}(?:st|nd|rd|th)?(?:\sof)?\s${MONTH_NAME}|the\s\d{1,2}(?:st|nd|rd|th)|${MONTH_NAME}\s\d)`,
];
const DUE = new RegExp(WAYS.join('|'), 'giu');
const SECOND_DAY = new RegExp(String.raw`\s+(?:and|&)\s+(?:on\s)?(?:${DAYS})\b.*$`, 'iu');

/** A date that follows belongs to the day: "on tuesday, 1 december". */
const DATED = new RegExp(
  String.raw`^,?\s?(?:the\s)?(?:\d{1,2}(?:st|nd|rd|th)\b|\d{1,2}(?:\sof)?\s${MONTH_NAME}|\d{1,2}[./]\d|${MONTH_NAME}\s\d)`,
  'i',
);

/** The sentence without the days on which something is due: what is left of day names is a habit. */
const withoutDueDays = (text: string): string => text.replace(DUE, ' ; ');

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

const day = (pattern: string): RegExp => new RegExp(pattern, 'i');

/** 0 is Sunday. Short forms that are also words (sun, sat, wed, mon) count only when nothing clearer is said. */
export function readDayOfWeek(text: string, now: Date): number | undefined {
  const match = day(String.raw`\b(${DAYS})s?\b`).exec(text);
  if (match?.[1] && !/^(?:sun|sat|wed|mon)$/i.test(match[1])) return indexOfDay(match[1]);
  if (/\btomorrow\b/i.test(text)) return (now.getDay() + 1) % 7;
  if (/\b(?:today|tonight|this (?:morning|afternoon|evening))\b/i.test(text)) return now.getDay();
  return match?.[1] ? indexOfDay(match[1]) : undefined;
}

export function readDaysPerWeek(text: string): number | undefined {
  const plain = withoutDueDays(inDigits(text.toLowerCase()));
  const stated = day(
    String.raw`\b(\d+)\s?(?:days?|times?|evenings?|nights?|mornings?|sessions?|afternoons?)\s?(?:a|per|each|every|\/|in (?:a|the))\s?week`,
  ).exec(plain);
  if (stated?.[1]) return clamp(Number(stated[1]), 1, 7);
  if (/\bonce (?:a|per) week/.test(plain)) return 1;
  if (/\btwice (?:a|per) week/.test(plain)) return 2;
  if (/\bevery other day\b|\beach second day\b/.test(plain)) return 4;
  const alone = /[,;:]\s*(?:on )?([2-6]) days\s*(?:[,.;!]|$)/.exec(plain)?.[1];
  if (alone) return Number(alone);
  const isDaily = /\bevery ?day\b|\bdaily\b|\beach day\b|\b7 days\b|\bseven days\b/.test(plain);
  return readWeekdays(text)?.length ?? (isDaily ? 7 : undefined);
}

const EXCEPT = day(
  String.raw`(?:except|but|but not|excluding|apart from|not on|off on|free on|no studying on|no|without)\s((?:(?:on |the )?(?:${DAYS}|weekends?)s?[, ]*(?:and |or )?)+)`,
);
const DAYS_OFF = day(
  String.raw`\b((?:(?:${DAYS})s?(?:,\s| and | & ))*(?:${DAYS})s?) (?:are )?(?:off|free|excluded)\b`,
);
const WEEKENDS_OFF = /\bweekends? (?:off|free)\b/;
const WEEKDAYS = /\bweekdays?\b|\bschool days\b|\bworking days\b|\bworkdays\b/;
const RANGE = day(String.raw`\b(${DAYS})s?\s?(?:to|through|thru|until|till|-|–)\s?(${DAYS})s?\b`);
const WEEKENDS =
  /\b(?:on|at|over) (?:the )?weekends?\b|\bevery weekend\b|\bweekends only\b|\b(?:only )?(?:on )?weekends\b/;

const LIST = day(String.raw`\b(?:${DAYS})s?(?:[,/ ]|\sand\s(?:on\s|the\s)?|\sn\s)+(?:${DAYS})`);
const HABIT = new RegExp(
  String.raw`\b(${DAYS})s\b|\b(?:every|each|only|only on)\s(${DAYS})\b|\b(${DAYS}) only\b`,
  'gi',
);

/** "Mon, Wed and Fri", "on Saturdays", "every Tuesday"; one day alone only when it is said as a habit. */
function namedDays(plain: string): number[] {
  const listed = new Set(LIST.test(plain) ? mentions(plain).map(indexOfDay) : []);
  const habitual = [...plain.matchAll(HABIT)].map(([, one, other, third]) =>
    indexOfDay(one ?? other ?? third ?? ''),
  );
  return [...(listed.size >= 2 ? listed : new Set(habitual))].sort((a, b) => a - b);
}

const mentions = (text: string): string[] =>
  text.match(new RegExp(String.raw`\b(?:${DAYS})s?\b`, 'gi')) ?? [];

/** The days themselves, 0 is Sunday, when the student names them; nothing when only a number of days is known. */
export function readWeekdays(text: string): number[] | undefined {
  const plain = withoutDueDays(text.toLowerCase());
  const all = [0, 1, 2, 3, 4, 5, 6];
  const excepted = WEEKENDS_OFF.test(plain) ? 'weekend' : (EXCEPT.exec(plain) ?? DAYS_OFF.exec(plain))?.[1];
  if (excepted) {
    const off = /weekend/.test(excepted) ? [0, 6] : mentions(excepted).map(indexOfDay);
    return all.filter((index) => !off.includes(index));
  }
  if (WEEKDAYS.test(plain)) return /\band (?:on )?weekends?\b/.test(plain) ? all : [1, 2, 3, 4, 5];
  const range = RANGE.exec(plain);
  if (range?.[1] && range[2]) {
    const first = indexOfDay(range[1]);
    const length = ((indexOfDay(range[2]) - first + 7) % 7) + 1;
    return Array.from({ length }, (_, i) => (first + i) % 7).sort((a, b) => a - b);
  }
  const named = namedDays(plain);
  if (named.length > 0) return named;
  return WEEKENDS.test(plain) ? [0, 6] : undefined;
}

/** "2h on saturday, 30 min on weekdays": one plan has one measure of time, so the days beside the weekdays are left out. */
export function leavesOutDays(text: string): boolean {
  const plain = withoutDueDays(inDigits(text.toLowerCase()));
  const isOther =
    /minutes\s(?:on|every|each|at)\s(?:the\s)?(?:sat(?:urday)?|sun(?:day)?|weekend)s?\b|\b(?:sat(?:urday)?|sun(?:day)?|weekend)s?\s\d+ minutes/;
  return WEEKDAYS.test(plain) && isOther.test(plain);
}
