import type { FigureFact, Knowledge } from '../../facts/types.ts';
import { CHOICES_BESIDE_ANSWER } from '../distractors.ts';
import { wrongFigures } from '../figures.ts';
import type { Draft } from '../types.ts';
import { explained } from './wording.ts';

/** A year, a count or a measure, beside others that look like it. */
export function writeFigure(knowledge: Knowledge, fact: FigureFact): Draft[] {
  const isDate = /^Which date/.test(fact.question);
  const digits = isDate ? undefined : /\d[\d.,]*/.exec(fact.answer)?.[0];
  if (digits && new RegExp(`(?<![\\d.,])${digits.replaceAll('.', '\\.')}(?![\\d.,]*\\d)`).test(fact.question))
    return [];
  const notes = fact.kind === 'year' || isDate ? knowledge.units.map(({ clean }) => clean).join(' ') : '';
  const wrong = wrongFigures(fact.answer, notes, fact.unit.clean);
  if (wrong.length < CHOICES_BESIDE_ANSWER) return [];
  return [
    {
      kind: fact.kind,
      unit: fact.unit,
      concept: fact.about,
      question: fact.question,
      answer: fact.answer,
      distractors: wrong.map((text) => ({
        text,
        why: notes.includes(text)
          ? `The notes name this ${isDate ? 'date' : 'year'} for something else.`
          : 'A figure near the right one; the notes give another.',
      })),
      explanation: explained(fact.unit),
      difficulty: fact.kind === 'year' ? 'hard' : 'medium',
      worth: fact.weight,
    },
  ];
}
