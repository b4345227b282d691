import { leavesOutDays } from './days.ts';

const ONES =
  '|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const TENS = '||twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const NUMBER_WORD = new RegExp(
  String.raw`\b(?:(${TENS.slice(2)})(?:[- ](${ONES.slice(1)}))?|(${ONES.slice(1)}))\b`,
  'gi',
);
const placeIn = (words: string, word = ''): number => words.split('|').indexOf(word.toLowerCase());

const HOURS = '(?:hours?|hrs?|hr|h)';
const minutes = (hours: string, more = 0): string =>
  `${Math.round((/^an?$/i.test(hours) ? 1 : Number(hours.replace(',', '.'))) * 60 + more)} minutes`;

/** Number words as digits, and every length of time in minutes: "an hour and a half a day" is "90 minutes a day". */
export const inDigits = (text: string): string =>
  text
    .replace(NUMBER_WORD, (_, tens?: string, unit?: string, alone?: string) =>
      String(tens ? 10 * placeIn(TENS, tens) + placeIn(ONES, unit) : placeIn(ONES, alone)),
    )
    .replace(/\bhalf a dozen\b/gi, '6')
    .replace(/\b(?:(\d+)|an?) dozen\b/gi, (_, n?: string) => String(12 * Number(n ?? 1)))
    .replace(/\ba couple(?: of)?\b/gi, '2')
    .replace(/\ba few\b/gi, '3')
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
const LEVEL = `${EASY}|${MEDIUM}|${HARD}|mixed|varied`;

const ADJECTIVES = `(?:(?:very |really |more |new |quick |short |good |best |top |super |multiple[- ]choice |mc |practice |practise |flash |anki |study |exam |test |review |revision |${LEVEL})[ -]?|,? ?(?:and )?)*`;

const NUMBERED = String.raw`(?<![\d./:-]|\b(?:chapter|ch|unit|week|part|module|grade|lecture|section|level|in|day) )`;
const NAMED_NUMBER =
  /\b(?:top|best|first|limit(?: of)?|up to|at most|(?:no|not) more than|maximum|max|number|n ?=|x|give me(?= \d+\W*$))\s?(\d+)\b|\b(\d+) (?:is|are|will be|should be|would be) (?:enough|fine|plenty|ok|okay|good)\b/i;

/** How many of something, between one and so many: "8 hard ones", "a 10-question quiz", "top 3", "quiz with twenty items". */
export function readCountWithin(text: string, nouns: string, most: number): number | undefined {
  const plain = inDigits(text);
  const [, counted, other] =
    new RegExp(String.raw`(?<![\d./:-])\b(\d+)[ -]?${ADJECTIVES}(?:${nouns})\b`, 'i').exec(plain) ??
    new RegExp(String.raw`${NUMBERED}\b(\d{1,2}) [a-z]+ (?:${nouns})\b`, 'i').exec(plain) ??
    NAMED_NUMBER.exec(plain) ??
    [];
  const count = counted ?? other;
  return count === undefined ? undefined : clamp(Number(count), 1, most);
}

/** Terms of a subject that only sound like a level. */
const NOT_A_LEVEL =
  /\bhard (?:drive|disk|copy|time|water|power)|easy(?:jet| bake)|simple (?:harmonic|interest|machine|sugar|tense|past|present)|basic (?:income|law)|normal (?:force|distribution|forms?)|standard (?:deviations?|model)|advanced placement|average (?:velocity|speed|cost)/g;

const LEVELS = { easy: EASY, medium: MEDIUM, hard: HARD };
const MIXED =
  /\bmix(?:ed)?\b|\bvaried\b|\ball (?:levels|difficulties)\b|\b(?:easy|easier) (?:and|to) (?:hard|difficult)|\bdifferent (?:levels|difficult\w+)/;

export function readDifficulty(text: string): 'easy' | 'medium' | 'hard' | 'mixed' | undefined {
  const plain = text.toLowerCase().replace(NOT_A_LEVEL, ' ');
  const says = (level: string): boolean => new RegExp(String.raw`\b(?:${level})\b`).test(plain);
  const denies = (level: string): boolean =>
    says(`(?:not|nothing|isn'?t)\\s(?:too |so |that |very )?(?:${level})`);
  if (MIXED.test(plain)) return 'mixed';
  if (denies(HARD)) return 'medium';
  if (denies(EASY)) return 'hard';
  const [level, other] = (['easy', 'medium', 'hard'] as const).filter((name) => says(LEVELS[name]));
  return other ? 'mixed' : level;
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
