import { OPENS_LOOSELY, POINTS_BACK } from '../text/leaning.ts';
import { numberBefore } from '../text/sentences.ts';
import { type Clause, clauseOf, firstStatement, firstSubject, namesItself } from './clause.ts';
import type { Dictionary } from './dictionary.ts';
import type { ReasonFact, SequenceFact, SubjectFact, Term, Unit } from './types.ts';
import { LINK_NAMES, type Link } from './types.ts';
import { isFitPart } from './units.ts';
import { bare, rootsOf, withoutEnd } from './words.ts';

const LONGEST = 150;
/** What could be said of half of everything, or holds for another number or moment as well. */
const SAYS_LITTLE = [
  /^(?:also|therefore|thus|not only|both|either|often called|called|known as|named|do|does|did|may|might|can|could|should|would|will|must)\b.{0,14}$|[“”"]|^(?:is|are|was|were) (?:the (?:case|same|result|reason)|that|whether|how|what|why|to|one|not|as|like)\b|^(?:did|do|does) not\b|[—:;]/,
  /^(?:must|should|seems?|appears?|looks?|gained|needs?|wants?|tends?|becomes?|remains?|continues?|varies|happens?)\b|^(?:serves?|ha(?:s|ve)|plays?|performs?|shows?|occurs?|exists?|comes?|may|can|could|might|helps?) (?:an? |be |us )?(?:various|different|many|several|important|key|crucial|diverse|wide|similar|unique|common|useful|helpful|difficult|in|role|part)\b/,
  /\b(?:at least|more than|over|up to|less than|fewer than|about|approximately|around) (?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|twelve\b|twenty\b|a (?:dozen|hundred|few|third|quarter|half)\b)|\b(?:mentioned|discussed|covered|jokingly|future lesson|later|soon|still|now|also)\b/i,
];
const DULL =
  /^(?:is|are|was|were|has been|have been) (?:also |often |now |still |very |quite |so |too |much |more |less )*(?:therefore|thus|an example|examples|common|important|rare|discussed|described|shown|listed|summarized|considered|thought|called|known|named|used in|found|different|similar|possible|likely|able|essential|necessary|critical|crucial|available|present|needed|required|responsible|complex|small|large|better|highly|well|good|easy|difficult|difficulty|unclear|unknown|unlikely|interested|involved|based|associated)\b/;

/** "happens when …", "is copied during …": the time or the cause is what can be asked for. */
export const WHEN =
  /^(happens?|occurs?|arises?|begins?|ends?|starts?|forms?|(?:is|are) (?!used|found|seen|called|known|not|also|often|useful|important)[\p{Ll}-]+) ((?:when|if|while|during|before|after) [^;:]+)$/u;

/** "Who or what does this?": the subject of a whole sentence that says enough about it. */
export function subjectsIn(unit: Unit, clause: Clause | null, dictionary: Dictionary): SubjectFact[] {
  if (!clause || !namesItself(clause.subject)) return [];
  const { subject, isPlural, lead, verb } = clause;
  const term = dictionary.add(subject, unit, { isPlural, isNoun: true });
  if (!term || lead) return [];
  const isPerson = term.nameKind === 'person';
  const least = leastWords(term);
  const first = firstStatement(clause.predicate);
  const predicate = isTelling(first, least) ? first : firstSubject(clause.predicate);
  const isEvent = WHEN.test(first) && rootsOf(first).length >= least - 1;
  if (!isEvent && !isTelling(predicate, least)) return [];
  // Persons of the present tense are the ones of made-up examples: "Ellen needs to learn …".
  if (isPerson && (!verb.tags.has('PastTense') || !tellsPerson(predicate))) return [];
  const weight = (term.isKey ? 2.2 : 1.2) + (isPerson ? 0.4 : 0) - (subject.startsWith('The ') ? 0.3 : 0);
  const form = dictionary.cased(bare(subject));
  return [{ kind: 'subject', unit, term, form, predicate, isPlural, subject, weight }];
}

const WORDS_OF_A_DEED = 4;
/** "Who wrote many letters?" has many answers; a name, a year or much detail leaves one. */
const tellsPerson = (predicate: string): boolean =>
  /\p{Lu}|\d/u.test(predicate) || rootsOf(predicate).length >= WORDS_OF_A_DEED;

/** What holds for one protocol or agency mostly holds for the next: only much of it is said of one alone. */
const SHORT_FORM = /^\p{Lu}[\p{Lu}\d]{1,5}s?$/u;

/** What a name did is told in few words; a common noun needs more to be the only one it holds for. */
const leastWords = (term: Term): number => {
  if (SHORT_FORM.test(term.text) && !term.isKey) return 8;
  return term.nameKind === 'person' ? 3 : term.isKey || term.isName ? 4 : 5;
};

/** "sorts each half and merges them": what a pronoun stands for is said before it. */
export const isOpen = (predicate: string): boolean => {
  const before = predicate.replace(/\b(?:it|its|itself|them|their|themselves)\b.*$/, '');
  return POINTS_BACK.test(rootsOf(before).length >= WORDS_BEFORE_PRONOUN ? before : predicate);
};
const WORDS_BEFORE_PRONOUN = 3;

/** Whether enough is said to be asked about. */
const isTelling = (predicate: string, least: number): boolean =>
  predicate.length <= LONGEST &&
  rootsOf(predicate).length >= (DULL.test(predicate) ? Math.max(7, least) : least) &&
  !isOpen(predicate) &&
  !SAYS_LITTLE.some((pattern) => pattern.test(predicate)) &&
  /^\p{Ll}/u.test(predicate);

/** How notes tie what is so to why, when and by what it is so. */
const LINKS: Record<Link, RegExp> = {
  because: /^(.{12,130}?),? (because (?!of\b).{15,130})$/,
  when: /^(.{12,130}?),? ((?:when|if|unless|until) (?!they\b|it\b|needed|possible|necessary|asked|compared).{12,120})$/,
  by: /^(.{12,130}?),? (by (?!far\b)\p{Ll}+ing .{12,120})$/u,
};
const ENDS_OPEN =
  /\b(?:and|or|but|that|not|is|are|was|were|partly|simply|mainly|largely|only|just|in part|determines?|decides?|checks?|sees?|asks?|tests?|knows?|shows?|tells?)$|[“”"()—;]/;
const LEANS =
  /^(?:because|when|if|unless|until)? ?(?:he|she|this|that|we|you|i|these|those|such|there)\b|[“”"()—;]/i;
const FEWEST_WORDS_OF_A_CLAIM = 2;

/** "A because B", where both halves can be understood alone. */
export function reasonsIn(unit: Unit, statement: string): ReasonFact[] {
  for (const link of LINK_NAMES) {
    const [, said, reason] = LINKS[link].exec(withoutEnd(statement)) ?? [];
    const claim = said?.replace(/,$/, '');
    if (!claim || !reason || OPENS_LOOSELY.test(claim) || POINTS_BACK.test(claim)) continue;
    if (ENDS_OPEN.test(claim) || LEANS.test(reason) || rootsOf(claim).length < FEWEST_WORDS_OF_A_CLAIM)
      continue;
    if (link !== 'because' && clauseOf(claim) === null) continue;
    return [{ kind: 'reason', unit, link, claim, reason, weight: link === 'because' ? 1.8 : 1.3 }];
  }
  return [];
}

const FEWEST_STEPS = 4;
const isStep = (step: string): boolean =>
  step.length >= 7 && step.length <= 100 && isFitPart(step) && !/\b(?:this|these|it|them)\b/i.test(step);

/** Numbered lists are steps in an order. */
export function sequencesIn(units: readonly Unit[]): SequenceFact[] {
  return numberedRuns(units).flatMap((run) => {
    const steps = run.map(({ clean }) => withoutEnd(clean.replace(/[.:;]\s.*$/s, '')));
    const title = run[0]?.heading ?? '';
    const isSound =
      steps.length >= FEWEST_STEPS && new Set(steps).size === steps.length && steps.every(isStep);
    if (!isSound || !title) return [];
    return run.slice(1).map((unit, i) => ({ kind: 'sequence', unit, title, steps, at: i + 1, weight: 2.8 }));
  });
}

function numberedRuns(units: readonly Unit[]): Unit[][] {
  const runs: Unit[][] = [];
  let isOpen = false;
  for (const unit of units) {
    const number = numberOf(unit);
    const run = isOpen ? runs.at(-1) : undefined;
    const last = run?.at(-1);
    const goesOn = run && last?.passage === unit.passage && last.heading === unit.heading;
    isOpen = true;
    if (goesOn && number === run.length + 1) run.push(unit);
    else if (number === 1) runs.push([unit]);
    else isOpen = false;
  }
  return runs;
}

const numberOf = ({ kind, passage, text }: Unit): number | null =>
  kind === 'item' ? numberBefore(passage.text, passage.text.indexOf(text)) : null;
