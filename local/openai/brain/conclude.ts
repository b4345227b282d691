import { composeAnswer } from './answer/compose.ts';
import type { Conversation } from './conversation.ts';
import { foundIn } from './follow-plan.ts';
import { hintOf, rungOf } from './ladder.ts';
import { type Language, say } from './phrases.ts';
import type { Call, Plan } from './routing/types.ts';
import { citePassages } from './summary/points.ts';
import { whatICanDo } from './talk.ts';
import { describeResult, failureOf } from './tool-results.ts';

const QUESTION =
  /\?\s*$|^(?:explain|what|why|how|who|when|where|which|define|describe|compare|tell me|difference|meaning)\b/i;

/** What is said once the tools have run: a sentence for each thing that was asked for, in its order. */
export function conclude(
  conversation: Conversation,
  plan: Plan,
  language: Language,
  skipped: Call[] = [],
): string {
  const { steps } = conversation;
  if (steps.length === 0) return whatICanDo(new Set());
  const text = [
    plan.note ?? '',
    ...steps.map((_, i) => sentenceFor(i, conversation, plan, language, skipped)),
    ...skipped.map((call) => skippedSentence(call, conversation, language)),
    ...(steps.some((step) => failureOf(step) === null && step.name !== 'searchNotes') ? plan.assumed : []),
  ]
    .filter((sentence, i, all) => sentence && all.indexOf(sentence) === i)
    .join(' ');
  return differently(text, conversation.instructions, language);
}

const AGAIN = /^The student wants this answer again, (\w+):/m;

/** Fewer sentences where a shorter answer is wanted; what needs thinking is honestly said to be beyond a quotation. */
function differently(text: string, instructions: string, language: Language): string {
  const nudge = AGAIN.exec(instructions)?.[1];
  if (nudge === undefined) return text;
  if (nudge !== 'shorter') return [say(`again.${nudge}`, {}, language), text].filter(Boolean).join(' ');
  // A sentence keeps the number behind it.
  const pieces = text.split(/(?<=[.!?](?:\s*\[\d+\])+|\[\d+\]\.?)\s+(?=\S)/);
  return pieces.slice(0, Math.ceil(pieces.length / 2)).join(' ');
}

function sentenceFor(
  i: number,
  { steps, state, instructions }: Conversation,
  plan: Plan,
  language: Language,
  skipped: Call[],
): string {
  const step = steps[i];
  const failure = step ? failureOf(step, language) : null;
  if (!step || failure) return failure ?? '';
  if (step.name !== 'searchNotes') {
    const described = describeResult(step, state.people, language);
    // What sums up passages of the notes is proven by them, line by line.
    const isOfNotes = step.name === 'summarizeSession';
    return isOfNotes ? citePassages(described, foundIn(steps.slice(0, i)).passages) : described;
  }
  const material = plan.calls.filter((call) => call.needs === 'passages');
  const wasUsed = steps.slice(i + 1).some((later) => material.some((call) => call.tool === later.name));
  const found = foundIn(steps.filter((other) => failureOf(other) === null));
  const hasNone = found.passages.length === 0;
  if (hasNone && /\bNotes: (?:0|no) documents? ready\b/i.test(instructions))
    return say('notes.none', {}, language);
  if (wasUsed || (material.length > 0 && !hasNone && skipped.length > 0)) return '';
  // Whoever says "look for X, then quiz me" sees the passages; a question wants its answer beside the quiz.
  if (i < steps.length - 1 && !QUESTION.test(plan.question)) return '';
  const { text } = composeAnswer(plan.question, found, language);
  const rung = rungOf(instructions);
  return rung === null ? text : hintOf(rung, found.band === 'none' ? [] : found.passages, text, language);
}

/** What is said of a call that stood on too little. */
function skippedSentence({ tool, needs }: Call, { steps }: Conversation, language: Language): string {
  if (tool === 'generateQuiz' && needs === 'profile') return say('skipped.quiz', {}, language);
  const found = foundIn(steps.filter((step) => failureOf(step) === null));
  return tool === 'addFlashcards' && needs === 'passages' && found.passages.length > 0
    ? say('skipped.cards', {}, language)
    : '';
}
