import type { Fact, Knowledge, Link, ReasonFact, SequenceFact, Unit } from '../facts/types.ts';
import { WORDING } from '../facts/wording.ts';
import { likeness } from '../facts/words.ts';
import { capitalised } from '../text/plain.ts';
import { CHOICES_BESIDE_ANSWER } from './distractors.ts';
import { writeFigure } from './figures.ts';
import type { Draft, Written } from './types.ts';
import { contradictions } from './variants.ts';

/** The questions that a fact allows; none when the notes hold too few wrong choices that are near enough. */
export function writeDrafts(knowledge: Knowledge, fact: Fact): Draft[] {
  switch (fact.kind) {
    case 'year':
    case 'number':
      return finished(fact, writeFigure(knowledge, fact));
    case 'sequence':
      return finished(fact, writeSequence(fact));
    case 'reason':
      return finished(fact, writeReason(knowledge, fact));
    default:
      return [];
  }
}

/** A question with its proof; none where it has too few wrong choices. */
export function finished(
  { unit, kind, weight }: Pick<Fact, 'unit' | 'kind' | 'weight'>,
  written: Written | null,
): Draft[] {
  if (!written || written.distractors.length < CHOICES_BESIDE_ANSWER) return [];
  const { lead = '', ...draft } = inOneCase(written);
  const explanation = `${lead} ${WORDING[unit.language].said(sayingOf(unit))}`.trim();
  return [{ kind, worth: weight, ...draft, unit, explanation }];
}

/** What begins a sentence of the notes has a capital there, and its sister inside one has none. */
function inOneCase<T extends Written>(written: T): T {
  const { answer, distractors } = written;
  const texts = [answer, ...distractors.map(({ text }) => text)];
  if (!texts.some((text) => /^\p{Lu}\p{Ll}/u.test(text)) || !texts.some((text) => /^\p{Ll}/u.test(text)))
    return written;
  const told = distractors.map((one) => ({ ...one, text: capitalised(one.text) }));
  return { ...written, answer: capitalised(answer), distractors: told };
}

/** A unit as running text: the two lines of a glossary entry become one. */
const sayingOf = (unit: Unit): string => unit.clean.replace(/\s+:\s+/, ': ').replace(/[\s^]+$/, '');

const ASKS: Record<Link, string> = {
  because: 'why is this so',
  when: 'when is this so',
  by: 'how does this happen',
};
const SAME_REASON = 0.25;
/** Reasons of far parts of the notes are of other things, which anybody sees. */
const NEAR_REASONS = 40;
const SAME_CLAIM = 0.4;

/** Why something is so; the wrong choices are the reasons of other things. */
function writeReason({ facts }: Knowledge, { link, claim, reason, unit, weight }: ReasonFact): Written {
  const others = facts
    .filter(
      (other): other is ReasonFact => other.kind === 'reason' && other.link === link && other.unit !== unit,
    )
    .filter(
      (other) =>
        Math.abs(other.unit.order - unit.order) <= NEAR_REASONS &&
        likeness(other.reason, reason) < SAME_REASON &&
        likeness(other.claim, claim) < SAME_CLAIM,
    )
    .map((other) => ({
      ...other,
      distance:
        Math.abs(Math.log(other.reason.length / reason.length)) -
        (other.unit.heading === unit.heading ? 0.5 : 0),
    }))
    .sort((a, b) => a.distance - b.distance || a.unit.order - b.unit.order);
  return {
    concept: claim,
    question: `According to the notes, ${ASKS[link]}: “${claim}”?`,
    answer: capitalised(reason),
    distractors: [
      ...others.map((other) => ({
        text: capitalised(other.reason),
        why: `That is said of this: “${other.claim}”.`,
      })),
      ...(link === 'when' ? [] : contradictions(reason, unit.clean)).map((text) => ({
        text: capitalised(text),
        why: WORDING[unit.language].said(sayingOf(unit)),
      })),
    ].slice(0, CHOICES_BESIDE_ANSWER),
    difficulty: 'hard',
    worth: weight,
  };
}

/** The step that follows another one in a numbered list. */
function writeSequence({ steps, at, title }: SequenceFact): Written | null {
  const [before, answer] = steps.slice(at - 1, at + 1);
  if (!answer || !before) return null;
  // The steps nearest to the right one are the likeliest to be taken for it.
  const wrong = steps
    .map((step, index) => ({ step, distance: Math.abs(index - at), index }))
    .filter(({ step }) => step !== answer && step !== before)
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
    .slice(0, CHOICES_BESIDE_ANSWER);
  return {
    concept: `${title}: ${answer}`,
    question: `In the list “${title}”, what comes directly after “${before}”?`,
    answer,
    distractors: wrong.map(({ step, index }) => ({
      text: step,
      why: `This is number ${index + 1} of the list.`,
    })),
    lead: `In the list, “${answer}” stands directly after “${before}”.`,
    difficulty: 'hard',
  };
}
