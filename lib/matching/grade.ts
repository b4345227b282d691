import { folded } from './subjects.ts';

/** Years of education: school 1–12, a first degree from 13, a master's from 17, a doctorate from 19. */
export type Grade = { years: number; exact: boolean };

type Stage = { name: RegExp; before: number; middle: number };

/** The highest first: "postgraduate" must not be read as a first degree, nor "bachelor's student" as a school year. */
const STAGES: readonly Stage[] = [
  { name: /\b(?:ph ?d|doctor(?:al|ate|ado)?|doutoramento|doktorat|dphil)\b/, before: 18, middle: 20 },
  {
    name: /\b(?:masters?|m ?sc|m ?eng|mba|mestrado|maestria|post ?grad(?:uate)?|graduate|grad school)\b/,
    before: 16,
    middle: 17.5,
  },
  {
    name: /\b(?:bachelors?|b ?sc|b ?eng|under ?grad(?:uate)?|licenciatura|licence|grado|college|university|uni|universidade|universitat)\b/,
    before: 12,
    middle: 14,
  },
];
const SCHOOL =
  /\b(?:high ?school|secondary|sixth form|a levels?|gymnasium|lycee|lyceum|middle school|primary|elementary)\b/;
const SCHOOL_MIDDLES: readonly [RegExp, number][] = [
  [/\b(?:sixth form|a levels?)\b/, 11.5],
  [/\b(?:primary|elementary)\b/, 3],
  [/\bmiddle school\b/, 7],
];
const HIGH_SCHOOL_YEARS = 10.5;

const AMERICAN: readonly [RegExp, number][] = [
  [/\bfreshman\b/, 1],
  [/\bsophomore\b/, 2],
  [/\bjunior\b/, 3],
  [/\bsenior\b/, 4],
];
const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const NUMBER_AFTER = /\b(?:year|yr|grade|class|klasse|ano|annee|jahr|curso|form)s? (\d{1,2})\b/;
const NUMBER_BEFORE =
  /\b(\d{1,2})(?:st|nd|rd|th|o|er|e)? ?(?:year|yr|grade|grader|class|klasse|ano|annee|jahr|curso)\b/;
const SEMESTER = /\bsemester (\d{1,2})\b|\b(\d{1,2})(?:st|nd|rd|th)? semester\b/;

function ordinalsAsDigits(text: string): string {
  return ORDINALS.reduce(
    (result, word, index) => result.replace(new RegExp(String.raw`\b${word}\b(?! form)`), `${index + 1}`),
    text,
  );
}

function yearIn(text: string): number | null {
  const semester = SEMESTER.exec(text);
  if (semester) return Math.ceil(Number(semester[1] ?? semester[2]) / 2);
  const found = NUMBER_AFTER.exec(text) ?? NUMBER_BEFORE.exec(text);
  return found ? Number(found[1]) : null;
}

const exactly = (years: number): Grade => ({ years, exact: true });
const about = (years: number): Grade => ({ years, exact: false });

/** French short names: L1 to L3, M1 and M2. */
function frenchYear(text: string): Grade | null {
  const found = /^([lm])([1-3])\b/.exec(text);
  if (!found) return null;
  return exactly((found[1] === 'l' ? 12 : 16) + Number(found[2]));
}

function schoolGrade(text: string, year: number | null): Grade {
  if (year !== null && year >= 1 && year <= 13) return exactly(year);
  const american = AMERICAN.find(([name]) => name.test(text));
  if (american) return exactly(8 + american[1]);
  return about(SCHOOL_MIDDLES.find(([name]) => name.test(text))?.[1] ?? HIGH_SCHOOL_YEARS);
}

/** How far along a student is, from what they wrote; null when it says nothing that can be placed. */
export function parseGrade(text: string): Grade | null {
  const plain = ordinalsAsDigits(folded(text));
  const french = frenchYear(plain);
  if (french) return french;
  const year = yearIn(plain);
  if (SCHOOL.test(plain)) return schoolGrade(plain, year);
  const stage = STAGES.find(({ name }) => name.test(plain));
  const american = AMERICAN.find(([name]) => name.test(plain));
  if (stage) {
    const inStage = year ?? american?.[1] ?? null;
    return inStage !== null && inStage >= 1 && inStage <= 8
      ? exactly(stage.before + inStage)
      : about(stage.middle);
  }
  if (american) return exactly(12 + american[1]);
  if (/\b(?:grade|grader|class|klasse)\b/.test(plain) && year !== null) return schoolGrade(plain, year);
  // Seven and more years are counted at school only; "year 2" alone is how students name a year of a degree.
  if (year !== null && year >= 1 && year <= 13) return exactly(year >= 7 ? year - 1 : 12 + year);
  const bare = /^\d{1,2}$/.exec(plain);
  return bare && Number(bare[0]) >= 1 && Number(bare[0]) <= 13 ? exactly(Number(bare[0])) : null;
}
