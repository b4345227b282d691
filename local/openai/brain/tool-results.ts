import type { Step } from './conversation.ts';
import { parseJson } from './parse-json.ts';
import {
  describeAvailability,
  describeInsight,
  describeMatches,
  describeNudge,
  describeOnline,
} from './results/people.ts';
import { countOf, isRecord, listed, plural, textOf } from './results/read.ts';
import {
  describeCards,
  describePlan,
  describeProfile,
  describeQuiz,
  describeSummary,
} from './results/study.ts';
import type { Person } from './routing/types.ts';

/** The sentence of a tool that failed, or null when it did not. */
export function failureOf(step: Step): string | null {
  const value = parseJson(step.result ?? '');
  if (isRecord(value) && value.ok === false)
    return typeof value.message === 'string' && value.message
      ? readable(value.message)
      : 'That did not work.';
  if (isRecord(value) && typeof value.error === 'string') return 'That did not work. Try again in a moment.';
  if (!isRecord(value) && /\b(?:execution denied|was denied|not approved)\b/i.test(step.result ?? ''))
    return step.name === 'sendNudge' ? 'All right, nothing was sent.' : 'All right, I left it.';
  return null;
}

/** The lines of a validator become a sentence: its marks are no words. */
const readable = (message: string): string => {
  const plain = message
    .replace(/^\s*[✖×]\s*/gm, '')
    .replace(/\n\s*→\s*at\s+(\S+)/g, ' ($1)')
    .replace(/\s*\n\s*/g, '. ')
    .trim();
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
};

/** One or two plain sentences about what a tool did. The card beside them shows the rest. */
export function describeResult(step: Step, people: Person[] = []): string {
  const value = parseJson(step.result ?? '');
  const result = isRecord(value) ? value : {};
  switch (step.name) {
    case 'generateQuiz':
      return describeQuiz(result, step.args);
    case 'addFlashcards':
      return describeCards(result);
    case 'summarizeSession':
      return describeSummary(result);
    case 'createStudyPlan':
      return describePlan(result);
    case 'buildLearningProfile':
      return describeProfile(result);
    case 'matchCandidates':
      return describeMatches(result);
    case 'matchInsight':
      return describeInsight(result);
    case 'getOnlineUsers':
      return describeOnline(result, step.args);
    case 'getAvailability':
      return describeAvailability(result, step.args);
    case 'sendNudge':
      return describeNudge(result, step.args, people);
    default: {
      const items = countOf(result, 'items');
      return (
        textOf(result, 'message') || (items > 0 ? `Done: ${listed([plural(items, 'result')])}.` : 'Done.')
      );
    }
  }
}
