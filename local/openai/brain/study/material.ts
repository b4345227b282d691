import type { Passage } from '../answer/passages.ts';
import { writeCards } from '../cards/index.ts';
import type { Step } from '../conversation.ts';
import type { Call } from '../routing/types.ts';
import { firstPersonIn, weakSpotsIn } from './profile.ts';

const LONGEST_TRANSCRIPT = 20_000;
const LONGEST_QUERY = 300;
const USUAL_CARDS = 10;

/** Arguments that stand on what earlier calls of the turn brought; null when they brought too little. */
export function argumentsFor(call: Call, steps: Step[], passages: Passage[]): Record<string, unknown> | null {
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
