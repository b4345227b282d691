import { writeCards } from '../cards/write-cards.ts';
import { likeness } from '../facts/words.ts';
import { type Point, rankPoints } from './points.ts';
import { isTask, type Task, tasksSaid } from './tasks.ts';

export type Summary = {
  summary: string;
  keyPoints: string[];
  tasks: Task[];
  flashcards: { front: string; back: string }[];
};

const LONGEST_LEAD = 260;
const LONGEST_POINT = 220;
const MOST_POINTS = 6;
/** With this many, none that leans on its neighbours is added. */
const ENOUGH = 2;
const MOST_CARDS = 6;
const MOST_TASKS = 6;
const TOO_ALIKE = 0.35;
const WORDS_A_MINUTE = 180;
const WORTH_READING_AGAIN_WORDS = 250;

/** A session told in its own sentences: what it was about, its points, what is to be done, and cards. */
export function writeSummary(prompt: string): Summary {
  const material = readPrompt(prompt);
  const ranked = rankPoints(material, (said) => isTask(said, material.isTalk));
  const lead = choose(ranked, Math.min(4, Math.max(1, Math.round(ranked.length / 5))), LONGEST_LEAD, []);
  const points = choose(ranked, MOST_POINTS, LONGEST_POINT, lead);
  const flashcards = cardsOf(material);
  return {
    summary: lead.map(({ said }) => said).join(' ') || tooLittle(material),
    keyPoints: points.map(({ said }) => said),
    tasks: tasksFor(material, flashcards),
    flashcards,
  };
}

/** The best that are unlike each other, spread over the headings, in the order in which they were said. */
function choose(ranked: Point[], most: number, longest: number, taken: Point[]): Point[] {
  const headings = new Set(ranked.map(({ heading }) => heading)).size;
  const perHeading = Math.max(1, Math.ceil(most / Math.max(1, headings)));
  const chosen: Point[] = [];
  // Sentences that lean on the one before come last: out of context they say little.
  const order = [
    ...ranked.filter((point) => !point.leansOnContext),
    ...ranked.filter((point) => point.leansOnContext),
  ];
  for (const point of order) {
    if (chosen.length >= (point.leansOnContext ? Math.min(most, ENOUGH) : most)) break;
    if (point.said.length > longest) continue;
    if ([...chosen, ...taken].some((other) => likeness(other.said, point.said) > TOO_ALIKE)) continue;
    if (chosen.filter(({ heading }) => heading === point.heading).length >= perHeading) continue;
    chosen.push(point);
  }
  return chosen.sort((a, b) => a.order - b.order);
}

/** A cloze needs the card's own kind, which a summary cannot give; it keeps questions and terms. */
function cardsOf({ text }: Material): Summary['flashcards'] {
  return writeCards([{ n: 1, title: '', heading: '', text }], { topic: '', most: 2 * MOST_CARDS })
    .filter(({ metadata }) => metadata.kind === 'basic')
    .slice(0, MOST_CARDS)
    .map(({ front, back }) => ({ front, back }));
}

function tasksFor(material: Material, flashcards: Summary['flashcards']): Task[] {
  const tasks = tasksSaid(material);
  const words = material.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (flashcards.length >= 3)
    tasks.push({
      title: `Review the ${flashcards.length} flashcards of this session`,
      etaMin: Math.max(5, flashcards.length),
    });
  if (words > WORTH_READING_AGAIN_WORDS) {
    const minutes = Math.max(5, Math.round(words / WORDS_A_MINUTE / 5) * 5);
    tasks.push({ title: 'Read the material of this session once more', etaMin: Math.min(45, minutes) });
  }
  return tasks.slice(0, MOST_TASKS);
}

function tooLittle({ text }: Material): string {
  const [line = ''] = text.split('\n').filter((part) => part.trim() !== '');
  return line.trim().slice(0, LONGEST_LEAD) || 'There was nothing to summarise.';
}

/** What is to be summarised. `isTalk` is true for a conversation with speakers, false for a text. */
export type Material = { text: string; isTalk: boolean };

const LABEL = /^\s*Transcript:[ \t]*\n?/;
const NOTES = /\n\n+Notes:[ \t]*\n/;
const PASSAGE_TAG = /^[ \t]*<\/?passage\b[^\n>]*>[ \t]*$/gim;

const CLOCK = String.raw`(?:\[?\(?\d{1,2}:\d\d(?::\d\d)?\)?\]?\s*[-–]?\s*)`;
const ROLE =
  '(?:student|tutor|teacher|instructor|lecturer|user|assistant|clerva|professor|prof|speaker|host|guest|me|you|q|a)';
/** "Tutor:", "[12:30] Maya:", "Speaker 2:" at the start of a line. */
const SPEAKER = new RegExp(
  String.raw`^[ \t]*(?:${CLOCK}?(?:${ROLE}(?: ?\d)?|(?:(?:Dr|Mr|Mrs|Ms|Prof)\. )?\p{Lu}[\p{L}'’.-]{1,15}(?: \p{Lu}[\p{L}'’.-]{0,15})?)[ \t]*:[ \t]+|${CLOCK}(?=\S))`,
  'gimu',
);
const FEWEST_TURNS = 2;

/** Reads `Transcript:` and `Notes:` of a request. Speakers' names go: they are no part of what was said. */
function readPrompt(prompt: string): Material {
  const [spoken = '', ...notes] = prompt.replace(LABEL, '').replace(PASSAGE_TAG, '').split(NOTES);
  const isTalk = (spoken.match(SPEAKER)?.length ?? 0) >= FEWEST_TURNS;
  const talk = isTalk ? spoken.replace(SPEAKER, '\n') : spoken;
  return { text: [talk, ...notes].join('\n\n').trim(), isTalk };
}
