import { composeAnswer } from './answer/compose.ts';
import type { Conversation, Step } from './conversation.ts';
import { foundIn } from './follow-plan.ts';
import { hintOf, rungOf } from './ladder.ts';
import { languageOf } from './routing/glossary.ts';
import type { Call, Route } from './routing/types.ts';
import { citePassages } from './summary/points.ts';
import { whatICanDo } from './talk.ts';
import { describeResult, failureOf } from './tool-results.ts';

const NO_NOTES = 'You have no notes that are ready yet. Add a document, and ask again once it has been read.';
const QUESTION =
  /\?\s*$|^(?:explain|what|why|how|who|when|where|which|define|describe|compare|tell me|difference|meaning)\b/i;

/** What is said once the tools have run: a sentence for each thing that was asked for, in its order. */
export function conclude(
  conversation: Conversation,
  plan: Extract<Route, { kind: 'call' }>,
  skipped: Call[] = [],
): string {
  const { steps } = conversation;
  if (steps.length === 0) return whatICanDo(new Set());
  const sentences = steps.flatMap((step, i) => sentenceFor(step, i, conversation, plan, skipped));
  const worked = steps.some((step) => failureOf(step) === null && step.name !== 'searchNotes');
  const text = [
    plan.note ?? '',
    ...sentences,
    ...skippedSentences(skipped, steps),
    ...(worked ? plan.assumed : []),
  ]
    .filter((sentence, i, all) => sentence && all.indexOf(sentence) === i)
    .join(' ');
  return differently(text, conversation.instructions);
}

const AGAIN = /^The student wants this answer again, (\w+):/m;
const BEYOND: Readonly<Record<string, string>> = {
  simpler: 'I quote your notes as they stand, so I cannot put this more simply.',
  deeper: 'I quote your notes and know nothing beyond them, so this is as deep as I go.',
  example: 'I quote your notes and cannot make up another example.',
  language: 'I quote your notes in their own language and cannot translate them.',
};

/** Fewer sentences where a shorter answer is wanted; what needs thinking is honestly said to be beyond a quotation. */
function differently(text: string, instructions: string): string {
  const nudge = AGAIN.exec(instructions)?.[1];
  if (nudge === undefined) return text;
  if (nudge !== 'shorter') return [BEYOND[nudge], text].filter(Boolean).join(' ');
  // A sentence keeps the number behind it.
  const pieces = text.split(/(?<=[.!?](?:\s*\[\d+\])+|\[\d+\]\.?)\s+(?=\S)/);
  return pieces.slice(0, Math.ceil(pieces.length / 2)).join(' ');
}

function sentenceFor(
  step: Step,
  i: number,
  conversation: Conversation,
  plan: Extract<Route, { kind: 'call' }>,
  skipped: Call[],
): string[] {
  const failure = failureOf(step);
  if (failure) return [failure];
  const { steps, instructions } = conversation;
  if (step.name !== 'searchNotes') {
    const described = describeResult(step, conversation.state.people);
    // What sums up passages of the notes is proven by them, line by line.
    const isOfNotes = step.name === 'summarizeSession';
    return [isOfNotes ? citePassages(described, foundIn(steps.slice(0, i)).passages) : described];
  }
  const wasUsed = steps
    .slice(i + 1)
    .some((later) => plan.calls.some((call) => call.tool === later.name && call.needs === 'passages'));
  const isLast = i === steps.length - 1;
  const wasMaterial = plan.calls.some((call) => call.needs === 'passages');
  const found = foundIn(steps.filter((other) => failureOf(other) === null));
  if (found.passages.length === 0 && hasNoNotes(instructions)) return [NO_NOTES];
  if (wasUsed || (wasMaterial && found.passages.length > 0 && skipped.length > 0)) return [];
  // Whoever says "look for X, then quiz me" sees the passages; a question wants its answer beside the quiz.
  if (!isLast && !QUESTION.test(plan.question)) return [];
  const { text } = composeAnswer(plan.question, found);
  const rung = rungOf(instructions);
  return [
    rung === null
      ? text
      : hintOf(rung, found.band === 'none' ? [] : found.passages, text, languageOf(plan.question)),
  ];
}

function skippedSentences(skipped: Call[], steps: Step[]): string[] {
  const hasPassages =
    steps.some((step) => step.name === 'searchNotes' && failureOf(step) === null) &&
    foundIn(steps).passages.length > 0;
  return skipped.flatMap(({ tool, needs }) => {
    if (tool === 'generateQuiz' && needs === 'profile')
      return ['So there is no weak topic to quiz you on yet. Name a topic, and I make the quiz.'];
    if (tool === 'addFlashcards' && needs === 'passages' && hasPassages)
      return [
        'I found passages, but nothing in them makes a sound card. Name a narrower topic, or give me front and back.',
      ];
    return [];
  });
}

const hasNoNotes = (instructions: string): boolean =>
  /\bNotes: (?:0|no) documents? ready\b/i.test(instructions);
