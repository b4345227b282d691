import type { Unit } from '../facts/types.ts';

export type Difficulty = 'easy' | 'medium' | 'hard';

export type QuizRequest = {
  topic: string;
  difficulty: Difficulty | 'mixed';
  questions: number;
  /** Concepts and questions that are not to come again. */
  avoid: string[];
};

export type Distractor = { text: string; why: string };

/** A question before it is judged. */
export type Draft = {
  kind: 'definition' | 'meaning' | 'statement' | 'cloze' | 'number' | 'year' | 'sequence' | 'list';
  unit: Unit;
  concept: string;
  question: string;
  answer: string;
  distractors: Distractor[];
  explanation: string;
  difficulty: Difficulty;
  /** How good it is likely to be: what is asked, and how near the wrong choices come. */
  worth: number;
};
