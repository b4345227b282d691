import type { Knowledge, SubjectFact } from '../../facts/types.ts';
import { tells, withoutEnd } from '../../facts/words.ts';
import { termChoices } from '../distractors.ts';
import type { Draft } from '../types.ts';
import { asDistractors, closeness, explained, isHard } from './wording.ts';

/** A plain word is a subject of its own when the notes speak of it again and again. */
const OFTEN = 3;

/** "Which of the following …?": the subject of a sentence, asked for by all that the sentence says of it. */
export function writeSubject(knowledge: Knowledge, fact: SubjectFact): Draft[] {
  const { term, form, predicate, unit, isPlural, rival } = fact;
  const isWorthAsking =
    term.isKey ||
    term.isName ||
    term.isHeading ||
    term.text.includes(' ') ||
    /\p{Lu}/u.test(term.text) ||
    (term.units.size >= OFTEN && !/^The /.test(unit.clean));
  if (!term.isNoun || !isWorthAsking) return [];
  if (tells(predicate, form)) return [];
  const choices = termChoices(knowledge, term, { unit, form, said: predicate, isPlural, rival });
  if (!choices) return [];
  const isPerson = term.nameKind === 'person' && choices.every((choice) => choice.term.nameKind === 'person');
  const distractors = asDistractors(knowledge, choices).map((distractor, i) =>
    rival && choices[i]?.term === rival
      ? { ...distractor, why: `The notes set ${rival.text} against ${term.text}.` }
      : distractor,
  );
  return [
    {
      kind: rival ? 'contrast' : 'subject',
      unit,
      concept: form,
      question: `${isPerson ? 'Who' : 'Which of the following'} ${withoutEnd(predicate)}?`,
      answer: form,
      distractors,
      explanation: explained(unit),
      difficulty: isHard(term, choices) ? 'hard' : 'medium',
      worth: fact.weight + closeness(choices),
    },
  ];
}
