import { composeAnswer } from './answer/compose.ts';
import type { Passage } from './answer/passages.ts';
import type { Conversation } from './conversation.ts';
import { foundIn } from './follow-plan.ts';
import { type Language, say } from './phrases.ts';
import type { Call, Plan } from './routing/types.ts';
import { citePassages } from './summary/write-summary.ts';
import { sentences } from './text/sentences.ts';
import { describeResult, failureOf } from './tool-results.ts';
import { found, says } from './words.ts';

/** What is said once the tools have run: a sentence for each thing that was asked for, in its order. */
export function conclude(conversation: Conversation, plan: Plan, skipped: Call[] = []): string {
  const { steps, language, instructions } = conversation;
  const hasDone = steps.some((step) => failureOf(step) === null && step.name !== 'searchNotes');
  const said = [
    plan.note ?? '',
    ...steps.map((_, i) => sentenceFor(i, conversation, plan, skipped.length > 0)),
    ...skipped.map((call) => skippedSentence(call, conversation)),
    ...(hasDone ? plan.assumed : []),
  ];
  return differently([...new Set(said)].filter(Boolean).join(' '), instructions, language);
}

/** Fewer sentences where a shorter answer is wanted; what needs thinking is honestly said to be beyond a quotation. */
function differently(text: string, instructions: string, language: Language): string {
  const nudge = /^The student wants this answer again, (\w+):/m.exec(instructions)?.[1];
  if (nudge === undefined) return text;
  if (nudge !== 'shorter') return [say(`again.${nudge}`, {}, language), text].filter(Boolean).join(' ');
  // A sentence keeps the number behind it.
  const pieces = text.split(/(?<=[.!?](?:\s*\[\d+\])+|\[\d+\]\.?)\s+(?=\S)/);
  return pieces.slice(0, Math.ceil(pieces.length / 2)).join(' ');
}

function sentenceFor(i: number, conversation: Conversation, plan: Plan, isCut: boolean): string {
  const { steps, instructions, language } = conversation;
  const step = steps[i];
  const failure = step && failureOf(step, language);
  if (!step || failure) return failure ?? '';
  if (step.name !== 'searchNotes') {
    const described = describeResult(step, language);
    // What sums up passages of the notes is proven by them, line by line.
    const isOfNotes = step.name === 'summarizeSession';
    return isOfNotes ? citePassages(described, foundIn(steps.slice(0, i)).passages) : described;
  }
  const material = plan.calls.filter((call) => call.needs === 'passages');
  const wasUsed = steps.slice(i + 1).some((later) => material.some((call) => call.tool === later.name));
  const result = foundIn(steps);
  const hasNone = result.passages.length === 0;
  if (hasNone && says('no-documents', instructions)) return say('notes.none', {}, language);
  if (wasUsed || (material.length > 0 && !hasNone && isCut)) return '';
  // Whoever says "look for X, then quiz me" sees the passages; a question wants its answer beside the quiz.
  if (i < steps.length - 1 && !says('wants-answer', plan.question)) return '';
  const { text } = composeAnswer(plan.question, result, language);
  const rung = rungOf(instructions);
  return rung === null ? text : hintOf(rung, result.band === 'none' ? [] : result.passages, text, language);
}

/** What is said of a call that stood on too little. */
function skippedSentence({ tool, needs }: Call, { steps, language }: Conversation): string {
  if (tool === 'generateQuiz' && needs === 'profile') return say('skipped.quiz', {}, language);
  const isBare = tool === 'addFlashcards' && needs === 'passages' && foundIn(steps).passages.length > 0;
  return isBare ? say('skipped.cards', {}, language) : '';
}

/** How far a problem is to be opened, as the instructions say it; null where they say nothing. */
export function rungOf(instructions: string): number | null {
  const rung = found('rung', instructions);
  return rung === undefined ? null : Number(rung);
}

const LAST_RUNG = 4;

/** As much of an answer as a hint gives. */
function hintOf(rung: number, passages: Passage[], answer: string, language: Language): string {
  const [best] = passages;
  if (rung >= LAST_RUNG || !best) return answer;
  const spoken = passages.flatMap(({ n, text }) =>
    sentences(text).flatMap((sentence) =>
      sentence.kind === 'prose' ? [{ n, text: sentence.text.replace(/[.]$/, '') }] : [],
    ),
  );
  const shown = [undefined, spoken[0], spoken.find(({ text }) => says('example', text))][rung - 1];
  const key = shown ? `hint.${rung}` : rung === 3 ? 'hint.none' : 'hint.1';
  const quote = shown && `“${shown.text.replace(/\s+/g, ' ').trim()}” [${shown.n}].`;
  const hint = say(key, { quote, place: best.heading || best.title }, language);
  return `${hint} ${say('hint.tell', {}, language)}`;
}
