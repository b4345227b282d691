import type { PlanTask, TaskKind } from '../../domain/plan.ts';
import { say } from '../../language/said.ts';
import { MIN_TASK_MINUTES, minutesOf } from './days.ts';
import { goalLabel } from './goal.ts';
import type { GoalMaterial, Reading } from './material.ts';

/** A task that has no day yet. */
export type Step = Pick<PlanTask, 'title' | 'etaMin' | 'link' | 'kind' | 'goal' | 'reason'>;

const LONGEST_BLOCK_MINUTES = 45;
const QUIZ_MINUTES = 12;
const CARDS_MINUTES = 10;
const PRACTISE_MINUTES = 20;
const ADD_MINUTES = 10;

const ask = (question: string) => `/ask?q=${encodeURIComponent(question)}`;

export const quizLink = (subject: string) => ask(`Quiz me on ${subject}`);
export const deckLink = (deckId: string) => `/practice/review?deck=${encodeURIComponent(deckId)}`;
const readerLink = ({ docId, page }: Reading) => `/library/${docId}${page === null ? '' : `?p=${page}`}`;

/** The longest piece of work of one kind on a day: never the whole day, so that reading is followed by a quiz. */
const blockMinutes = (timePerDayMin: number) =>
  Math.max(MIN_TASK_MINUTES, Math.min(LONGEST_BLOCK_MINUTES, Math.round(timePerDayMin * 0.6)));

type Part = Reading & { whole: string };

/** Cuts what is longer than a block, and begins each part on its page. */
function inParts(reading: Reading, longest: number): Part[] {
  const count = Math.ceil(reading.minutes / longest);
  if (count <= 1) return [{ ...reading, whole: reading.subject }];
  const { page, lastPage } = reading;
  const pages = page === null || lastPage === null ? 0 : lastPage - page;
  return Array.from({ length: count }, (_, index) => ({
    ...reading,
    subject: say('{name}, part {part} of {count}', { name: reading.subject, part: index + 1, count }),
    whole: reading.subject,
    page: page === null ? null : page + Math.floor((index * pages) / count),
    minutes: Math.ceil(reading.minutes / count),
  }));
}

/** Short sections that follow each other in one document make one block. */
function readingBlocks(readings: readonly Reading[], longest: number): Part[][] {
  const blocks: Part[][] = [];
  for (const reading of readings.flatMap((whole) => inParts(whole, longest))) {
    const last = blocks.at(-1);
    const minutes = last?.reduce((sum, part) => sum + part.minutes, 0) ?? 0;
    if (last && last[0]?.docId === reading.docId && minutes + reading.minutes <= longest) last.push(reading);
    else blocks.push([reading]);
  }
  return blocks;
}

function readStep(goal: string, block: readonly Reading[], reason: string | null): Step[] {
  const first = block[0];
  if (!first) return [];
  const subjects = [...new Set(block.map(({ subject }) => subject))];
  const last = subjects.at(-1) ?? first.subject;
  const named = { first: first.subject, last };
  const title =
    subjects.length === 1
      ? say('Read {first}', named)
      : subjects.length === 2
        ? say('Read {first} and {last}', named)
        : say('Read {first} to {last}', named);
  const etaMin = Math.max(
    MIN_TASK_MINUTES,
    block.reduce((sum, part) => sum + part.minutes, 0),
  );
  return [{ kind: 'read', goal, title, etaMin, link: readerLink(first), reason }];
}

/**
 * The first round through a goal, in order: read and quiz in turn, then cards, then harder practice. What the library
 * names is linked. Where it has nothing, notes are to be added first: nothing else can be made of it.
 */
export function firstRound(
  goal: string,
  { readings, deck, quiz }: GoalMaterial,
  options: { timePerDayMin: number; reason: string | null },
): Step[] {
  const label = goalLabel(goal);
  const longest = blockMinutes(options.timePerDayMin);
  const step = (
    kind: TaskKind,
    title: string,
    minutes: number,
    link: string,
    reason: string | null,
  ): Step => ({
    kind,
    goal,
    title,
    etaMin: Math.max(MIN_TASK_MINUTES, Math.min(minutes, longest)),
    link,
    reason,
  });
  const quizStep = (subject: string, isFirst: boolean): Step =>
    isFirst && quiz !== null
      ? step(
          'quiz',
          say('Quiz: {topic}', { topic: label }),
          QUIZ_MINUTES,
          `/practice/quiz/${quiz.id}`,
          say('your quiz of {questions}', { questions: quiz.questions }),
        )
      : step('quiz', say('Quiz: {topic}', { topic: subject }), QUIZ_MINUTES, quizLink(subject), null);

  const blocks = readingBlocks(readings, longest);
  // Where single pages are known to be weak, the others are not said to be.
  const general = readings.some(({ weakness }) => weakness !== null) ? null : options.reason;
  const read = blocks.flatMap((block, index) => {
    const weakness = block.find((reading) => reading.weakness !== null)?.weakness;
    const pages = readStep(goal, block, weakness ?? general);
    // Every second block is asked about at once; the last one always is.
    if (index % 2 === 0 && index !== blocks.length - 1) return pages;
    const named = block[0]?.whole ?? label;
    return [...pages, quizStep(blocks.length <= 2 ? label : named, index <= 1)];
  });
  if (blocks.length === 0 && deck === null && quiz === null)
    return [
      step(
        'read',
        say('Add notes on {topic}', { topic: label }),
        ADD_MINUTES,
        '/library',
        say('your library holds nothing on it yet'),
      ),
    ];
  return [
    ...(blocks.length === 0 ? [quizStep(label, true)] : read),
    deck === null
      ? step(
          'cards',
          say('Make cards: {topic}', { topic: label }),
          CARDS_MINUTES,
          ask(`Make flashcards on ${label}`),
          null,
        )
      : step('cards', say('Cards: {topic}', { topic: label }), CARDS_MINUTES, deckLink(deck.id), null),
    step(
      'practise',
      say('Practise {topic}', { topic: label }),
      PRACTISE_MINUTES,
      ask(`Quiz me on ${label}, 10 hard questions`),
      null,
    ),
  ];
}

/** One more time through a goal that is learnt: harder questions, for those that need it. */
export const furtherRound = (goal: string, timePerDayMin: number): Step => ({
  kind: 'practise',
  goal,
  title: say('Practise {topic} again', { topic: goalLabel(goal) }),
  etaMin: Math.max(MIN_TASK_MINUTES, Math.min(PRACTISE_MINUTES, blockMinutes(timePerDayMin))),
  link: ask(`Quiz me on ${goalLabel(goal)}, 10 hard questions`),
  reason: null,
});

/** Shortens a round to its share of the time: fewer pages first, then less practice, never less than one page and one quiz. */
export function shortened(steps: readonly Step[], minutes: number): { steps: Step[]; cutMinutes: number } {
  const kept = [...steps];
  const before = minutesOf(kept);
  const dropLast = (kind: TaskKind, atLeast: number) => {
    const of = kept.filter((step) => step.kind === kind);
    const last = of.at(-1);
    if (of.length <= atLeast || last === undefined) return false;
    kept.splice(kept.lastIndexOf(last), 1);
    return true;
  };
  while (minutesOf(kept) > minutes) {
    const reads = kept.filter(({ kind }) => kind === 'read').length;
    const quizzes = kept.filter(({ kind }) => kind === 'quiz').length;
    // A quiz belongs to the pages before it, so the two shrink together.
    if (quizzes > 1 && quizzes * 2 > reads && dropLast('quiz', 1)) continue;
    if (dropLast('read', 1) || dropLast('practise', 0) || dropLast('cards', 0)) continue;
    break;
  }
  return { steps: kept, cutMinutes: before - minutesOf(kept) };
}
