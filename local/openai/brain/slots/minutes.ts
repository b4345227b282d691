import { leavesOutDays } from './days.ts';

const UNITS = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen'
).split(' ');
const TENS = new Map(
  'twenty thirty forty fourty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, i) => [word, (i < 3 ? i + 2 : i + 1) * 10]),
);
const PHRASES = new Map([
  ['half a', 0.5],
  ['half an', 0.5],
  ['a couple', 2],
  ['a few', 3],
  ['several', 5],
  ['a dozen', 12],
  ['half a dozen', 6],
  ['a', 1],
  ['an', 1],
]);

/** Source of a pattern for number words; longer words first, so that "sixteen" is not read as "six". */
export const NUMBER_WORD = `(?:${[...TENS.keys()].join('|')})(?:[- ](?:${UNITS.slice(1, 10).join('|')}))?|${[...UNITS].reverse().join('|')}`;
export const NUMBER = String.raw`(?:\d+(?:[.,]\d+)?|${NUMBER_WORD}|half a dozen|half an?|a couple(?: of)?|a few|several|a dozen|an?)`;

/** "12", "twenty-five", "a dozen", "half an"; NaN for anything else. */
export function readNumber(text: string): number {
  const words = text.toLowerCase().replace(/ of$/, '').trim();
  if (/^\d/.test(words)) return Number(words.replace(',', '.'));
  const phrase = PHRASES.get(words);
  if (phrase !== undefined) return phrase;
  const [first = '', second = ''] = words.split(/[- ]/);
  const value = TENS.get(first) ?? UNITS.indexOf(first);
  if (value < 0) return Number.NaN;
  return value + Math.max(0, UNITS.indexOf(second));
}

const EASY = 'easy|easier|simple|simpler|basic|beginner|gentle|introductory|warm-?up|straightforward';
const MEDIUM = 'medium|moderate|intermediate|normal|average|standard';
const HARD =
  'hard|harder|hardest|difficult|tough|tougher|challenging|advanced|tricky|brutal|exam[- ]level|expert|nasty';
export const LEVEL = `${EASY}|${MEDIUM}|${HARD}|mixed|varied`;

const ADJECTIVES = `(?:(?:very |really |more |new |quick |short |good |best |top |super |multiple[- ]choice |mc |practice |practise |flash |anki |study |exam |test |review |revision |${LEVEL})[ -]?|,? ?(?:and )?)*`;

const NUMBERED = String.raw`(?<![\d./:-]|\b(?:chapter|ch|unit|week|part|module|grade|lecture|section|level|in|day) )`;
const NAMED_NUMBER =
  /\b(?:top|best|first|limit(?: of)?|up to|at most|number|n ?=|x)\s?(\d+)\b|\b(\d+) (?:is|are|will be|should be|would be) (?:enough|fine|plenty|ok|okay|good)\b/i;

const namedNumber = (text: string): string | undefined => {
  const match = NAMED_NUMBER.exec(text);
  return match?.[1] ?? match?.[2];
};

/** How many of something: "8 hard ones", "a 10-question quiz", "top 3", "quiz with twenty items". */
export function readCount(text: string, nouns: string): number | undefined {
  const ways = [
    String.raw`(?<![\d./:-])\b(${NUMBER})[ -]?${ADJECTIVES}(?:${nouns})\b`,
    String.raw`${NUMBERED}\b(\d{1,2}|${NUMBER_WORD}) [a-z]+ (?:${nouns})\b`,
  ];
  const said = ways.flatMap((way) =>
    [...text.matchAll(new RegExp(way, 'gi'))].map((match) => match[1] ?? ''),
  );
  // "a quiz" counts nothing.
  const counted = said.find((number) => !/^an?$/i.test(number)) ?? namedNumber(text);
  if (counted === undefined) return undefined;
  const count = Math.round(readNumber(counted));
  return Number.isFinite(count) && count >= 0 ? count : undefined;
}

type Difficulty = 'easy' | 'medium' | 'hard' | 'mixed';

/** Terms of a subject that only sound like a level. */
const NOT_A_LEVEL =
  /\bhard (?:drive|disk|copy|time|water|power)|easy(?:jet| bake)|simple (?:harmonic|interest|machine|sugar|tense|past|present)|basic (?:income|law)|normal (?:force|distribution|forms?)|standard (?:deviations?|model)|advanced placement|average (?:velocity|speed|cost)/g;

export function readDifficulty(text: string): Difficulty | undefined {
  const plain = text.toLowerCase().replace(NOT_A_LEVEL, ' ');
  if (
    /\bmix(?:ed)?\b|\bvaried\b|\ball (?:levels|difficulties)\b|\b(?:easy|easier) (?:and|to) (?:hard|difficult)|\bdifferent (?:levels|difficult\w+)/.test(
      plain,
    )
  )
    return 'mixed';
  const says = (level: string): boolean => new RegExp(String.raw`\b(?:${level})\b`).test(plain);
  const denies = (level: string): boolean =>
    new RegExp(String.raw`\b(?:not|nothing|isn'?t)\s(?:too |so |that |very )?(?:${level})\b`).test(plain);
  if (denies(HARD)) return 'medium';
  if (denies(EASY)) return 'hard';
  const levels: [Difficulty, string][] = [
    ['easy', EASY],
    ['medium', MEDIUM],
    ['hard', HARD],
  ];
  const named = levels.filter(([, words]) => says(words));
  return named.length > 1 ? 'mixed' : named[0]?.[0];
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, value));

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
