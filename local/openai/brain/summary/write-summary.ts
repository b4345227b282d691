import type { Passage } from '../answer/passages.ts';
import { writeCards } from '../cards/write-cards.ts';
import { isFitText, standsAlone } from '../facts/clause.ts';
import { languageOf, untied } from '../facts/units.ts';
import { likeness } from '../facts/words.ts';
import { isOurs } from '../phrases.ts';
import { capitalised, plain, plainWithMath, withoutMath } from '../text/plain.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import { terms } from '../text/terms.ts';
import { all, finds, rewritten, says, which } from '../words.ts';

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
  if (cards >= 3)
    tasks.push({ title: `Review the ${cards} flashcards of this session`, etaMin: Math.max(5, cards) });
  return tasks.slice(0, MOST_TASKS);
}

function tooLittle({ text }: Material): string {
  const [line = ''] = text.trim().split('\n', 1);
  return (
    line
      .replace(/^#+\s*/, '')
      .trim()
      .slice(0, LONGEST_LEAD) || 'There was nothing to summarise.'
  );
}

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

/** What is to be summarised. `isTalk` is true for a conversation with speakers, false for a text. */
export type Material = { text: string; isTalk: boolean };
/** A sentence that may stand in a summary: `said` is what is shown, taken word for word from the material. */
type Point = { said: string; heading: string; order: number; score: number };

const SHORTEST_WORDS = 7;
const LONGEST = 320;

/** Sentences of the material worth keeping, best first. */
export function rankPoints({ text, isTalk }: Material, isTask: (said: string) => boolean): Point[] {
  const isEnglish = languageOf(text) === 'en';
  const all = sentences(text);
  const usable = all
    .filter(({ kind }) => kind === 'prose' || kind === 'item')
    .filter((sentence) => isTalk || /^["“(*_]*[\p{Lu}\p{N}\p{Lo}$]/u.test(sentence.text))
    .filter((sentence) => !says('reference', sentence.text))
    .map((sentence, order) => ({ sentence, order, said: readable(sentence) }))
    .filter(({ said }) => isUsable(said, isTalk, isEnglish) && !isTask(said));
  const importance = importanceIn(usable.map(({ said }) => said));
  const headingWords = new Set(
    all.filter(({ kind }) => kind === 'heading').flatMap((title) => terms(title.text)),
  );
  const seen = new Set<string>();
  const points = usable.map(({ sentence, order, said }): Point => {
    const own = [...new Set(terms(said))];
    const isFirst = !seen.has(sentence.heading);
    seen.add(sentence.heading);
    const score =
      own.reduce((sum, term) => sum + importance(term), 0) / Math.sqrt(own.length + 3) +
      (isFirst ? 0.6 : 0) +
      (says('tells-what', said) ? 0.5 : 0) +
      (/\*\*/.test(sentence.text) ? 0.4 : 0) +
      (own.some((term) => headingWords.has(term)) ? 0.3 : 0) -
      Math.max(0, said.length - 200) / 150;
    return { said, heading: sentence.heading, order, score };
  });
  return points.sort((a, b) => b.score - a.score);
}

const readable = ({ text }: Sentence): string => untied(rewritten('as-point', plainWithMath(text)));

/** A whole sentence that says something by itself; what was said in talk may speak to who listens. */
function isUsable(said: string, isTalk: boolean, isEnglish: boolean): boolean {
  const words = said.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (said.length > LONGEST || words < SHORTEST_WORDS || !/[.!]["”)]?$/.test(said)) return false;
  const prose = withoutMath(said);
  const isFit = isTalk
    ? !says('chatter', said) && !isOurs(said) && !/https?:|[|{}]/.test(prose)
    : isFitText(prose);
  return isFit && (!isEnglish || standsAlone(prose));
}

/** A word matters when several sentences use it, but not when all of them do. */
function importanceIn(texts: string[]): (term: string) => number {
  const uses = new Map<string, number>();
  for (const term of texts.flatMap((text) => [...new Set(terms(text))]))
    uses.set(term, (uses.get(term) ?? 0) + 1);
  return (term) => {
    const count = uses.get(term) ?? 0;
    const rarity = Math.log(1 + (texts.length + 1) / (count + 0.5));
    return count < 2 ? 0.15 : Math.log(1 + count) * Math.min(1.6, rarity);
  };
}

const TOO_ALIKE = 0.35;

/** The best that are unlike each other, spread over the headings, in the order in which they were said. */
export function choosePoints(ranked: Point[], most: number, longest: number, taken: Point[]): Point[] {
  const headings = new Set(ranked.map(({ heading }) => heading)).size;
  const perHeading = Math.max(1, Math.ceil(most / Math.max(1, headings)));
  const chosen: Point[] = [];
  for (const point of ranked) {
    if (chosen.length >= most) break;
    const isRepeated = [...chosen, ...taken].some((other) => likeness(other.said, point.said) > TOO_ALIKE);
    const ofHeading = chosen.filter(({ heading }) => heading === point.heading).length;
    if (point.said.length <= longest && !isRepeated && ofHeading < perHeading) chosen.push(point);
  }
  return chosen.sort((a, b) => a.order - b.order);
}

const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A summary of passages with the number of its passage behind every line that stands in one. */
export function citePassages(summary: string, passages: readonly Passage[]): string {
  const texts = passages.map(({ n, text }) => ({
    n,
    text: folded(plain(text)),
    whole: folded(plainWithMath(text)),
  }));
  return summary
    .split(/(?<=[.!]["”)]?)\s+(?=[\p{Lu}\p{N}$“"])/u)
    .map((line) => {
      const found = texts.find(({ text, whole }) =>
        [text, whole].some((held) => held.includes(folded(line))),
      );
      return found ? `${line} [${found.n}]` : line;
    })
    .join(' ');
}
