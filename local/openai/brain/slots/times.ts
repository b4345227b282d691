import { DAYS } from './day-names.ts';
import { NUMBER } from './numbers.ts';

/** Stands where a time stood. No student types it, and a goal ends at it. */
export const TIME = '¦';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const ORDINAL = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const DATE = String.raw`(?:${ORDINAL}(?:\sof)?\s${MONTH}\b|${MONTH}\s(?:the\s)?${ORDINAL}\b|${MONTH}\b(?=\W*$|[,.;])|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\.?(?!\d)|\d{4}-\d\d-\d\d|the\s\d{1,2}(?:st|nd|rd|th)\b)(?:,?\s20\d\d)?`;
const LONG_DAY = '(?:sunday|monday|tues(?:day)?|wednesday|thurs(?:day)?|friday|saturday)';
const ANY_DAY = `(?:${DAYS})s?`;
const DAY_JOIN = String.raw`\s?(?:,\s?(?:and\s)?(?:on\s)?|\/|&|\sand\s(?:on\s)?|\sor\s|\sto\s|\sthrough\s|\suntil\s|[-–]|\s)\s?`;
const WEEK_PARTS = '(?:weekdays?|weekends?|school days|work(?:ing )?days)';
const SINCE = String.raw`(?:\b(?:(?:i|we) (?:have|can|got)|from|only|just|on|at|during|every|each|except|but not|not|excluding|apart from|due|by|before|until|till?|for|over|in|within|this|next|coming|the|is|are|starting|starts?|max|maximum|about|around|roughly|up to)\s)*`;
const SPAN = '(?:hours?|hrs?|hr|h|minutes?|mins?|min)';
const EVERY = String.raw`(?:a|an|per|each|every|in the|on|at|after|\/)\s?(?:day|night|evening|morning|afternoon|week|weekday|weekend|school|session)s?`;

/** Phrases of habit say nothing about where a list of goals ends; phrases of date and length end it. */
const HABITS = [
  String.raw`\b(?:only |from |on |every |each |except |but not |not on |excluding |apart from )*(?:on )?(?:the )?(?:${ANY_DAY}(?:${DAY_JOIN}${ANY_DAY})+|${LONG_DAY}s)\b(?: (?:only|off|free))?`,
  String.raw`\b(?:only |on |at |over |every |each |except |but not )*(?:the )?${WEEK_PARTS}\b(?: (?:only|off|free))?`,
  String.raw`\b(?:every ?day|daily|every other day|each day|on school days)\b`,
];
const TIMES = [
  String.raw`${SINCE}\b(?:${NUMBER}|half an?|\d+(?:[.,]\d+)?)[\s-]?(?:and a half )?${SPAN}\b(?:\s(?:and )?(?:a half|\d{1,2}(?: ?(?:minutes?|mins?|min))?)(?=[\s,.]|$))?(?:\s?${EVERY})?`,
  String.raw`\b(?:an hour and a half|half an hour|\d+h\d*)\b(?:\s?${EVERY})?`,
  String.raw`\b(?:${NUMBER}|once|twice)[\s-]?(?:days?|times?|evenings?|nights?|mornings?|afternoons?|sessions?)?\s?(?:a|per|each|every|\/)\s?week\b`,
  String.raw`\b(?:every|each|in the|per|at)\s(?:night|evening|morning|afternoon|weekday)s?\b`,
  String.raw`${SINCE}(?:\b(?:${DAYS}),?\s)?(?:\bthe\s)?(?<![\p{L}\d])${DATE}`,
  String.raw`\b(?:in|by|before|until|till|this|next|for|around|mid|the middle of|end of|early|late|of)\s(?:early |late |mid[- ]?|the )*${MONTH}\b`,
  String.raw`${SINCE}\b(?:the )?(?:${LONG_DAY}|(?<=(?:on|by|next|this|until|till|before|is) )(?:${DAYS}))\b`,
  String.raw`\b(?:in|for|over|within|during)\s(?:the )?(?:next |coming |last )?(?:${NUMBER}|fortnight)\s?(?:days?|weeks?|months?|years?)?(?: time)?\b(?<=days?|weeks?|months?|years?|time|fortnight)`,
  String.raw`\b(?:the )?(?:next|coming|this|last) (?:${NUMBER} )?(?:days?|weeks?|months?|weekend|semester|term)\b`,
  String.raw`\b(?:${NUMBER})[\s-](?:days?|weeks?|months?)\b(?: (?:left|to go|until|before))?`,
  String.raw`${SINCE}\b(?:tomorrow|tonight|today|next year|christmas|new year(?:'?s)?(?: eve)?|easter)(?:'s)?\b`,
  String.raw`${SINCE}\b(?:the )?(?:end|middle|beginning) of (?:the |this |next )?(?:week|month|year|semester|term|${MONTH})\b`,
  String.raw`\b(?:no|without a|without any) deadline\b`,
];
const HABIT = new RegExp(HABITS.join('|'), 'giu');
const PHRASE = new RegExp(TIMES.join('|'), 'giu');

/** What is said apart from when: every phrase of time is gone, with a mark where a date or a length of time stood. */
export const withoutTimes = (text: string): string =>
  text
    .replace(HABIT, ' ')
    .replace(PHRASE, ` ${TIME} `)
    .replace(/\s+(?=[,.;:!?])/g, '')
    .replace(/\(\s*¦\s*\)/g, ` ${TIME} `)
    .replace(/\s{2,}/g, ' ')
    .trim();
