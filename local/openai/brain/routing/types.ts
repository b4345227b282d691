import { inOurWords } from './glossary.ts';

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
  /** What was spoken of before that: "the two" are both. */
  earlier?: string;
  lastPersonId?: string;
  lastCall?: Call;
  pending?: Pending;
  /** The talk so far, for a summary of a study session. */
  conversation: string;
  /** What the student told of themselves, in their own words. */
  told: string[];
  /** The search that the last answer came from. */
  lastQuery?: string;
};

export type Route =
  | { kind: 'call'; calls: Call[]; assumed: string[]; question: string; note?: string }
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
  | 'told'
  | 'recall'
  | 'form'
  | 'unclear'
  | 'empty';

/** What a sentence is for: a tool's work, or talk. */
export type Meaning = ToolName | Talk;

/** One clause of what the student says, with what it stands on. */
export type Clause = {
  say: string;
  /** The same in the router's own English words: numbers, days and levels are read from it. */
  plain: string;
  /** The whole sentence in those words, when this clause is the only order in it: its slots may stand anywhere. */
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
  plain: inOurWords(say),
  whole: inOurWords(say),
  typed: say,
  paste: '',
  inherited: '',
  state,
  calls: [],
});

export type Filled = { calls: Call[]; assumed?: string[] } | { pending: Pending };

export const ask = (call: Call, missing: string, question: string): { pending: Pending } => ({
  pending: { call, missing, question },
});
