import type { Confidence } from '../../domain/quiz.ts';

/** One answer to one question of a quiz. */
export type AnswerEvidence = {
  quizId: string;
  itemId: string;
  topic: string;
  question: string;
  /** Graded by the server; meaningless when skipped. */
  correct: boolean;
  skipped: boolean;
  confidence: Confidence | null;
  atMs: number;
};

/** One review of a card. `state` is the card's before it: 0 new, 1 learning, 2 review, 3 relearning. */
export type ReviewEvidence = {
  cardId: string;
  topic: string | null;
  rating: number;
  state: number;
  atMs: number;
};

/** What the schedule knows of a card that was reviewed. */
export type CardEvidence = {
  cardId: string;
  topic: string | null;
  stabilityDays: number;
  lastReviewMs: number;
};

/** A belief the student called wrong: what came before is not held against them, or for them. */
export type ContestEvidence = { topic: string; atMs: number };

/** Something ahead that decides what is worth working on: a task of the plan, or an exam. */
export type Upcoming = {
  kind: 'task' | 'exam';
  title: string;
  /** Local date, YYYY-MM-DD. */
  date: string;
  minutes: number;
  /** Topics it names outright, and a text that may mention more. */
  topics: string[];
  text: string;
};

/** Everything the profile is worked out from. Answers to reported questions are left out before. */
export type Evidence = {
  /** When the database was read; a profile made from an older reading never replaces a newer one. */
  readAt: string;
  /** Changes whenever anything below does. */
  mark: string;
  timezone: string;
  attempts: { score: number | null }[];
  answers: AnswerEvidence[];
  reviews: ReviewEvidence[];
  cards: CardEvidence[];
  contests: ContestEvidence[];
  upcoming: Upcoming[];
  /** Topics there are questions or cards for, practised or not. */
  topics: string[];
};
