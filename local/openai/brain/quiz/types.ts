import type { Fact, Unit } from '../facts/types.ts';

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
  kind: Fact['kind'] | 'meaning' | 'cloze' | 'matching' | 'list' | 'true or false';
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

/** What the kinds of questions differ in; the rest follows from the fact. */
export type Written = Pick<Draft, 'concept' | 'question' | 'answer' | 'distractors' | 'difficulty'> &
  Partial<Pick<Draft, 'kind' | 'worth'>> & { lead?: string };
