import { writeCards } from '../cards/write-cards.ts';
import { capitalised, plainWithMath } from '../text/plain.ts';
import { sentences } from '../text/sentences.ts';
import { all, finds, rewritten, says, which } from '../words.ts';
import { choosePoints, type Material, rankPoints } from './points.ts';

export type Summary = {
  summary: string;
  keyPoints: string[];
  tasks: Task[];
  flashcards: { front: string; back: string }[];
};

const LONGEST_LEAD = 260;
const LONGEST_POINT = 220;
const MOST_POINTS = 6;
const MOST_CARDS = 6;
const MOST_TASKS = 6;
const WORDS_A_MINUTE = 180;
const WORTH_READING_AGAIN_WORDS = 250;

/** A session told in its own sentences: what it was about, its points, what is to be done, and cards. */
export function writeSummary(prompt: string): Summary {
  const material = readPrompt(prompt);
  const ranked = rankPoints(material, (said) => isTask(said, material.isTalk));
  const lead = choosePoints(
    ranked,
    Math.min(4, Math.max(1, Math.round(ranked.length / 5))),
    LONGEST_LEAD,
    [],
  );
  const flashcards = cardsOf(material);
  return {
    summary: lead.map(({ said }) => said).join(' ') || tooLittle(material),
    keyPoints: choosePoints(ranked, MOST_POINTS, LONGEST_POINT, lead).map(({ said }) => said),
    tasks: tasksFor(material, flashcards.length),
    flashcards,
  };
}

/** A cloze needs the card's own kind, which a summary cannot give; it keeps questions and terms. */
const cardsOf = ({ text }: Material): Summary['flashcards'] =>
  writeCards([{ n: 1, title: '', heading: '', text }], { topic: '', most: 2 * MOST_CARDS })
    .filter(({ metadata }) => metadata.kind === 'basic')
    .slice(0, MOST_CARDS)
    .map(({ front, back }) => ({ front, back }));

function tasksFor(material: Material, cards: number): Task[] {
  const tasks = tasksSaid(material);
  const words = material.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (cards >= 3)
    tasks.push({ title: `Review the ${cards} flashcards of this session`, etaMin: Math.max(5, cards) });
  if (words > WORTH_READING_AGAIN_WORDS) {
    const minutes = Math.max(5, Math.round(words / WORDS_A_MINUTE / 5) * 5);
    tasks.push({ title: 'Read the material of this session once more', etaMin: Math.min(45, minutes) });
  }
  return tasks.slice(0, MOST_TASKS);
}

const tooLittle = ({ text }: Material): string =>
  text
    .trim()
    .split('\n', 1)[0]
    ?.replace(/^#+\s*/, '')
    .trim()
    .slice(0, LONGEST_LEAD) || 'There was nothing to summarise.';

const LABEL = /^\s*Transcript:[ \t]*\n?/;
const NOTES = /\n\n+Notes:[ \t]*\n/;
const PASSAGE_TAG = /^[ \t]*<\/?passage\b[^\n>]*>[ \t]*$/gim;
const FEWEST_TURNS = 2;

/** Reads `Transcript:` and `Notes:` of a request. Speakers' names go: they are no part of what was said. */
function readPrompt(prompt: string): Material {
  const [spoken = '', ...notes] = prompt.replace(LABEL, '').replace(PASSAGE_TAG, '').split(NOTES);
  const isTalk = all('speaker', spoken).length >= FEWEST_TURNS;
  const talk = isTalk ? rewritten('speaker', spoken) : spoken;
  return { text: [talk, ...notes].join('\n\n').trim(), isTalk };
}

type Task = { title: string; etaMin: number };

const MOST_TASKS_SAID = 4;
const LONGEST_TASK = 200;

const isTask = (said: string, isTalk: boolean): boolean =>
  says('homework', said) || (isTalk && says('spoken-task', said));

/** What the material itself tells the student to do, with the minutes it takes. */
function tasksSaid({ text, isTalk }: Material): Task[] {
  const found: Task[] = [];
  for (const sentence of sentences(text)) {
    const said = plainWithMath(sentence.text);
    if (sentence.kind === 'heading' || said.length > LONGEST_TASK || /\?$/.test(said)) continue;
    if (!isTask(said, isTalk)) continue;
    const title = titleOf(said);
    if (title.length < 6 || found.some((task) => task.title === title)) continue;
    found.push({ title, etaMin: minutesFor(said) });
    if (found.length >= MOST_TASKS_SAID) break;
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
