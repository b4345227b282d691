import { z } from 'zod';
import { DAY_MS } from '../../calendar/dates.ts';
import { type DeckChange, NEW_ORDERS } from '../../domain/deck.ts';
import { AppError } from '../../errors.ts';
import { newCardsToday } from '../../study/cards/exam.ts';
import { minutesFor } from '../../study/cards/minutes.ts';
import { rescheduleForExam } from '../../study/cards/reschedule.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

export const overviewSchema = z.object({
  timezone: z.string(),
  rolloverHour: z.int(),
  dayStart: z.string(),
  proposed: z.int(),
  secondsPerReview: z.coerce.number().nullable(),
  history: z.array(
    z.object({ day: z.string(), reviews: z.int(), recalled: z.int(), durationMs: z.coerce.number() }),
  ),
  decks: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      examDate: z.string().nullable(),
      desiredRetention: z.number(),
      newPerDay: z.int().nullable(),
      reviewsPerDay: z.int().nullable(),
      newOrder: z.enum(NEW_ORDERS),
      cards: z.int(),
      proposed: z.int(),
      suspended: z.int(),
      learning: z.int(),
      due: z.int(),
      unseen: z.int(),
      introducedToday: z.int(),
      nextDue: z.string().nullable(),
    }),
  ),
});

type Overview = z.output<typeof overviewSchema>;
/** Reviews and learning steps that are due, today's unseen cards, and how long they take. */
type Due = { due: number; newCards: number; minutes: number };

export type DeckSummary = Due &
  Pick<
    Overview['decks'][number],
    | 'id'
    | 'name'
    | 'examDate'
    | 'newPerDay'
    | 'reviewsPerDay'
    | 'newOrder'
    | 'cards'
    | 'proposed'
    | 'suspended'
    | 'nextDue'
  >;

export type DueSummary = Due &
  Pick<Overview, 'proposed' | 'timezone' | 'rolloverHour' | 'secondsPerReview' | 'history'> & {
    nextDue: string | null;
    decks: DeckSummary[];
  };

/** The start of the student's tomorrow, in which a day's worth of unseen cards is new again. */
const tomorrow = (dayStart: string) => new Date(Date.parse(dayStart) + DAY_MS).toISOString();

const earliest = (instants: readonly (string | null)[]): string | null =>
  instants.reduce(
    (first, instant) =>
      instant !== null && (first === null || Date.parse(instant) < Date.parse(first)) ? instant : first,
    null,
  );

/** What is due now, how long it takes, and what comes next. */
export async function dueSummary(db: DatabaseClient, params: { now: Date }): Promise<DueSummary> {
  const { data, error } = await db.rpc('card_overview', { p_now: params.now.toISOString() });
  if (error) throw databaseError(error);
  const { timezone, rolloverHour, dayStart, proposed, secondsPerReview, history, decks } =
    overviewSchema.parse(data);
  const newCards = newCardsToday(decks, params.now, timezone, rolloverHour);
  const summaries = decks.map((deck): DeckSummary => {
    const unseenToday = newCards.get(deck.id) ?? 0;
    const waits = deck.unseen > unseenToday ? tomorrow(dayStart) : null;
    return {
      id: deck.id,
      name: deck.name,
      due: deck.due + deck.learning + unseenToday,
      newCards: unseenToday,
      minutes: minutesFor({
        due: deck.due,
        learning: deck.learning,
        newCards: unseenToday,
        secondsPerReview,
      }),
      examDate: deck.examDate,
      newPerDay: deck.newPerDay,
      reviewsPerDay: deck.reviewsPerDay,
      newOrder: deck.newOrder,
      cards: deck.cards,
      proposed: deck.proposed,
      suspended: deck.suspended,
      nextDue: earliest([deck.nextDue, waits]),
    };
  });
  const sum = (of: (deck: (typeof decks)[number]) => number) =>
    decks.reduce((total, deck) => total + of(deck), 0);
  const unseenToday = summaries.reduce((total, deck) => total + deck.newCards, 0);
  return {
    due: summaries.reduce((total, deck) => total + deck.due, 0),
    minutes: minutesFor({
      due: sum((deck) => deck.due),
      learning: sum((deck) => deck.learning),
      newCards: unseenToday,
      secondsPerReview,
    }),
    newCards: unseenToday,
    proposed,
    nextDue: earliest(summaries.map((deck) => deck.nextDue)),
    timezone,
    rolloverHour,
    secondsPerReview,
    decks: summaries,
    history,
  };
}

const TAKEN = 'There is a deck of this name already.';

export async function addDeck(
  db: DatabaseClient,
  params: { name: string; examDate: string | null },
): Promise<{ id: string; name: string; examDate: string | null }> {
  // Under their own names: the local server knows no aliases in what an insert gives back.
  const { data, error } = await db
    .from('deck')
    .insert({ name: params.name, exam_date: params.examDate })
    .select('id, name, exam_date')
    .single();
  if (error?.code === '23505') throw new AppError('conflict', { message: TAKEN, cause: error });
  if (error) throw databaseError(error);
  return { id: data.id, name: data.name, examDate: data.exam_date };
}

export async function getDeck(db: DatabaseClient, params: { id: string }) {
  const { data, error } = await db
    .from('deck')
    .select('id, name, examDate:exam_date, desiredRetention:desired_retention')
    .eq('id', params.id)
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return data;
}

const scheduleSchema = z.array(
  z.object({
    id: z.string(),
    due: z.string(),
    stability: z.number(),
    reps: z.int(),
    lastReview: z.string().nullable(),
    scheduledDays: z.int(),
  }),
);

/** Renames a deck, says how it is met, or gives it another exam date and its cards the days that follow from it. */
export async function changeDeck(
  db: DatabaseClient,
  params: {
    id: string;
    change: DeckChange;
    now: Date;
    timezone: string;
  },
): Promise<{ moved: number }> {
  const { id, change, now, timezone } = params;
  const deck = await getDeck(db, { id });
  let moved: ReturnType<typeof rescheduleForExam> = [];
  if (change.examDate !== undefined && change.examDate !== deck.examDate) {
    const { data, error } = await db.rpc('deck_schedule', { p_deck_id: id });
    if (error) throw databaseError(error);
    const cards = scheduleSchema.parse(data);
    const { desiredRetention } = deck;
    moved = rescheduleForExam({ cards, examDate: change.examDate, desiredRetention, now, timezone });
  }
  const { error } = await db.rpc('change_deck', {
    p_deck_id: id,
    p_change: { ...change },
    p_dues: moved,
  });
  if (error?.code === '23505') throw new AppError('conflict', { message: TAKEN, cause: error });
  if (error) throw databaseError(error);
  return { moved: moved.length };
}

/** Removes a deck with its cards and their history. */
export async function deleteDeck(db: DatabaseClient, params: { id: string }): Promise<void> {
  const { data, error } = await db.from('deck').delete().eq('id', params.id).select('id').maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
}
