import type { Fact, Knowledge, ReasonFact, SequenceFact } from '../facts/types.ts';
import { likeness } from '../facts/words.ts';
import { CHOICES_BESIDE_ANSWER } from './distractors.ts';
import { writeFigure } from './figures.ts';
import type { Draft } from './types.ts';
import { explained, writeDefinition, writeSubject } from './write-terms.ts';

/** The questions that a fact allows; none when the notes hold too few wrong choices that are near enough. */
export function writeDrafts(knowledge: Knowledge, fact: Fact): Draft[] {
  switch (fact.kind) {
    case 'definition':
      return writeDefinition(knowledge, fact);
    case 'subject':
      return writeSubject(knowledge, fact);
    case 'year':
    case 'number':
      return writeFigure(knowledge, fact);
    case 'reason':
      return writeReason(knowledge, fact);
    case 'sequence':
      return writeSequence(knowledge, fact);
  }
}

const SAME_REASON = 0.25;
const SAME_CLAIM = 0.4;

/** Why something is so; the wrong choices are the reasons of other things. */
function writeReason(knowledge: Knowledge, fact: ReasonFact): Draft[] {
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

/** The step that follows another one in a numbered list. */
function writeSequence(_knowledge: Knowledge, fact: SequenceFact): Draft[] {
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
