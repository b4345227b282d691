/** Until a student has reviewed enough to know their own pace. */
const DEFAULT_SECONDS = 9;
const FASTEST_SECONDS = 3;
const SLOWEST_SECONDS = 45;
/** An unseen card is read, and seen twice more on its learning steps. */
const VIEWS_OF_NEW = 3;
/** A card on a learning step sometimes falls back to the first. */
const VIEWS_OF_LEARNING = 1.5;

export type Workload = {
  due: number;
  learning: number;
  newCards: number;
  /** The student's own average; null when there is none yet. */
  secondsPerReview: number | null;
};

export function secondsFor({ due, learning, newCards, secondsPerReview }: Workload): number {
  const pace = Math.min(SLOWEST_SECONDS, Math.max(FASTEST_SECONDS, secondsPerReview ?? DEFAULT_SECONDS));
  return (due + learning * VIEWS_OF_LEARNING + newCards * VIEWS_OF_NEW) * pace;
}

/** Whole minutes; at least one where there is anything to do. */
export const minutesFor = (work: Workload): number => Math.ceil(secondsFor(work) / 60);
