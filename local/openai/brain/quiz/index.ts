import { readSearchResult } from '../answer/passages.ts';
import { learn } from '../facts/index.ts';
import { brokenRule } from './lint.ts';
import { readRequest } from './request.ts';
import { selectDrafts } from './select.ts';
import { topicOf } from './topic.ts';
import type { Draft, QuizItem } from './types.ts';
import { writeDrafts } from './writers/index.ts';

/**
 * Items for a quiz from the passages of the prompt. Only what keeps to every rule is returned: where the notes hold less
 * than was asked for, there are fewer items.
 */
export function writeQuizItems(prompt: string): { items: QuizItem[] } {
  const request = readRequest(prompt);
  const passages = readSearchResult(prompt)?.passages ?? [];
  const knowledge = learn(passages);
  const drafts = knowledge.facts
    .flatMap((fact) => writeDrafts(knowledge, fact))
    .filter((draft) => brokenRule(draft) === null);
  return { items: selectDrafts(drafts, request).map((draft) => asItem(draft, request.topic)) };
}

function asItem(draft: Draft, asked: string): QuizItem {
  const { unit, distractors, answer } = draft;
  return {
    concept: draft.concept,
    topic: topicOf(unit, asked),
    question: draft.question,
    difficulty: draft.difficulty,
    kind: draft.kind,
    passage: unit.passage.n,
    quote: unit.text,
    answer,
    explanation: draft.explanation,
    distractors,
  };
}
