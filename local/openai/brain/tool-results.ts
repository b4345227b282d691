import { parseJson, type Step } from './conversation.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The sentence of a tool that failed, or null when it did not. */
export function failureOf(step: Step): string | null {
  const value = parseJson(step.result ?? '');
  if (isRecord(value) && value.ok === false)
    return typeof value.message === 'string' && value.message ? value.message : 'That did not work.';
  if (isRecord(value) && typeof value.error === 'string') return 'That did not work. Please try again.';
  return /\b(?:execution denied|was denied|not approved)\b/i.test(step.result ?? '')
    ? 'All right, I did not do it.'
    : null;
}

/** One plain sentence about what a tool did. The card beside it shows the rest. */
export function describeResult(step: Step): string {
  const value = parseJson(step.result ?? '');
  const result = isRecord(value) ? value : {};
  const count = (key: string): number => (Array.isArray(result[key]) ? result[key].length : 0);
  const text = (key: string): string => (typeof result[key] === 'string' ? result[key] : '');
  switch (step.name) {
    case 'generateQuiz': {
      const asked = typeof step.args.n === 'number' ? step.args.n : count('items');
      const made = count('items');
      if (made === 0) return 'Your notes hold nothing that makes a sound question on this.';
      return made < asked
        ? `Your quiz is ready with ${made} of ${asked} questions: your notes hold no more sound ones.`
        : `Your quiz with ${plural(made, 'question')} is ready.`;
    }
    case 'addFlashcards':
      return `Added ${plural(Number(result.count ?? count('flashcardIds')), 'flashcard')} to your deck.`;
    case 'summarizeSession':
      return text('summary') || 'The summary is ready.';
    case 'createStudyPlan':
      return `Your plan is ready: ${text('title') || 'study plan'}, ${plural(count('weekBlocks'), 'week')}.`;
    case 'buildLearningProfile':
      return describeProfile(result);
    case 'matchCandidates':
      return count('candidates') === 0
        ? 'I found no study partner for you yet.'
        : `I found ${plural(count('candidates'), 'possible study partner')}, best fit first.`;
    case 'matchInsight':
      return typeof result.compatibilityScore === 'number'
        ? `You fit ${Math.round(result.compatibilityScore * 100)} %. The reasons are in the card.`
        : 'The comparison is ready.';
    case 'getOnlineUsers': {
      const total = typeof result.total === 'number' ? result.total : count('users');
      return total === 0
        ? 'Nobody is online right now.'
        : `${plural(total, 'student')} ${total === 1 ? 'is' : 'are'} online.`;
    }
    case 'getAvailability':
      return count('windows') === 0
        ? 'No free times are set.'
        : `There are ${plural(count('windows'), 'free window')}.`;
    case 'sendNudge':
      return result.success === false ? 'The nudge was not sent.' : 'The nudge is sent.';
    default:
      return 'Done.';
  }
}

function describeProfile(result: Record<string, unknown>): string {
  const names = (key: string): string[] =>
    (Array.isArray(result[key]) ? result[key] : []).flatMap((item) => {
      if (typeof item === 'string') return [item];
      return isRecord(item) && typeof item.topic === 'string' ? [item.topic] : [];
    });
  const strong = names('strengths').slice(0, 3).join(', ');
  const weak = names('weaknesses').slice(0, 3).join(', ');
  if (!strong && !weak) return 'There is too little to judge yet. Take a quiz or review some cards first.';
  return [strong && `Strong so far: ${strong}.`, weak && `To work on: ${weak}.`].filter(Boolean).join(' ');
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
