import { capitalised, plainWithMath } from '../text/plain.ts';
import { sentences } from '../text/sentences.ts';
import { finds, rewritten, says, which } from '../words.ts';
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
  const order = rewritten('task-order', said).trim();
  const title = order.length >= 6 ? order : said.replace(/[.!]+$/, '');
  return capitalised(title);
}

/** Three minutes a page, four a problem, forty a chapter, an hour for an essay: what students usually take. */
function minutesFor(said: string): number {
  const range = /\bpages?\s+(\d+)\s*(?:-|–|to)\s*(\d+)/i.exec(said);
  const pages = range ? (Number(range[2]) - Number(range[1]) + 1) * 3 : 0;
  const minutes = finds('counted-work', said.replace(range?.[0] ?? '', ' ')).reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * Number(which('minutes-each', unit)),
    pages,
  );
  if (minutes > 0) return Math.min(180, Math.max(5, Math.round(minutes)));
  return /essay|report|write/i.test(said) ? 60 : /read|chapter/i.test(said) ? 30 : 20;
}
