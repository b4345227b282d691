import { getToolName } from 'ai';
import type { ComponentType } from 'react';
import type { ToolPart } from '@/lib/agent/messages';
import type { ToolName } from '@/lib/tools/index';
import { addFlashcards } from './add-flashcards';
import { buildLearningProfile } from './build-learning-profile';
import { createStudyPlan } from './create-study-plan';
import { generateQuiz } from './generate-quiz';
import { getAvailability } from './get-availability';
import { getOnlineUsers } from './get-online-users';
import { matchCandidates } from './match-candidates';
import { matchInsight } from './match-insight';
import { searchNotes } from './search-notes';
import { sendNudge } from './send-nudge';
import { summarizeSession } from './summarize-session';
import type { ToolCardProps, ToolView } from './tool-view';

const VIEWS: { [Name in ToolName]: ToolView<Name> } = {
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
};

type AnyView = Omit<ToolView<ToolName>, 'Card'> & {
  Card?: ComponentType<Pick<ToolCardProps<ToolName>, 'threadId'> & { part: ToolPart }>;
};

// Name, input and output belong together in a tool part, which a lookup by name cannot tell the compiler.
const byName = new Map(Object.entries(VIEWS)) as ReadonlyMap<string, unknown> as ReadonlyMap<string, AnyView>;

/** How a call is shown; undefined for a stored call of a tool that is gone. */
export const viewOf = (part: ToolPart): AnyView | undefined => byName.get(getToolName(part));
