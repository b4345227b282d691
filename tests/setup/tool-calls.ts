import type { ToolName } from '../../lib/tools/index.ts';

export const ID = '00000000-0000-4000-8000-000000000002';
export const QUIZ = { topic: 'x', difficulty: 'mixed', n: 5 };
export const NUDGE = { toUserId: ID, message: 'Hi', nudgeType: 'study_invite' };
export const PLAN = { goals: ['memory'], timePerDayMin: 30, daysPerWeek: 5 };
export const CARD = { front: 'a?', back: 'b' };

/** The least a tool can be called with, where that is not nothing. */
export const LEAST: Partial<Record<ToolName, object>> = {
  searchNotes: { query: 'memory' },
  generateQuiz: QUIZ,
  addFlashcards: { cards: [CARD] },
  createStudyPlan: PLAN,
  matchInsight: { candidateId: ID },
  sendNudge: NUDGE,
};
