import type { Knowledge, ReasonFact } from '../../facts/types.ts';
import { likeness } from '../../facts/words.ts';
import { CHOICES_BESIDE_ANSWER } from '../distractors.ts';
import type { Draft } from '../types.ts';
import { explained } from './wording.ts';

const SAME_REASON = 0.25;
const SAME_CLAIM = 0.4;

/** Why something is so; the wrong choices are the reasons of other things. */
export function writeReason(knowledge: Knowledge, fact: ReasonFact): Draft[] {
  const { claim, reason, unit } = fact;
  const others = knowledge.facts
    .filter((other): other is ReasonFact => other.kind === 'reason' && other.unit !== unit)
    .filter(
      (other) => likeness(other.reason, reason) < SAME_REASON && likeness(other.claim, claim) < SAME_CLAIM,
    )
    .map((other) => ({
      ...other,
      score:
        (other.unit.heading === unit.heading ? 0.5 : 0) -
        Math.abs(Math.log(other.reason.length / reason.length)),
    }))
    .sort((a, b) => b.score - a.score || a.unit.order - b.unit.order)
    .slice(0, CHOICES_BESIDE_ANSWER);
  if (others.length < CHOICES_BESIDE_ANSWER) return [];
  return [
    {
      kind: 'reason',
      unit,
      concept: claim,
      question: `According to the notes, why is this so: “${claim}”?`,
      answer: `Because ${reason}`,
      distractors: others.map((other) => ({
        text: `Because ${other.reason}`,
        why: `That is the reason given for this: “${other.claim}”.`,
      })),
      explanation: explained(unit),
      difficulty: 'hard',
      worth: fact.weight,
    },
  ];
}
