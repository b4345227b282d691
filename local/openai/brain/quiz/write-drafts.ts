import { tokensOf } from '../facts/tags.ts';
import type {
  DefinitionFact,
  Fact,
  Knowledge,
  Link,
  ReasonFact,
  SequenceFact,
  StatementFact,
  SubjectFact,
  Term,
  Unit,
} from '../facts/types.ts';
import { WORDING } from '../facts/wording.ts';
import { keysOf, likeness, rootsOf, tells, withoutEnd } from '../facts/words.ts';
import { capitalised } from '../text/plain.ts';
import { type Cloze, clozesOf } from './cloze.ts';
import { CHOICES_BESIDE_ANSWER, type TermChoice, termChoices } from './distractors.ts';
import { writeFigure } from './figures.ts';
import type { Distractor, Draft, Written } from './types.ts';
import { contradictions } from './variants.ts';

/** The questions that a fact allows; none when the notes hold too few wrong choices that are near enough. */
export function writeDrafts(knowledge: Knowledge, fact: Fact): Draft[] {
  const draftsOf = (): (Written | null)[] => {
    switch (fact.kind) {
      case 'definition':
        return [termFromMeaning(knowledge, fact)];
      case 'subject':
        return [writeSubject(knowledge, fact)];
      case 'year':
      case 'number':
        return [writeFigure(knowledge, fact)];
      case 'sequence':
        return [writeSequence(fact)];
      case 'statement':
        return clozesOf(knowledge, fact).map((cloze) => writeCloze(knowledge, fact, cloze));
      case 'reason':
        return [writeReason(knowledge, fact)];
      case 'short form':
        return [];
    }
  };
  return draftsOf().flatMap((written) => finished(fact, written));
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

/** Why a term is the wrong choice, by what the notes say of it instead. */
function whyNot(knowledge: Knowledge, term: Term): string {
  if (term.definition) return `${capitalised(term.text)}: ${withoutEnd(term.definition.text)}.`;
  const said = knowledge.facts.find((fact) => fact.kind === 'subject' && fact.term === term);
  if (said) return `Of this the notes say something else: “${sayingOf(said.unit)}”`;
  return `The notes name ${term.text} in another connection.`;
}

const asDistractors = (knowledge: Knowledge, choices: readonly TermChoice[]): Distractor[] =>
  choices.map(({ term, text }) => ({ text, why: whyNot(knowledge, term) }));

/** Choices that differ from the answer in one word, or stand beside it in one list, ask for exact knowledge. */
const isHard = (answer: Term, choices: readonly TermChoice[]): boolean =>
  choices.filter(({ term }) => term.head === answer.head || answer.siblings.has(term.key)).length >= 2;

/** What near wrong choices add to the worth of a question. */
const closeness = (choices: readonly TermChoice[]): number =>
  choices.reduce((sum, choice) => sum + Math.min(choice.affinity, 9), 0) / Math.max(1, choices.length) / 6;

function termFromMeaning(knowledge: Knowledge, fact: DefinitionFact): Written | null {
  const { term, form, meaning, unit, isPlural, isStatement, weight } = fact;
  const own = rootsOf(form);
  const repeated = own.filter((root) => rootsOf(meaning).includes(root));
  const names = [...term.aliases].some((alias) => keysOf(meaning).includes(` ${alias} `));
  if (names || (repeated.length === 0 ? tells(meaning, form) : repeated.length === own.length)) return null;
  // "the cost of producing one more unit": beside "marginal cost" every choice has to be a cost.
  const choices = termChoices(knowledge, term, {
    unit,
    form,
    said: meaning,
    isPlural,
    leastKinship: LEAST_KINSHIP,
    holds: repeated,
  });
  if (!choices) return null;
  return {
    concept: form,
    question: isStatement
      ? `Under which of these do the notes say: “${capitalised(withoutEnd(meaning))}”?`
      : startsWithVerb(meaning, unit)
        ? `Which of the following ${withoutEnd(meaning)}?`
        : `What do the notes describe as “${withoutEnd(meaning)}”?`,
    answer: form,
    distractors: asDistractors(knowledge, choices),
    lead: `This describes ${form}.`,
    difficulty: isHard(term, choices) ? 'medium' : 'easy',
    worth: weight + closeness(choices),
  };
}

/** Forms that the tagger takes for plurals when nothing stands before them. */
const COMMON_VERB =
  /^(?:holds|contains|carries|provides|allows|controls|produces|converts|stores|refers|occurs|acts|serves|uses|helps|makes|protects|regulates|connects|breaks|transports|measures|shows|causes|stops|starts) (?!of\b)/;
/** After the plural of a noun would stand one of the excluded words: "proteins that …", "goods used …". */
const VERB_FIRST =
  /^\p{Ll}+[^su\s]s (?!(?:of|that|which|who|whose|in|on|at|and|or|for|from|with|without|to|by|between|within|where|when|used|made|found|\p{L}+(?:ed|ing))\b)\p{L}/u;

/** "Router: forwards packets …" says what it does and not what it is. */
const startsWithVerb = (meaning: string, unit: Unit): boolean =>
  COMMON_VERB.test(meaning) ||
  (VERB_FIRST.test(meaning) &&
    (unit.kind === 'item' || tokensOf(meaning)[0]?.tags.has('PresentTense') === true));

/** One wrong choice is tied to the right one, or all are explained in its part of the notes; three explained elsewhere are strangers. */
const LEAST_KINSHIP = 2;

/** A plain word is a subject of its own when the notes speak of it again and again. */
const OFTEN = 3;

/** "Which of the following …?": the subject of a sentence, asked for by all that the sentence says of it. */
function writeSubject(knowledge: Knowledge, fact: SubjectFact): Written | null {
  const { term, form, predicate, unit, isPlural, weight } = fact;
  const isWorthAsking =
    term.isKey ||
    term.isName ||
    term.isHeading ||
    term.text.includes(' ') ||
    /\p{Lu}/u.test(term.text) ||
    (term.units.size >= OFTEN && !/^The /.test(unit.clean));
  // What has been done with one, or may be so of it, is true of many a thing.
  if (
    !term.isNoun ||
    !isWorthAsking ||
    /^(?:ha(?:s|ve) been|may|might|can|could|(?:is|are) (?:made|composed|formed|built)) /.test(predicate) ||
    tells(predicate, form)
  )
    return null;
  const choices = termChoices(knowledge, term, { unit, form, said: predicate, isPlural, leastKinship: 2.8 });
  if (!choices) return null;
  const isPerson = term.nameKind === 'person' && choices.every((choice) => choice.term.nameKind === 'person');
  return {
    concept: form,
    question: `${isPerson ? 'Who' : 'Which of the following'} ${withoutEnd(predicate)}?`,
    answer: form,
    distractors: asDistractors(knowledge, choices),
    difficulty: isHard(term, choices) ? 'hard' : 'medium',
    worth: weight + closeness(choices),
  };
}

function writeCloze(
  knowledge: Knowledge,
  { weight }: StatementFact,
  { gap: { term, form }, sentence, choices }: Cloze,
): Written {
  return {
    kind: 'cloze',
    concept: form,
    question: `Which term completes the sentence? “${sentence}”`,
    answer: form,
    distractors: asDistractors(knowledge, choices),
    difficulty: isHard(term, choices) ? 'medium' : 'easy',
    worth: weight + closeness(choices) + (term.isKey ? 0.4 : 0),
  };
}

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
      ...contradictions(reason, unit.clean).map((text) => ({
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
