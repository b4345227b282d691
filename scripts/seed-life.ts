import { randomUUID } from 'node:crypto';
import { turnDependencies } from '../lib/agent/dependencies.ts';
import { contextOfTools } from '../lib/agent/generate.ts';
import { PassageRegistry } from '../lib/agent/passages.ts';
import { addDays, DAY_MS, dateIn, MINUTE_MS } from '../lib/calendar/dates.ts';
import type { DatabaseClient } from '../lib/db/clients.ts';
import { keepFlashcards } from '../lib/db/queries/flashcard.ts';
import { tickTask } from '../lib/db/queries/plan.ts';
import { makePlan } from '../lib/db/queries/plan-actions.ts';
import { answerQuestion, finishAttempt, startAttempt } from '../lib/db/queries/quiz.ts';
import { storeReviews } from '../lib/db/queries/review.ts';
import type { CardRating } from '../lib/domain/card.ts';
import { Telemetry } from '../lib/observability/telemetry.ts';
import type { DefinedTool } from '../lib/tools/define-tool.ts';
import { generateQuiz } from '../lib/tools/generate-quiz.ts';
import { makeCards } from '../lib/tools/make-cards.ts';
import type { ToolContext } from '../lib/tools/tool-context.ts';
import { isToolFailure, type ToolFailure } from '../lib/tools/tool-failure.ts';

type Life = { db: DatabaseClient; userId: string; timezone: string; now: Date };
type Note = { id: string; title: string };

const CARDS_A_NOTE = 8;
const QUESTIONS = 5;
/** Days between the reviews of a card, as a student who mostly knows it has them. */
const GAPS = [0, 1, 3, 6];
/** Which answers of the two quizzes were wrong; every other one was given as certain. */
const QUIZZES = [[1, 3], [2]] as const;
const WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 120_000;

const agoFrom = (now: Date, days: number, minutes = 0) =>
  new Date(now.getTime() - days * DAY_MS + minutes * MINUTE_MS).toISOString();

/** What a tool made; throws what it failed with. */
async function use<Input, Output>(
  tool: DefinedTool<Input, Output>,
  input: Input,
  context: ToolContext,
): Promise<Exclude<Output, ToolFailure>> {
  const output = await tool.execute(input, { context, toolCallId: 'seed', messages: [] });
  if (isToolFailure(output)) throw new Error(output.message);
  // What is no failure is what the tool gives.
  return output as Exclude<Output, ToolFailure>;
}

/** The notes once they can be made something of; fewer when that takes too long. */
async function readyNotes(db: DatabaseClient): Promise<Note[]> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (;;) {
    const { data, error } = await db.from('doc_source').select('id, title, status').order('created_at');
    if (error) throw error;
    const isDone = data.length > 0 && data.every(({ status }) => status === 'ready' || status === 'error');
    if (isDone || Date.now() > deadline) return data.filter(({ status }) => status === 'ready');
    await new Promise((next) => setTimeout(next, WAIT_MS));
  }
}

/** Mostly known, now and then forgotten; the same cards at every seeding. */
const ratingOf = (card: number, review: number): CardRating =>
  review > 0 && (card * 3 + review) % 7 === 0
    ? 1
    : (card + review) % 5 === 0
      ? 2
      : (card + review) % 6 === 0
        ? 4
        : 3;

/** Two weeks of reviews, in the order in which they were made. */
async function review({ db, now }: Life, cardIds: readonly string[]): Promise<void> {
  const reviews = cardIds.flatMap((cardId, card) => {
    let last: string | null = null;
    let day = 13 - (card % 4);
    return GAPS.map((gap, index) => {
      day = Math.max(0.2, day - gap);
      const reviewedAt = agoFrom(now, day, card);
      const made = {
        requestId: randomUUID(),
        cardId,
        rating: ratingOf(card, index),
        reviewedAt,
        durationMs: 4_000 + 900 * ((card + index) % 5),
        expectedReps: index,
        expectedLastReview: last,
      };
      last = reviewedAt;
      return made;
    });
  });
  const ordered = reviews.toSorted((left, right) => left.reviewedAt.localeCompare(right.reviewedAt));
  await storeReviews(db, { reviews: ordered, now });
}

/** Takes a quiz of a note. */
async function takeQuiz({ db }: Life, context: ToolContext, note: Note, wrong: readonly number[]) {
  const sources = [{ docId: note.id, ordRange: null }];
  const made = await use(
    generateQuiz,
    { topic: note.title, difficulty: 'mixed', n: QUESTIONS, sources },
    context,
  );
  const attempt = await startAttempt(db, { quizId: made.quizId });
  for (const [index, item] of made.items.entries()) {
    const isWrong = wrong.includes(index);
    const option = isWrong ? item.choices.find(({ id }) => id !== item.answer)?.id : item.answer;
    await answerQuestion(db, {
      attemptId: attempt.id,
      itemId: item.id,
      optionId: option ?? item.answer,
      confidence: index % 2 === 1 ? 'certain' : 'fairly',
      durationMs: 15_000 + 2_000 * index,
    });
  }
  await finishAttempt(db, { attemptId: attempt.id });
}

/** A plan that was made some days ago and kept to in part: what was missed is moved as soon as it is opened. */
async function plan({ db, timezone, now }: Life, notes: readonly Note[]): Promise<void> {
  const begun = new Date(now.getTime() - 3 * DAY_MS);
  const made = await makePlan(
    db,
    {
      goals: notes.map(({ title }) => title),
      timePerDayMin: 40,
      daysPerWeek: 6,
      weekdays: [0, 1, 2, 3, 4, 5, 6],
      deadline: addDays(dateIn(now, timezone), 18),
      knownWeakSpots: [],
    },
    { now: begun, timezone },
  );
  const tasks = made.weekBlocks.flatMap((week) => week.tasks);
  const done = tasks.filter(({ date }) => date === dateIn(begun, timezone));
  for (const { id } of done) await tickTask(db, { planId: made.id, taskId: id, completed: true });
}

/** A fortnight of study for a student who has notes and nothing else yet, made with the tools that everybody has. */
export async function seedLife(life: Life): Promise<boolean> {
  const { db, userId, timezone, now } = life;
  const held = await Promise.all(
    (['quiz', 'flashcard', 'study_plan'] as const).map((table) => db.from(table).select('id').limit(1)),
  );
  if (held.some(({ data, error }) => error !== null || data.length > 0)) return false;
  const notes = await readyNotes(db);
  if (notes.length === 0) return false;
  const dependencies = turnDependencies();
  const context = contextOfTools(dependencies, {
    userId,
    db,
    traceId: 'seed',
    now,
    timezone,
    passages: new PassageRegistry(),
    telemetry: new Telemetry('seed', dependencies.prices),
    threadId: null,
    documentId: null,
  });
  const [first, second = first] = notes;
  if (!first || !second) return false;
  const ids: string[] = [];
  for (const { id, title } of [first, second]) {
    const sources = [{ docId: id, ordRange: null }];
    ids.push(...(await use(makeCards, { topic: title, n: CARDS_A_NOTE, sources }, context)).flashcardIds);
  }
  await keepFlashcards(db, { keep: ids.map((id) => ({ id })), drop: [] });
  await review(life, ids);
  for (const [index, wrong] of QUIZZES.entries()) await takeQuiz(life, context, notes[index] ?? first, wrong);
  await plan(life, notes.slice(0, 2));
  return true;
}
