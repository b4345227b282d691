import type { ToolSet } from 'ai';
import { addFlashcards } from './add-flashcards.ts';
import { buildLearningProfile } from './build-learning-profile.ts';
import { createStudyPlan } from './create-study-plan.ts';
import { generateQuiz } from './generate-quiz.ts';
import { getAvailability } from './get-availability.ts';
import { getOnlineUsers } from './get-online-users.ts';
import { matchCandidates } from './match-candidates.ts';
import { matchInsight } from './match-insight.ts';
import { searchNotes } from './search-notes.ts';
import { sendNudge } from './send-nudge.ts';
import { summarizeSession } from './summarize-session.ts';

/** Every tool of the agent. What the chat, the status route and the API documentation know of tools comes from here. */
export const tools = {
  searchNotes,
  summarizeSession,
  generateQuiz,
  addFlashcards,
  buildLearningProfile,
  createStudyPlan,
  matchCandidates,
  matchInsight,
  getOnlineUsers,
  getAvailability,
  sendNudge,
} satisfies ToolSet;

export type Tools = typeof tools;
export type ToolName = keyof Tools;
