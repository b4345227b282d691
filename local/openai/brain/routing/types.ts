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

/** What an earlier call of the same turn has to bring before this one can be made. */
type Need = 'passages' | 'profile' | 'partners';

export type Call = { tool: ToolName; args: Record<string, unknown>; needs?: Need };

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
  | 'review'
  | 'own-plan'
  | 'low'
  | 'unclear'
  | 'empty';

/** One clause of what the student says, with what it stands on. */
export type Clause = {
  say: string;
  /** The whole sentence, when this clause is the only order in it: its slots may stand anywhere. */
  whole: string;
  /** The sentence as it was typed, for words that another person will read. */
  typed: string;
  paste: string;
  inherited: string;
  state: State;
  /** The calls that clauses before this one ask for. */
  calls: Call[];
};

/** A sentence that stands alone. */
export const plainClause = (say: string, state: State): Clause => ({
  say,
  whole: say,
  typed: say,
  paste: '',
  inherited: '',
  state,
  calls: [],
});

export type Filled = { calls: Call[]; assumed?: string[] } | { pending: Pending };

/** A tool's own table of ways to ask for it, and how its arguments are read. */
export type ToolRules = {
  tool: ToolName;
  frames: Frame[];
  /** Words that mean the tool where nothing clearer is said, and only in an order, a question or a fragment. */
  hints?: Frame[];
  /** How sure the slots alone make it, where no words do. */
  weigh?: (say: string, state: State) => number;
  fill: (clause: Clause) => Filled;
};

export const ask = (call: Call, missing: string, question: string): { pending: Pending } => ({
  pending: { call, missing, question },
});
