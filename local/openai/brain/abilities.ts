import { TOOL_NAMES, type ToolName } from './routing/types.ts';

/** What each tool does, as the rest of "I can …". */
const ABILITIES: Record<ToolName, string> = {
  searchNotes: 'search your notes and answer from them with proof',
  summarizeSession: 'summarise a session',
  generateQuiz: 'make quizzes from your notes',
  addFlashcards: 'make flashcards',
  buildLearningProfile: 'show your strengths and weak spots',
  createStudyPlan: 'plan your weeks to an exam',
  matchCandidates: 'find study partners',
  matchInsight: 'explain how well you and a partner fit',
  getOnlineUsers: 'show who is online',
  getAvailability: 'show when somebody is free',
  sendNudge: 'send a nudge to a partner',
};

export function whatICanDo(offered: ReadonlySet<string>): string {
  const able = TOOL_NAMES.filter((tool) => offered.has(tool)).map((tool) => ABILITIES[tool]);
  if (able.length === 0) return 'I can talk, but no tool is at hand right now.';
  const list = able.length === 1 ? able[0] : `${able.slice(0, -1).join(', ')} and ${able.at(-1)}`;
  return `I can ${list}.`;
}

export const cannotYet = (tool: ToolName, offered: ReadonlySet<string>): string =>
  `I cannot ${ABILITIES[tool]} here yet. ${whatICanDo(offered)}`;

export const isToolName = (name: string): name is ToolName => TOOL_NAMES.some((tool) => tool === name);
