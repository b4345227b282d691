const UNITS = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen'
).split(' ');
const TENS = new Map([
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fourty', 40],
  ['fifty', 50],
  ['sixty', 60],
  ['seventy', 70],
  ['eighty', 80],
  ['ninety', 90],
]);
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

export type Difficulty = 'easy' | 'medium' | 'hard' | 'mixed';

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
