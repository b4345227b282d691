import { DATE } from '../facts/blanks.ts';
import type { FigureFact, Knowledge } from '../facts/types.ts';
import { hash32 } from '../text/terms.ts';
import { CHOICES_BESIDE_ANSWER } from './distractors.ts';
import type { Draft } from './types.ts';
import { explained } from './write-terms.ts';

const NUMBER_WORDS = 'two three four five six seven eight nine ten eleven twelve'.split(' ');
const LATEST_YEAR = 2026;
const NEAR_YEARS = 60;

type Figure = { value: number; unit: string; decimals: number; hasCommas: boolean; isYear: boolean };

/** Wrong figures near the right one and written like it: other years of the notes first, then neighbours. */
function wrongFigures(answer: string, notes: string, quote: string): string[] {
  const spelled = NUMBER_WORDS.indexOf(answer.toLowerCase());
  if (spelled >= 0) return wrongWords(spelled, quote);
  if (DATE_WORDS.test(answer)) return wrongDates(answer, notes, quote);
  const match = /^([\d,]*\.?\d+)(.*)$/.exec(answer);
  if (!match?.[1]) return [];
  const figure = readFigure(match[1], match[2] ?? '');
  const allows = boundBefore(quote, answer, figure.value);
  const candidates = figure.isYear
    ? [...otherYears(figure.value, notes), ...[-9, -5, 4, 7, -13, 12].map((step) => figure.value + step)]
    : neighbours(figure, isRough(quote, answer));
  const shown = new Set<string>();
  for (const value of candidates) {
    if (value <= 0 || !allows(value) || (figure.isYear && value > LATEST_YEAR)) continue;
    if (/%|per ?cent/.test(figure.unit) && value > 100) continue;
    const text = show(value, figure);
    if (value === 1 && /\p{Ll}s$/u.test(figure.unit)) continue;
    if (text !== answer && !quote.includes(text)) shown.add(text);
  }
  return spread([...shown], answer);
}

const DATE_WORDS = new RegExp(`^${DATE.source}$`);
const SHIFTS = [-4, 3, 6, -9, 10, -2];
const SHORTEST_MONTH = 28;

/** Other dates of the notes that are written alike, then days near the right one. */
function wrongDates(answer: string, notes: string, quote: string): string[] {
  const shape = (date: string): string =>
    date.replace(/\p{L}+/u, 'M').replace(/\d+/g, (digits) => (digits.length > 2 ? 'Y' : 'D'));
  const found = [...new Set(notes.match(DATE) ?? [])].filter((date) => shape(date) === shape(answer));
  const day = Number(/\b\d{1,2}\b/.exec(answer)?.[0] ?? 0);
  const near = SHIFTS.map((shift) => day + shift)
    .filter((other) => other > 0 && other <= SHORTEST_MONTH)
    .map((other) => answer.replace(/\b\d{1,2}\b/, String(other)));
  const wrong = [...found.filter((date) => date !== answer).slice(0, 2), ...near];
  return spread(
    [...new Set(wrong)].filter((date) => !quote.includes(date)),
    answer,
  );
}

function readFigure(digits: string, unit: string): Figure {
  const value = Number(digits.replaceAll(',', ''));
  const hasCommas = digits.includes(',');
  const isYear = unit === '' && !hasCommas && value >= 1000 && value <= 2030;
  return { value, unit, decimals: digits.split('.')[1]?.length ?? 0, hasCommas, isYear };
}

function show(value: number, { unit, decimals, hasCommas }: Figure): string {
  const fixed = value.toFixed(decimals);
  return (hasCommas ? Number(fixed).toLocaleString('en-US') : fixed) + unit;
}

const before = (quote: string, answer: string): string => quote.slice(0, Math.max(0, quote.indexOf(answer)));

const isRough = (quote: string, answer: string): boolean =>
  /\b(?:about|approximately|around|roughly|nearly|almost|some|circa|an average of)\s+$/i.test(
    before(quote, answer),
  );

/** "More than 90%" is more than 70% as well: with such words only the other side of the figure is wrong. */
function boundBefore(quote: string, answer: string, value: number): (other: number) => boolean {
  const lead = before(quote, answer);
  if (
    /\b(?:more than|over|at least|greater than|exceeds?|above|older than|longer than|minimum of)\s+$/i.test(
      lead,
    )
  )
    return (other) => other > value;
  if (
    /\b(?:less than|under|at most|up to|fewer than|below|younger than|within|maximum of|no more than)\s+$/i.test(
      lead,
    )
  )
    return (other) => other < value;
  return () => true;
}

const otherYears = (year: number, notes: string): number[] =>
  [...new Set(notes.match(/\b(?:1\d{3}|20[0-2]\d)\b/g) ?? [])]
    .map(Number)
    .filter((other) => other !== year && Math.abs(other - year) <= NEAR_YEARS)
    .sort((a, b) => Math.abs(a - year) - Math.abs(b - year))
    .slice(0, 2);

function neighbours({ value, decimals, unit }: Figure, isRoughly: boolean): number[] {
  if (value < 1) return [0.5, 2, 0.25, 3, 4].map((factor) => value * factor);
  const isCount = value <= 12 && decimals === 0 && !isRoughly && !/^[%°]|per ?cent|illion/.test(unit.trim());
  if (isCount) return [-2, 1, 3, -1, 2, 4].map((step) => value + step);
  const digit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  const step = digit * (value % 5 === 0 ? 5 : 1);
  return [-0.4, 0.5, 1, -0.25, 0.3, -0.6, 1.5, 2].map((share) => {
    const raw = value * (1 + share);
    return decimals > 0 ? raw : Math.round(raw / step) * step;
  });
}

function wrongWords(at: number, quote: string): string[] {
  const near = [-2, 1, 2, -1, 3, 4]
    .map((step) => NUMBER_WORDS[at + step])
    .filter((word) => word !== undefined)
    .filter((word) => !new RegExp(`\\b${word}\\b`, 'i').test(quote));
  return spread(near, NUMBER_WORDS[at] ?? '');
}

/** Which three of them: decided by the answer, so that the right one is not always the middle one. */
function spread(candidates: string[], answer: string): string[] {
  const [first, second, third, fourth] = candidates;
  if (!first || !second || !third) return [];
  return fourth && hash32(answer) % 2 === 1 ? [first, second, fourth] : [first, second, third];
}

/** A year, a count or a measure, beside others that look like it. */
export function writeFigure(knowledge: Knowledge, fact: FigureFact): Draft[] {
  const isDate = /^Which date/.test(fact.question);
  const digits = isDate ? undefined : /\d[\d.,]*/.exec(fact.answer)?.[0];
  if (digits && new RegExp(`(?<![\\d.,])${digits.replaceAll('.', '\\.')}(?![\\d.,]*\\d)`).test(fact.question))
    return [];
  const notes = fact.kind === 'year' || isDate ? knowledge.units.map(({ clean }) => clean).join(' ') : '';
  const wrong = wrongFigures(fact.answer, notes, fact.unit.clean);
  if (wrong.length < CHOICES_BESIDE_ANSWER) return [];
  return [
    {
      kind: fact.kind,
      unit: fact.unit,
      concept: fact.about,
      question: fact.question,
      answer: fact.answer,
      distractors: wrong.map((text) => ({
        text,
        why: notes.includes(text)
          ? `The notes name this ${isDate ? 'date' : 'year'} for something else.`
          : 'A figure near the right one; the notes give another.',
      })),
      explanation: explained(fact.unit),
      difficulty: fact.kind === 'year' ? 'hard' : 'medium',
      worth: fact.weight,
    },
  ];
}
