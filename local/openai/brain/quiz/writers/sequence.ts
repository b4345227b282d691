import type { Knowledge, SequenceFact } from '../../facts/types.ts';
import { CHOICES_BESIDE_ANSWER } from '../distractors.ts';
import type { Draft } from '../types.ts';
import { explained } from './wording.ts';

/** The step that follows another one in a numbered list. */
export function writeSequence(_knowledge: Knowledge, fact: SequenceFact): Draft[] {
  const { steps, at, title, unit } = fact;
  const answer = steps[at];
  const before = steps[at - 1];
  if (!answer || !before) return [];
  // The steps nearest to the right one are the likeliest to be taken for it.
  const wrong = steps
    .map((step, index) => ({ step, distance: Math.abs(index - at), index }))
    .filter(({ step }) => step !== answer && step !== before)
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
    .slice(0, CHOICES_BESIDE_ANSWER);
  if (wrong.length < CHOICES_BESIDE_ANSWER) return [];
  return [
    {
      kind: 'sequence',
      unit,
      concept: `${title}: ${answer}`,
      question: `In the list “${title}”, what comes directly after “${before}”?`,
      answer,
      distractors: wrong.map(({ step, index }) => ({
        text: step,
        why: `This is number ${index + 1} of the list.`,
      })),
      explanation: `In the list, “${answer}” stands directly after “${before}”. ${explained(unit)}`,
      difficulty: 'hard',
      worth: fact.weight,
    },
  ];
}
