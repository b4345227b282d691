import { type ComponentType, lazy } from 'react';
import type { ChatToolName as ToolName } from '@/lib/agent/chat-tools';
import { type ToolPart, toolNameOf } from '@/lib/agent/messages';
import { type Message, text } from '@/lib/language/text';
import type { ToolCardProps, ToolView } from './tool-view';

/** Most answers have no card: each kind comes with the first that has one. */
const people = () => import('./people-cards');
const study = () => import('./study-cards');
const summary = () => import('./summarize-session');
const web = () => import('./web-search-card');

const card = <Name extends ToolName>(fetchIt: () => Promise<ComponentType<ToolCardProps<Name>>>) =>
  lazy(async () => ({ default: await fetchIt() }));

const words = (running: Message, done: Message, failed: Message) => ({ running, done, failed });

const VIEWS: { [Name in ToolName]: ToolView<Name> } = {
  // A search has no card: its passages are shown by the answer's citations.
  searchNotes: {
    verbs: words(
      text('Searching your notes'),
      text('Searched your notes'),
      text('Could not search your notes'),
    ),
  },
  summarizeSession: {
    verbs: words(
      text('Summing up the session'),
      text('Summed up the session'),
      text('Could not sum up the session'),
    ),
    Card: card(async () => (await summary()).SummarizeSessionCard),
  },
  generateQuiz: {
    verbs: words(text('Writing a quiz'), text('Wrote a quiz'), text('Could not write the quiz')),
    Card: card(async () => (await study()).GenerateQuizCard),
  },
  addFlashcards: {
    verbs: words(text('Making cards'), text('Made cards'), text('Could not make the cards')),
    Card: card(async () => (await study()).AddFlashcardsCard),
  },
  buildLearningProfile: {
    verbs: words(
      text('Reading your results'),
      text('Read your results'),
      text('Could not read your results'),
    ),
    Card: card(async () => (await study()).BuildLearningProfileCard),
  },
  createStudyPlan: {
    verbs: words(text('Planning the weeks'), text('Planned the weeks'), text('Could not plan the weeks')),
    Card: card(async () => (await study()).CreateStudyPlanCard),
  },
  matchCandidates: {
    verbs: words(
      text('Looking for study partners'),
      text('Looked for study partners'),
      text('Could not look for study partners'),
    ),
    Card: card(async () => (await people()).MatchCandidatesCard),
  },
  matchInsight: {
    verbs: words(text('Comparing subjects'), text('Compared subjects'), text('Could not compare subjects')),
    Card: card(async () => (await people()).MatchInsightCard),
  },
  getOnlineUsers: {
    verbs: words(
      text('Looking who is online'),
      text('Looked who is online'),
      text('Could not read who is online'),
    ),
    Card: card(async () => (await people()).GetOnlineUsersCard),
  },
  getAvailability: {
    verbs: words(text('Reading free times'), text('Read free times'), text('Could not read free times')),
    Card: card(async () => (await people()).GetAvailabilityCard),
  },
  sendNudge: {
    verbs: words(text('Sending the message'), text('Sent the message'), text('Did not send the message')),
    notAgain: text('Sent nothing again'),
    Card: card(async () => (await people()).SendNudgeCard),
    confirmation: { title: text('Send this message?'), yes: text('Send'), no: text('Do not send') },
  },
  calculate: { verbs: words(text('Calculating'), text('Calculated'), text('Could not calculate this')) },
  webSearch: {
    verbs: words(text('Searching the web'), text('Searched the web'), text('Could not search the web')),
    Card: card(async () => (await web()).WebSearchCard),
    confirmation: { title: text('Search the web for this?'), yes: text('Search'), no: text('Do not search') },
  },
};

type AnyView = Omit<ToolView<ToolName>, 'Card'> & {
  Card?: ComponentType<Pick<ToolCardProps<ToolName>, 'threadId'> & { part: ToolPart }>;
};

// Name, input and output belong together in a tool part, which a lookup by name cannot tell the compiler.
const byName = new Map(Object.entries(VIEWS)) as ReadonlyMap<string, unknown> as ReadonlyMap<string, AnyView>;

/** How a call is shown; undefined for a stored call of a tool that is gone. */
export const viewOf = (part: ToolPart): AnyView | undefined => byName.get(toolNameOf(part));
