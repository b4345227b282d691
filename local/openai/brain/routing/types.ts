import { type Language, say as phrase } from '../phrases.ts';
import { inOurWords, languageOf } from './glossary.ts';

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
export const isTool = (meaning: string): meaning is ToolName => TOOL_NAMES.some((tool) => tool === meaning);

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
  /** In which our own sentences are said, where the one that is read tells too little. */
  language?: Language;
  /** The search that the last answer came from. */
  lastQuery?: string;
};

export type Plan = { kind: 'call'; calls: Call[]; assumed: string[]; question: string; note?: string };
export type Route = Plan | { kind: 'ask'; pending: Pending } | { kind: 'talk'; about: Talk };

export const LONGEST_QUERY = 300;

/** The words as they are, looked for in the notes. */
export function searchFor(words: string): Plan {
  const query = words.slice(0, LONGEST_QUERY);
  const call: Call = { tool: 'searchNotes', args: { query, limit: 10 } };
  return { kind: 'call', calls: [call], assumed: [], question: query };
}

/** Kinds of talk, each under the name of what is said to it: a line of the sentences and of the phrases is a kind. */
export type Talk = string;

/** What a sentence is for: a tool's work, or talk. */
export type Meaning = ToolName | Talk;

/** One clause of what the student says, with what it stands on. */
export type Clause = {
  say: string;
  language: Language;
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
export function plainClause(say: string, state: State): Clause {
  const language = languageOf(say);
  const plain = inOurWords(say, language);
  return { say, language, plain, whole: plain, typed: say, paste: '', inherited: '', state, calls: [] };
}

export type Filled = { calls: Call[]; assumed?: string[] } | { pending: Pending };

export const calling = (tool: ToolName, args: Call['args'], assumed: string[] = []): Filled => ({
  calls: [{ tool, args }],
  assumed,
});

type Asked = { key?: string; name?: string | undefined; date?: string };

/** The call waits, and the student is asked for what is missing. */
export const ask = (
  call: Call,
  missing: string,
  { language }: Pick<Clause, 'language'>,
  { key = missing, ...values }: Asked = {},
): { pending: Pending } => ({ pending: { call, missing, question: phrase(`ask.${key}`, values, language) } });
