import { type ComponentType, lazy } from 'react';
import type { ChatToolName as ToolName } from '@/lib/agent/chat-tools';
import { type ToolPart, toolNameOf } from '@/lib/agent/messages';
import type { ToolCardProps, ToolView } from './tool-view';

/** Most answers have no card: each kind comes with the first that has one. */
const people = () => import('./people-cards');
const study = () => import('./study-cards');
const summary = () => import('./summarize-session');
const web = () => import('./web-search-card');

const card = <Name extends ToolName>(fetchIt: () => Promise<ComponentType<ToolCardProps<Name>>>) =>
  lazy(async () => ({ default: await fetchIt() }));

const words = (running: string, done: string, failed: string) => ({ running, done, failed });

const VIEWS: { [Name in ToolName]: ToolView<Name> } = {
  // A search has no card: its passages are shown by the answer's citations.
  searchNotes: { verbs: words('Searching your notes', 'Searched your notes', 'Could not search your notes') },
  summarizeSession: {
    verbs: words('Summing up the session', 'Summed up the session', 'Could not sum up the session'),
    Card: card(async () => (await summary()).SummarizeSessionCard),
  },
  generateQuiz: {
    verbs: words('Writing a quiz', 'Wrote a quiz', 'Could not write the quiz'),
    Card: card(async () => (await study()).GenerateQuizCard),
  },
  addFlashcards: {
    verbs: words('Making cards', 'Made cards', 'Could not make the cards'),
    Card: card(async () => (await study()).AddFlashcardsCard),
  },
  buildLearningProfile: {
    verbs: words('Reading your results', 'Read your results', 'Could not read your results'),
    Card: card(async () => (await study()).BuildLearningProfileCard),
  },
  createStudyPlan: {
    verbs: words('Planning the weeks', 'Planned the weeks', 'Could not plan the weeks'),
    Card: card(async () => (await study()).CreateStudyPlanCard),
  },
  matchCandidates: {
    verbs: words(
      'Looking for study partners',
      'Looked for study partners',
      'Could not look for study partners',
    ),
    Card: card(async () => (await people()).MatchCandidatesCard),
  },
  matchInsight: {
    verbs: words('Comparing subjects', 'Compared subjects', 'Could not compare subjects'),
    Card: card(async () => (await people()).MatchInsightCard),
  },
  getOnlineUsers: {
    verbs: words('Looking who is online', 'Looked who is online', 'Could not read who is online'),
    Card: card(async () => (await people()).GetOnlineUsersCard),
  },
  getAvailability: {
    verbs: words('Reading free times', 'Read free times', 'Could not read free times'),
    Card: card(async () => (await people()).GetAvailabilityCard),
  },
  sendNudge: {
    verbs: words('Sending the message', 'Sent the message', 'Did not send the message'),
    Card: card(async () => (await people()).SendNudgeCard),
    confirmation: { title: 'Send this message?', yes: 'Send', no: 'Do not send' },
  },
  calculate: { verbs: words('Calculating', 'Calculated', 'Could not calculate this') },
  webSearch: {
    verbs: words('Searching the web', 'Searched the web', 'Could not search the web'),
    Card: card(async () => (await web()).WebSearchCard),
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
