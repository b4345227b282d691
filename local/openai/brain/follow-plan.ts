import { type Passage, readSearchResult, type SearchResult } from './answer/passages.ts';
import { writeCards } from './cards/write-cards.ts';
import type { Step } from './conversation.ts';
import { isRecord, parseJson } from './parse-json.ts';
import type { Call } from './routing/types.ts';
import { failureOf, namesIn } from './tool-results.ts';

/** Where a turn of several calls stands: the next call, if there is one, and what could not be done. */
type Progress = {
  next: { call: Call; args: Record<string, unknown> } | null;
  /** Calls that stand on one that failed or brought too little. */
  skipped: Call[];
  /** Calls of tools that are not at hand. */
  declined: Call[];
};

/** Replays the turn: calls run one after another, and one that fails takes only those with it that need it. */
export function progressOf(calls: Call[], steps: Step[], offered: ReadonlySet<string>): Progress {
  const skipped: Call[] = [];
  const declined: Call[] = [];
  let done = 0;
  for (const [i, call] of calls.entries()) {
    if (!offered.has(call.tool)) {
      declined.push(call);
      continue;
    }
    // A search that only serves a call which cannot be made is not worth making.
    const served = calls[i + 1];
    if (served?.needs && !offered.has(served.tool) && !isOwnWish(calls, i)) continue;
    const before = steps.slice(0, done).filter((step) => failureOf(step) === null);
    const args = argumentsFor(call, before, foundIn(before).passages, calls[i + 1]);
    if (args === null) {
      skipped.push(call);
      continue;
    }
    const step = steps[done];
    if (step?.name !== call.tool)
      return { next: done < steps.length ? null : { call, args }, skipped, declined };
    done += 1;
  }
  return { next: null, skipped, declined };
}

/** Whether the student asked for this call itself, and not only for what is made of it. */
const isOwnWish = (calls: Call[], i: number): boolean =>
  calls.slice(i + 1).some((later) => !later.needs) && calls[i]?.tool !== 'searchNotes';

/** The passages of all searches of this turn; the newest search says how good they are. */
export function foundIn(steps: Step[]): SearchResult {
  const found: SearchResult = { band: 'none', missing: [], read: [], absent: '', table: '', passages: [] };
  for (const step of steps) {
    const result = step.name === 'searchNotes' && step.result !== null ? readSearchResult(step.result) : null;
    if (!result) continue;
    found.band = result.band;
    found.missing = result.missing;
    found.read = result.read;
    found.absent = result.absent;
    found.table = result.table;
    const isNew = (n: number): boolean => !found.passages.some((passage) => passage.n === n);
    found.passages.push(...result.passages.filter((passage) => isNew(passage.n)));
  }
  return found;
}

const LONGEST_TRANSCRIPT = 20_000;
const LONGEST_QUERY = 300;
const USUAL_CARDS = 10;

/** Arguments that stand on what earlier calls of the turn brought; null when they brought too little. */
function argumentsFor(
  call: Call,
  steps: Step[],
  passages: Passage[],
  next?: Call,
): Record<string, unknown> | null {
  // What cards or a summary are made of has to be about the subject, and all of it.
  if (call.tool === 'searchNotes' && next?.needs === 'passages' && !call.needs) {
    const { limit: _some, ...asked } = call.args;
    return { ...asked, purpose: 'material' };
  }
  switch (call.needs) {
    case undefined:
      return call.args;
    case 'passages':
      return fromPassages(call, passages);
    case 'profile':
      return fromProfile(call, weakSpotsIn(resultOf(steps, 'buildLearningProfile')));
    case 'partners': {
      const id = firstPersonIn(resultOf(steps, 'matchCandidates') || resultOf(steps, 'getOnlineUsers'));
      const key = call.tool === 'sendNudge' ? 'toUserId' : 'candidateId';
      return id ? { ...call.args, [key]: id } : null;
    }
  }
}

const resultOf = (steps: Step[], name: string): string =>
  steps.findLast((step) => step.name === name && step.result !== null)?.result ?? '';

function fromPassages({ tool, args }: Call, found: Passage[]): Record<string, unknown> | null {
  const text = typeof args.text === 'string' ? args.text : '';
  const passages = text ? [{ n: 0, title: '', heading: '', text }] : found;
  if (passages.length === 0) return null;
  if (tool === 'summarizeSession')
    return {
      transcript: passages
        .map((passage) => passage.text)
        .join('\n\n')
        .slice(0, LONGEST_TRANSCRIPT),
    };
  const most = typeof args.n === 'number' ? args.n : USUAL_CARDS;
  const cards = writeCards(passages, { topic: typeof args.topic === 'string' ? args.topic : '', most });
  if (cards.length === 0) return null;
  // A text pasted into the chat is no passage of the notes and proves nothing.
  if (text)
    return {
      cards: cards.map((card) => ({ ...card, metadata: { ...card.metadata, passage: null, quote: null } })),
    };
  return { cards };
}

function fromProfile({ tool, args }: Call, weak: string[]): Record<string, unknown> | null {
  const [weakest] = weak;
  switch (tool) {
    case 'generateQuiz':
      return weakest ? { ...args, topic: weakest } : null;
    case 'searchNotes':
      return weakest ? { ...args, query: weak.slice(0, 3).join(', ').slice(0, LONGEST_QUERY) } : null;
    case 'createStudyPlan': {
      const goals = Array.isArray(args.goals) && args.goals.length > 0 ? args.goals : weak;
      if (goals.length === 0) return null;
      const named = Array.isArray(args.knownWeakSpots) ? args.knownWeakSpots : [];
      const spots = [...new Set([...named, ...weak])];
      return { ...args, goals, ...(spots.length > 0 ? { knownWeakSpots: spots } : {}) };
    }
    default:
      return args;
  }
}

const MOST_WEAK_SPOTS = 5;

/** What a learning profile names as weak, weakest first; what it wants looked at next where nothing is weak yet. */
function weakSpotsIn(result: string): string[] {
  const profile = parseJson(result);
  if (!isRecord(profile)) return [];
  const weak = namesIn(profile.weaknesses);
  return (weak.length > 0 ? weak : namesIn(profile.recommendedFocus)).slice(0, MOST_WEAK_SPOTS);
}

/** The person at the top of a list of partners or of students who are here. */
export function firstPersonIn(result: string): string | null {
  const found = parseJson(result);
  if (!isRecord(found)) return null;
  const list = [found.candidates, found.users].find(Array.isArray);
  const first: unknown = list?.[0];
  return isRecord(first) && typeof first.userId === 'string' ? first.userId : null;
}
