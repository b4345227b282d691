import { DAY_MS } from '../../calendar/dates.ts';
import type { AnswerEvidence, Evidence, ReviewEvidence } from './evidence.ts';
import { learningProfileOf } from './profile.ts';

export const NOW = new Date('2026-11-20T18:00:00.000Z');

/** A moment so many days before `NOW`. */
export const daysAgo = (days: number): number => NOW.getTime() - days * DAY_MS;

export const evidence = (over: Partial<Evidence> = {}): Evidence => ({
  readAt: NOW.toISOString(),
  mark: 'mark',
  timezone: 'UTC',
  attempts: [],
  answers: [],
  reviews: [],
  cards: [],
  contests: [],
  upcoming: [],
  topics: [],
  ...over,
});

export const profileOf = (over: Partial<Evidence> = {}) => learningProfileOf(evidence(over), NOW);

let itemId = 0;

export const answer = (over: Partial<AnswerEvidence> = {}): AnswerEvidence => ({
  quizId: 'quiz',
  itemId: `item-${itemId++}`,
  topic: 'Encoding',
  question: 'What is encoding?',
  correct: true,
  skipped: false,
  confidence: 'fairly',
  atMs: daysAgo(1),
  ...over,
});

export const answers = (
  right: number,
  wrong: number,
  over: Partial<AnswerEvidence> = {},
): AnswerEvidence[] => [
  ...Array.from({ length: right }, () => answer({ ...over, correct: true })),
  ...Array.from({ length: wrong }, () => answer({ ...over, correct: false })),
];

export const review = (over: Partial<ReviewEvidence> = {}): ReviewEvidence => ({
  cardId: 'card',
  topic: 'Encoding',
  rating: 3,
  state: 2,
  atMs: daysAgo(1),
  ...over,
});
