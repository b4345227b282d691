import { capitalised, plainWithMath } from '../text/plain.ts';
import { sentences } from '../text/sentences.ts';
import { says } from '../words.ts';
import type { Material } from './points.ts';

export type Task = { title: string; etaMin: number };

const MOST_TASKS = 4;
const LONGEST_TASK = 200;

export const isTask = (said: string, isTalk: boolean): boolean =>
  says('homework', said) || (isTalk && says('spoken-task', said));

/** What the material itself tells the student to do, with the minutes it takes. */
export function tasksSaid({ text, isTalk }: Material): Task[] {
  const found: Task[] = [];
  for (const sentence of sentences(text)) {
    const said = plainWithMath(sentence.text);
    if (sentence.kind === 'heading' || said.length > LONGEST_TASK || /\?$/.test(said)) continue;
    if (!isTask(said, isTalk)) continue;
    const title = titleOf(said);
    if (title.length < 6 || found.some((task) => task.title === title)) continue;
    found.push({ title, etaMin: minutesFor(said) });
    if (found.length >= MOST_TASKS) break;
  }
  return found;
}

function titleOf(said: string): string {
  const order = said
    .replace(
      /^.*?\b(?:homework|assignment|to-?do)s?\b(?: for [^:,.]{2,30}?)?\s*(?:is|are|:|-)?\s*(?:to )?/i,
      '',
    )
    .replace(/^(?:so|and|also|ok(?:ay)?|please|then|now)[,\s]+/i, '')
    .replace(/^(?:(?:you|we|i)\s*(?:should|must|need to|have to|will|'ll|’ll)\s+)/i, '')
    .replace(/^(?:remember to|don.t forget to)\s+/i, '')
    .replace(/[.!]+$/, '')
    .trim();
  const title = order.length >= 6 ? order : said.replace(/[.!]+$/, '');
  return capitalised(title);
}

const COUNTED = /(\d+)\s*(pages?|minutes?|mins?|hours?|problems?|exercises?|questions?|chapters?|cards?)\b/gi;
const MINUTES_EACH: [RegExp, number][] = [
  [/page/i, 3],
  [/hour/i, 60],
  [/min/i, 1],
  [/chapter/i, 40],
  [/./, 4],
];

/** Three minutes a page, four a problem, forty a chapter, an hour for an essay: what students usually take. */
function minutesFor(said: string): number {
  const range = /\bpages?\s+(\d+)\s*(?:-|–|to)\s*(\d+)/i.exec(said);
  const pages = range ? (Number(range[2]) - Number(range[1]) + 1) * 3 : 0;
  const counted = said.replace(range?.[0] ?? '', ' ').matchAll(COUNTED);
  const minutes = [...counted].reduce((sum, [, count, unit = '']) => {
    const each = MINUTES_EACH.find(([pattern]) => pattern.test(unit))?.[1] ?? 4;
    return sum + Number(count) * each;
  }, pages);
  if (minutes > 0) return Math.min(180, Math.max(5, Math.round(minutes)));
  return /essay|report|write/i.test(said) ? 60 : /read|chapter/i.test(said) ? 30 : 20;
}
