import { leavesOutDays } from './days.ts';

const NUMBERS = new Map(
  (
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen ' +
    'nineteen twenty'
  )
    .split(' ')
    .map((word, i) => [word, i + 1]),
);
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const NUMBER_WORD = new RegExp(
  String.raw`\b(?:(${TENS.join('|')})[- ](one|two|three|four|five|six|seven|eight|nine)|(${[...TENS, ...NUMBERS.keys()].join('|')}))\b`,
  'gi',
);
const numberIn = (word: string): number =>
  NUMBERS.get(word.toLowerCase()) ?? (TENS.indexOf(word.toLowerCase()) + 2) * 10;

const HOURS = '(?:hours?|hrs?|hr|h)';
const minutes = (hours: string, more = 0): string =>
  `${Math.round((/^an?$/i.test(hours) ? 1 : Number(hours.replace(',', '.'))) * 60 + more)} minutes`;

/** Number words as digits, and every length of time in minutes: "an hour and a half a day" is "90 minutes a day". */
export const inDigits = (text: string): string =>
  text
    .replace(NUMBER_WORD, (_, tens?: string, unit?: string, alone?: string) =>
      String(alone ? numberIn(alone) : numberIn(tens ?? '') + numberIn(unit ?? '')),
    )
    .replace(/\bhalf a dozen\b/gi, '6')
    .replace(/\b(?:(\d+)|an?) dozen\b/gi, (_, n?: string) => String(12 * Number(n ?? 1)))
    .replace(/\ba couple(?: of)?\b/gi, '2')
    .replace(/\ba few\b/gi, '3')
    .replace(/\bseveral\b/gi, '5')
    .replace(/\b3 quarters of an hour\b/gi, '45 minutes')
    .replace(/\b(?:a )?quarter of an hour\b/gi, '15 minutes')
    .replace(new RegExp(String.raw`\b(\d+|an?) ${HOURS} and a half\b`, 'gi'), (_, n: string) =>
      minutes(n, 30),
    )
    .replace(new RegExp(String.raw`\b(\d+) and a half ${HOURS}\b`, 'gi'), (_, n: string) => minutes(n, 30))
    .replace(/\b(?:a )?half(?: an?)?[- ]hour\b/gi, '30 minutes')
    .replace(
      new RegExp(
        String.raw`\b(\d+|an?)\s?${HOURS}\s?(?:and )?(\d{1,2})(?:\s?(?:minutes?|mins?|m))?\b(?!\s*(?:days?|weeks?|[./]\d))`,
        'gi',
      ),
      (_, n: string, more: string) => minutes(n, Number(more)),
    )
    .replace(new RegExp(String.raw`\b(\d+(?:[.,]\d+)?|an?)[\s-]?${HOURS}\b`, 'gi'), (_, n: string) =>
      minutes(n),
    )
    .replace(/\b(\d+)[\s-]?(?:minutes?|mins?|min|m)\b/gi, '$1 minutes');

const EASY = 'easy|easier|simple|simpler|basic|beginner|gentle|introductory|warm-?up|straightforward';
const MEDIUM = 'medium|moderate|intermediate|normal|average|standard';
const HARD =
  'hard|harder|hardest|difficult|tough|tougher|challenging|advanced|tricky|brutal|exam[- ]level|expert|nasty';
export const LEVEL = `${EASY}|${MEDIUM}|${HARD}|mixed|varied`;

const ADJECTIVES = `(?:(?:very |really |more |new |quick |short |good |best |top |super |multiple[- ]choice |mc |practice |practise |flash |anki |study |exam |test |review |revision |${LEVEL})[ -]?|,? ?(?:and )?)*`;

const NUMBERED = String.raw`(?<![\d./:-]|\b(?:chapter|ch|unit|week|part|module|grade|lecture|section|level|in|day) )`;
const NAMED_NUMBER =
  /\b(?:top|best|first|limit(?: of)?|up to|at most|(?:no|not) more than|maximum|max|number|n ?=|x)\s?(\d+)\b|\b(\d+) (?:is|are|will be|should be|would be) (?:enough|fine|plenty|ok|okay|good)\b/i;

const namedNumber = (text: string): string | undefined => {
  const match = NAMED_NUMBER.exec(text);
  return match?.[1] ?? match?.[2];
};

/** How many of something: "8 hard ones", "a 10-question quiz", "top 3", "quiz with twenty items". */
export function readCount(text: string, nouns: string): number | undefined {
  const plain = inDigits(text);
  const counted =
    new RegExp(String.raw`(?<![\d./:-])\b(\d+)[ -]?${ADJECTIVES}(?:${nouns})\b`, 'i').exec(plain)?.[1] ??
    new RegExp(String.raw`${NUMBERED}\b(\d{1,2}) [a-z]+ (?:${nouns})\b`, 'i').exec(plain)?.[1] ??
    namedNumber(plain);
  return counted === undefined ? undefined : Number(counted);
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

const DAY = '(?:day|night|evening|morning|week ?days?|school)';
const TIMED = new RegExp(
  String.raw`\b(\d+) minutes(?: [^.;,\d]{0,12}?)?(?:\s(?:a|per|each|every|on)|\s?\/)\s?${DAY}|\b(\d+) minutes daily`,
  'i',
);
const WEEKDAYS = '(?:week ?days?|school days|working days|workdays)';
const WEEKDAY_TIME = new RegExp(
  String.raw`\b(\d+) minutes\s(?:on |every |each |a |per |at )*${WEEKDAYS}|\b${WEEKDAYS}:?\s(\d+) minutes`,
  'i',
);
const WEEKLY =
  /\bminutes\s?(?:a|per|each|every|\/)\s?week\b|weekly(?! (?:\w+ )?(?:plan|schedule|timetable|routine|roadmap|calendar|agenda))/i;

/** "45 min a day", "an hour and a half daily", "1h30", "half an hour", "10 hours a week" over the days of that week. */
export function readMinutesPerDay(text: string, daysPerWeek?: number): number | undefined {
  const plain = inDigits(text).replace(/-/g, ' ');
  const all = [...plain.matchAll(/\b(\d+) minutes\b/g)].map((match) => match[1]);
  // Of several lengths the one that says how often it is meant wins.
  const [, one, other] =
    (leavesOutDays(plain) ? WEEKDAY_TIME.exec(plain) : null) ??
    (all.length > 1 ? TIMED.exec(plain) : null) ??
    [];
  const said = one ?? other ?? all[0];
  if (said === undefined) return undefined;
  const isWeekly = WEEKLY.test(plain) && !/(?:a|per|each|every) day|daily/i.test(plain);
  return Math.round(Number(said) / (isWeekly ? (daysPerWeek ?? 5) : 1));
}
