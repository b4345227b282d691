import type { Step } from './conversation.ts';
import { isRecord, parseJson } from './parse-json.ts';
import { describeSum, describeWeb } from './results/beside.ts';
import * as people from './results/people.ts';
import { countOf, listed, plural, type Result, textOf } from './results/read.ts';
import * as study from './results/study.ts';
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

type Describe = (result: Result, args: Result, partners: Person[]) => string;

const DESCRIBE = new Map<string, Describe>(
  Object.entries({
    generateQuiz: study.describeQuiz,
    addFlashcards: study.describeCards,
    summarizeSession: study.describeSummary,
    createStudyPlan: study.describePlan,
    buildLearningProfile: study.describeProfile,
    matchCandidates: people.describeMatches,
    matchInsight: people.describeInsight,
    getOnlineUsers: people.describeOnline,
    getAvailability: people.describeAvailability,
    sendNudge: people.describeNudge,
    calculate: describeSum,
    webSearch: describeWeb,
  }),
);

/** One or two plain sentences about what a tool did. The card beside them shows the rest. */
export function describeResult(step: Step, partners: Person[] = []): string {
  const value = parseJson(step.result ?? '');
  const result = isRecord(value) ? value : {};
  const describe = DESCRIBE.get(step.name);
  if (describe) return describe(result, step.args, partners);
  const items = countOf(result, 'items');
  return textOf(result, 'message') || (items > 0 ? `Done: ${listed([plural(items, 'result')])}.` : 'Done.');
}
