import { type Passage, readSearchResult, type SearchResult } from './answer/passages.ts';
import { writeCards } from './cards/write-cards.ts';
import type { Step } from './conversation.ts';
import { isRecord, recordIn } from './parse-json.ts';
import { type Call, LONGEST_QUERY } from './routing/types.ts';
import { failureOf, namesIn } from './tool-results.ts';

/** Where a turn of several calls stands: the next call, those that stand on one that failed or brought too little, those of tools that are not at hand. */
type Progress = { next: { call: Call; args: Args } | null; skipped: Call[]; declined: Call[] };
type Args = Record<string, unknown>;

/** Replays the turn: calls run one after another, and one that fails takes only those with it that need it. */
export function progressOf(
  calls: Call[],
  steps: Step[],
  offered: { has: (tool: string) => boolean },
): Progress {
  const [declined, skipped]: [Call[], Call[]] = [[], []];
  let done = 0;
  for (const [i, call] of calls.entries()) {
    const served = calls[i + 1];
    const isServing = call.tool === 'searchNotes' && served?.needs === 'passages';
    if (!offered.has(call.tool)) declined.push(call);
    // A search that only serves a call which cannot be made is not worth making.
    if (!offered.has(call.tool) || (isServing && !offered.has(served.tool))) continue;
    const before = steps.slice(0, done).filter((step) => failureOf(step) === null);
    const args = argumentsFor(call, before, isServing);
    if (args && steps[done]?.name !== call.tool)
      return { next: done < steps.length ? null : { call, args }, skipped, declined };
    if (args) done += 1;
    else skipped.push(call);
  }
  return { next: null, skipped, declined };
}

const NOTHING: SearchResult = { band: 'none', missing: [], passages: [] };

/** The passages of all searches of this turn; the newest search says how good they are. */
export function foundIn(steps: Step[]): SearchResult {
  const results = steps.flatMap(({ name, result }) =>
    name === 'searchNotes' && result !== null ? (readSearchResult(result) ?? []) : [],
  );
  const all = results.flatMap(({ passages }) => passages);
  const passages = all.filter(({ n }, i) => all.findIndex((other) => other.n === n) === i);
  return { ...(results.at(-1) ?? NOTHING), passages };
}

const LONGEST_TRANSCRIPT = 20_000;
const USUAL_CARDS = 10;
const MOST_WEAK_SPOTS = 5;

/** Arguments that stand on what earlier calls of the turn brought; null when they brought too little. */
function argumentsFor(call: Call, steps: Step[], isServing: boolean): Args | null {
  const resultOf = (name: string): string => steps.findLast((step) => step.name === name)?.result ?? '';
  if (call.needs === 'passages') return fromPassages(call, foundIn(steps).passages);
  if (call.needs === 'profile') return fromProfile(call, weakSpotsIn(resultOf('buildLearningProfile')));
  if (call.needs === 'partners') {
    const id = firstPersonIn(resultOf('matchCandidates') || resultOf('getOnlineUsers'));
    return id ? { ...call.args, [call.tool === 'sendNudge' ? 'toUserId' : 'candidateId']: id } : null;
  }
  // What cards or a summary are made of has to be about the subject, and all of it.
  const { limit: _some, ...asked } = call.args;
  return isServing ? { ...asked, purpose: 'material' } : call.args;
}

function fromPassages({ tool, args }: Call, found: Passage[]): Args | null {
  const { text: pasted, topic, n } = args;
  const isPasted = typeof pasted === 'string' && pasted !== '';
  const passages = isPasted ? [{ n: 0, title: '', heading: '', text: pasted }] : found;
  if (passages.length === 0) return null;
  if (tool === 'summarizeSession') {
    const transcript = passages.map(({ text }) => text).join('\n\n');
    return { transcript: transcript.slice(0, LONGEST_TRANSCRIPT) };
  }
  const most = typeof n === 'number' ? n : USUAL_CARDS;
  const cards = writeCards(passages, { topic: typeof topic === 'string' ? topic : '', most });
  // A text pasted into the chat is no passage of the notes and proves nothing.
  const unproven = isPasted ? { passage: null, quote: null } : {};
  if (cards.length === 0) return null;
  return { cards: cards.map((card) => ({ ...card, metadata: { ...card.metadata, ...unproven } })) };
}

function fromProfile({ tool, args }: Call, weak: string[]): Args | null {
  const [named, goals] = [namesIn(args.knownWeakSpots), namesIn(args.goals)];
  if (goals.length + weak.length === 0) return null;
  if (tool === 'generateQuiz') return { ...args, topic: weak[0] };
  if (tool !== 'createStudyPlan')
    return { ...args, query: weak.slice(0, 3).join(', ').slice(0, LONGEST_QUERY) };
  const knownWeakSpots = [...new Set([...named, ...weak])];
  return {
    ...args,
    goals: goals.length > 0 ? goals : weak,
    ...(knownWeakSpots.length > 0 ? { knownWeakSpots } : {}),
  };
}

/** What a learning profile names as weak, weakest first; what it wants looked at next where nothing is weak yet. */
function weakSpotsIn(result: string): string[] {
  const { weaknesses, recommendedFocus } = recordIn(result);
  const weak = namesIn(weaknesses);
  return (weak.length > 0 ? weak : namesIn(recommendedFocus)).slice(0, MOST_WEAK_SPOTS);
}

/** The person at the top of a list of partners or of students who are here. */
export function firstPersonIn(result: string): string | null {
  const { candidates, users } = recordIn(result);
  const first: unknown = [candidates, users].find(Array.isArray)?.[0];
  return isRecord(first) && typeof first.userId === 'string' ? first.userId : null;
}
