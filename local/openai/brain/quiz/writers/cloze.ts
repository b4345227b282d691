import { looksPlural } from '../../facts/number-form.ts';
import type { ClozeFact, Knowledge } from '../../facts/types.ts';
import { tells } from '../../facts/words.ts';
import { termChoices } from '../distractors.ts';
import type { Draft } from '../types.ts';
import { asDistractors, closeness, explained, isHard } from './wording.ts';

/** The term that completes a sentence of the notes. */
export function writeCloze(knowledge: Knowledge, fact: ClozeFact): Draft[] {
  const { term, unit, before, form, after } = fact;
  if (tells(`${before} ${after}`, form)) return [];
  const isPlural = looksPlural(form);
  const choices = termChoices(knowledge, term, {
    unit,
    said: `${before} ${after}`,
    form,
    isPlural,
  });
  if (!choices) return [];
  return [
    {
      kind: 'cloze',
      unit,
      concept: term.text,
      question: `What completes the sentence? “${before}_____${after}”`,
      answer: form,
      distractors: asDistractors(knowledge, choices),
      explanation: explained(unit),
      difficulty: isHard(term, choices) ? 'hard' : 'medium',
      worth: fact.weight + closeness(choices),
    },
  ];
}
