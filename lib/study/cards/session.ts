import { type CardState, type MadeReview, PHASE } from '../../domain/card.ts';
import { secondsFor } from './minutes.ts';
import { type CardPlan, nextState } from './schedule.ts';

/** A card as a session needs it; what it says is the page's affair. */
export type SessionCard = { id: string; state: CardState; plan: CardPlan };

export type Session<Card extends SessionCard = SessionCard> = {
  /** Cards still to be seen, in their order; those on a learning step wait in `waiting`. */
  queue: readonly Card[];
  waiting: readonly Card[];
  /** What was done, the latest last: the card as it was before. */
  done: readonly { card: Card; review: MadeReview }[];
  secondsPerReview: number | null;
};

/** A learning step that comes sooner than this belongs to the session. */
const LEARN_AHEAD_MS = 20 * 60_000;

const dueMs = (card: SessionCard) => Date.parse(card.state.due);
const isLearning = ({ state }: SessionCard) =>
  state.state === PHASE.learning || state.state === PHASE.relearning;
const byDue = (a: SessionCard, b: SessionCard) => dueMs(a) - dueMs(b);

export function startSession<Card extends SessionCard>(
  cards: readonly Card[],
  secondsPerReview: number | null,
): Session<Card> {
  const waiting = cards.filter(isLearning).sort(byDue);
  return { queue: cards.filter((card) => !isLearning(card)), waiting, done: [], secondsPerReview };
}

/** The card to show: a learning step whose time has come, else the next in order, else a step that comes soon. */
export function currentCard<Card extends SessionCard>(session: Session<Card>, now: Date): Card | undefined {
  const [step] = session.waiting;
  if (step && dueMs(step) <= now.getTime()) return step;
  return session.queue[0] ?? step;
}

/** The session after a rating of the card that was shown. */
export function answerCard<Card extends SessionCard>(
  session: Session<Card>,
  card: Card,
  review: MadeReview,
): Session<Card> {
  const reviewedAt = new Date(review.reviewedAt);
  const next = { ...card, state: nextState(card.state, review.rating, reviewedAt, card.plan) };
  const others = withoutCard(session, card.id);
  const staysHere = isLearning(next) && dueMs(next) - reviewedAt.getTime() <= LEARN_AHEAD_MS;
  return {
    ...others,
    waiting: staysHere ? [...others.waiting, next].sort(byDue) : others.waiting,
    done: [...session.done, { card, review }],
  };
}

/** The session before its latest review, with that card in front. */
export function undoLast<Card extends SessionCard>(session: Session<Card>): Session<Card> {
  const last = session.done.at(-1);
  if (!last) return session;
  const others = withoutCard(session, last.card.id);
  return { ...others, queue: [last.card, ...others.queue], done: session.done.slice(0, -1) };
}

/** Without a card: it is gone, or another device has reviewed it. What was done stays done. */
export function withoutCard<Card extends SessionCard>(session: Session<Card>, cardId: string): Session<Card> {
  const isOther = (card: Card) => card.id !== cardId;
  return { ...session, queue: session.queue.filter(isOther), waiting: session.waiting.filter(isOther) };
}

/** The same card with other words on it. */
export function changeCard<Card extends SessionCard>(
  session: Session<Card>,
  cardId: string,
  change: (card: Card) => Card,
): Session<Card> {
  const changed = (card: Card) => (card.id === cardId ? change(card) : card);
  return {
    ...session,
    queue: session.queue.map(changed),
    waiting: session.waiting.map(changed),
    done: session.done.map((entry) => ({ ...entry, card: changed(entry.card) })),
  };
}

/**
 * The session as it stands once reviews that this device has not sent yet are counted: a closed tab loses none. Reviews
 * of cards that are not in it, or that start from another state, change nothing.
 */
export function replay<Card extends SessionCard>(
  session: Session<Card>,
  reviews: readonly MadeReview[],
): Session<Card> {
  return reviews.reduce((state, review) => {
    const card = [...state.queue, ...state.waiting].find(({ id }) => id === review.cardId);
    if (!card || card.state.reps !== review.expectedReps) return state;
    return answerCard(state, card, review);
  }, session);
}

/** When the first of the cards that were answered here comes back; null when none was. */
export function nextDueOf(session: Session): string | null {
  const latest = new Map(session.done.map((entry) => [entry.card.id, entry]));
  const dues = [...latest.values()].map(
    ({ card, review }) => nextState(card.state, review.rating, new Date(review.reviewedAt), card.plan).due,
  );
  return dues.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

/** What is left, in seconds and in minutes to show, and the share of the session that is done. */
export function progressOf(session: Session): { minutesLeft: number; share: number } {
  const newCards = session.queue.filter(({ state }) => state.state === PHASE.unseen).length;
  const { secondsPerReview, queue, waiting } = session;
  const due = queue.length - newCards;
  const left = secondsFor({ due, learning: waiting.length, newCards, secondsPerReview });
  const done = secondsFor({ due: session.done.length, learning: 0, newCards: 0, secondsPerReview });
  return { minutesLeft: Math.ceil(left / 60), share: left + done === 0 ? 1 : done / (left + done) };
}
