import { all, match, says } from '../words.ts';

const NUMBER_WORDS = 'two three four five six seven eight nine ten eleven twelve'.split(' ');
const LATEST_YEAR = 2026;
const NEAR_YEARS = 60;
const SHORTEST_MONTH = 28;

/** Wrong figures near the right one and written like it: others of the notes first, then neighbours. */
export function wrongFigures(answer: string, notes: string, quote: string): string[] {
  const spelled = NUMBER_WORDS.indexOf(answer.toLowerCase());
  if (spelled >= 0)
    return [-2, 1, 2, -1, 3, 4]
      .map((step) => NUMBER_WORDS[spelled + step] ?? '')
      .filter((word) => word && !new RegExp(`\\b${word}\\b`, 'i').test(quote));
  if (match('dated-day', answer)?.[0] === answer)
    return wrongDates(answer, notes).filter((date) => !quote.includes(date));
  const [, digits, unit = ''] = /^([\d,]*\.?\d+)(.*)$/.exec(answer) ?? [];
  return digits ? wrongNumbers(digits, unit, notes, quote) : [];
}

/** Other dates of the notes that are written alike, then days near the right one. */
function wrongDates(answer: string, notes: string): string[] {
  const shape = (date: string): string =>
    date.replace(/\p{L}+/u, 'M').replace(/\d+/g, (digits) => (digits.length > 2 ? 'Y' : 'D'));
  const found = all('dated-day', notes).filter((date) => date !== answer && shape(date) === shape(answer));
  const day = Number(/\b\d{1,2}\b/.exec(answer)?.[0] ?? 0);
  const near = [-4, 3, 6, -9, 10, -2]
    .map((shift) => day + shift)
    .filter((other) => other > 0 && other <= SHORTEST_MONTH)
    .map((other) => answer.replace(/\b\d{1,2}\b/, String(other)));
  return [...new Set(found)].slice(0, 2).concat(near);
}

function wrongNumbers(digits: string, unit: string, notes: string, quote: string): string[] {
  const value = Number(digits.replaceAll(',', ''));
  const decimals = digits.split('.')[1]?.length ?? 0;
  const isYear = unit === '' && !digits.includes(',') && value >= 1000 && value <= LATEST_YEAR;
  const lead = quote.slice(0, Math.max(0, quote.indexOf(digits)));
  // "More than 90%" is more than 70% as well: with such words only the other side of the figure is wrong.
  const allows = (other: number): boolean =>
    !(says('lower-bound', lead) && other < value) && !(says('upper-bound', lead) && other > value);
  const values = isYear ? wrongYears(value, notes) : neighbours(value, decimals, unit, says('roughly', lead));
  return values.flatMap((other) => {
    const isTooMuch = (isYear && other > LATEST_YEAR) || (/%|per ?cent/.test(unit) && other > 100);
    if (other <= 0 || !allows(other) || isTooMuch || (other === 1 && /\p{Ll}s$/u.test(unit))) return [];
    const fixed = other.toFixed(decimals);
    const text = (digits.includes(',') ? Number(fixed).toLocaleString('en-US') : fixed) + unit;
    return text === digits + unit || quote.includes(text) ? [] : [text];
  });
}

const wrongYears = (year: number, notes: string): number[] => [
  ...[...new Set(notes.match(/\b(?:1\d{3}|20[0-2]\d)\b/g) ?? [])]
    .map(Number)
    .filter((other) => other !== year && Math.abs(other - year) <= NEAR_YEARS)
    .sort((a, b) => Math.abs(a - year) - Math.abs(b - year))
    .slice(0, 2),
  ...[-9, -5, 4, 7, -13, 12].map((step) => year + step),
];

function neighbours(value: number, decimals: number, unit: string, isRough: boolean): number[] {
  if (value < 1) return [0.5, 2, 0.25, 3, 4].map((factor) => value * factor);
  const isCount = value <= 12 && decimals === 0 && !isRough && !/^[%°]|per ?cent|illion/.test(unit.trim());
  if (isCount) return [-2, 1, 3, -1, 2, 4].map((step) => value + step);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1) * (value % 5 === 0 ? 5 : 1);
  return [-0.4, 0.5, 1, -0.25, 0.3, -0.6, 1.5, 2].map((share) => {
    const raw = value * (1 + share);
    return decimals > 0 ? raw : Math.round(raw / step) * step;
  });
}
