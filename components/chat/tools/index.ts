import type { ComponentType } from 'react';
import type { ChatToolName as ToolName } from '@/lib/agent/chat-tools';
import { type ToolPart, toolNameOf } from '@/lib/agent/messages';
import {
  GetAvailabilityCard,
  GetOnlineUsersCard,
  MatchCandidatesCard,
  MatchInsightCard,
  SendNudgeCard,
} from './people-cards';
import {
  AddFlashcardsCard,
  BuildLearningProfileCard,
  CreateStudyPlanCard,
  GenerateQuizCard,
} from './study-cards';
import { SummarizeSessionCard } from './summarize-session';
import type { ToolCardProps, ToolView } from './tool-view';
import { WebSearchCard } from './web-search-card';

const words = (running: string, done: string, failed: string) => ({ running, done, failed });

const VIEWS: { [Name in ToolName]: ToolView<Name> } = {
  // A search has no card: its passages are shown by the answer's citations.
  searchNotes: { verbs: words('Searching your notes', 'Searched your notes', 'Could not search your notes') },
  summarizeSession: {
    verbs: words('Summing up the session', 'Summed up the session', 'Could not sum up the session'),
    Card: SummarizeSessionCard,
  },
  generateQuiz: {
    verbs: words('Writing a quiz', 'Wrote a quiz', 'Could not write the quiz'),
    Card: GenerateQuizCard,
  },
  addFlashcards: {
    verbs: words('Making cards', 'Made cards', 'Could not make the cards'),
    Card: AddFlashcardsCard,
  },
  buildLearningProfile: {
    verbs: words('Reading your results', 'Read your results', 'Could not read your results'),
    Card: BuildLearningProfileCard,
  },
  createStudyPlan: {
    verbs: words('Planning the weeks', 'Planned the weeks', 'Could not plan the weeks'),
    Card: CreateStudyPlanCard,
  },
  matchCandidates: {
    verbs: words(
      'Looking for study partners',
      'Looked for study partners',
      'Could not look for study partners',
    ),
    Card: MatchCandidatesCard,
  },
  matchInsight: {
    verbs: words('Comparing subjects', 'Compared subjects', 'Could not compare subjects'),
    Card: MatchInsightCard,
  },
  getOnlineUsers: {
    verbs: words('Looking who is online', 'Looked who is online', 'Could not read who is online'),
    Card: GetOnlineUsersCard,
  },
  getAvailability: {
    verbs: words('Reading free times', 'Read free times', 'Could not read free times'),
    Card: GetAvailabilityCard,
  },
  sendNudge: {
    verbs: words('Sending the message', 'Sent the message', 'Did not send the message'),
    Card: SendNudgeCard,
    confirmation: { title: 'Send this message?', yes: 'Send', no: 'Do not send' },
  },
  calculate: { verbs: words('Calculating', 'Calculated', 'Could not calculate this') },
  webSearch: {
    verbs: words('Searching the web', 'Searched the web', 'Could not search the web'),
    Card: WebSearchCard,
    confirmation: { title: 'Search the web for this?', yes: 'Search', no: 'Do not search' },
  },
};

type AnyView = Omit<ToolView<ToolName>, 'Card'> & {
  Card?: ComponentType<Pick<ToolCardProps<ToolName>, 'threadId'> & { part: ToolPart }>;
};

// Name, input and output belong together in a tool part, which a lookup by name cannot tell the compiler.
const byName = new Map(Object.entries(VIEWS)) as ReadonlyMap<string, unknown> as ReadonlyMap<string, AnyView>;

/** How a call is shown; undefined for a stored call of a tool that is gone. */
export const viewOf = (part: ToolPart): AnyView | undefined => byName.get(toolNameOf(part));
