import type { Frame } from './vocabulary.ts';

export const TOOL_NAMES = [
  'searchNotes',
  'summarizeSession',
  'generateQuiz',
  'addFlashcards',
  'buildLearningProfile',
  'createStudyPlan',
  'matchCandidates',
  'matchInsight',
  'getOnlineUsers',
  'getAvailability',
  'sendNudge',
] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

/** `fromSearch`: the call cannot be made before the search in front of it has brought passages. */
export type Call = { tool: ToolName; args: Record<string, unknown>; fromSearch?: boolean };

export type Person = { id: string; name: string };

/** A call that waits for one thing the student has not said. */
export type Pending = { call: Call; missing: string; question: string };

/** What the conversation so far means for the next sentence. */
export type State = {
  now: Date;
  people: Person[];
  subject: string;
  lastPersonId?: string;
  lastCall?: Call;
  pending?: Pending;
  /** The talk so far, for a summary of a study session. */
  conversation: string;
};

export type Route =
  | { kind: 'call'; calls: Call[]; assumed: string[]; question: string }
  | { kind: 'ask'; pending: Pending }
  | { kind: 'talk'; about: Talk };

export type Talk =
  | 'greeting'
  | 'thanks'
  | 'bye'
  | 'yes'
  | 'no'
  | 'maybe'
  | 'stop'
  | 'repeat'
  | 'self'
  | 'off-topic'
  | 'unclear'
  | 'empty';

/** One clause of what the student says, with what it stands on. */
export type Clause = { say: string; paste: string; inherited: string; state: State };

export type Filled = { calls: Call[]; assumed?: string[] } | { pending: Pending };

/** A tool's own table of ways to ask for it, and how its arguments are read. */
export type ToolRules = { tool: ToolName; frames: Frame[]; fill: (clause: Clause) => Filled };

export const ask = (call: Call, missing: string, question: string): { pending: Pending } => ({
  pending: { call, missing, question },
});
