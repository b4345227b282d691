import { POINTS_BACK } from '../text/leaning.ts';
import { type Clause, firstStatement, firstSubject, namesItself } from './clause.ts';
import type { Dictionary } from './dictionary.ts';
import type { SubjectFact, Term, Unit } from './types.ts';
import { bare, rootsOf } from './words.ts';

const SAYS_LITTLE =
  /^(?:also|therefore|thus|not only|both|either|often called|called|known as|named|do|does|did|may|might|can|could|should|would|will|must)\b.{0,14}$|[“”"]|^(?:is|are|was|were) (?:the (?:case|same|result|reason)|that|whether|how|what|why|to|one|not|as|like)\b|^(?:did|do|does) not\b|[—:;]/;
const LONGEST = 150;
/** What half of the notes could be said to do. */
const VAGUE =
  /^(?:must|should|seems?|appears?|looks?|gained|needs?|wants?)\b|^(?:serves?|ha(?:s|ve)|plays?|performs?|shows?|occurs?|exists?|comes?|may|can|could|might) (?:an? |be )?(?:various|different|many|several|important|key|crucial|diverse|wide|similar|unique|common|useful|helpful|difficult|in)\b/;
const DULL =
  /^(?:is|are|was|were|has been|have been) (?:also |often |now |still |very |quite |so |too |much |more |less )*(?:therefore|thus|an example|examples|common|important|rare|discussed|described|shown|listed|summarized|considered|thought|called|known|named|used in|found|different|similar|possible|likely|able|essential|necessary|critical|crucial|available|present|needed|required|responsible|complex|small|large|better|highly|well|good|easy|difficult|difficulty|unclear|unknown|unlikely|interested|involved|based|associated)\b/;

/** What holds for a number holds for a smaller one too: another subject may have "at least twelve" as well. */
const COUNTS =
  /\b(?:at least|more than|over|up to|less than|fewer than|about|approximately|around) (?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|twelve\b|twenty\b|a (?:dozen|hundred|few|third|quarter|half)\b)|\b(?:mentioned|discussed|covered|jokingly|future lesson)\b/i;

/** "Who or what does this?": the subject of a whole sentence that says enough about it. */
export function subjectsIn(unit: Unit, clause: Clause | null, dictionary: Dictionary): SubjectFact[] {
  if (!clause || !namesItself(clause.subject)) return [];
  const term = dictionary.add(clause.subject, unit, { isPlural: clause.isPlural, isNoun: true });
  if (!term) return [];
  const least = leastWords(term);
  const first = firstStatement(clause.predicate);
  const predicate = isTelling(first, least) ? first : firstSubject(clause.predicate);
  if (!isTelling(predicate, least) || clause.lead) return [];
  // Persons of the present tense are the ones of made-up examples: "Ellen needs to learn …".
  if (term.nameKind === 'person' && !clause.verb.tags.has('PastTense')) return [];
  const weight =
    (term.isKey ? 2.2 : 1.2) +
    (term.nameKind === 'person' ? 0.4 : 0) -
    (/^The /.test(clause.subject) ? 0.3 : 0);
  const form = dictionary.cased(bare(clause.subject));
  return [{ kind: 'subject', unit, term, form, predicate, isPlural: clause.isPlural, weight }];
}

/** What holds for one protocol or agency mostly holds for the next: only much of it is said of one alone. */
const SHORT_FORM = /^\p{Lu}[\p{Lu}\d]{1,5}s?$/u;

/** What a name did is told in few words; a common noun needs more to be the only one it holds for. */
const leastWords = (term: Term): number => {
  if (SHORT_FORM.test(term.text) && !term.isKey) return 8;
  return term.nameKind === 'person' ? 3 : term.isKey || term.isName ? 4 : 5;
};

function isTelling(predicate: string, least: number): boolean {
  if (predicate.length > LONGEST || rootsOf(predicate).length < least) return false;
  if (POINTS_BACK.test(predicate) || SAYS_LITTLE.test(predicate) || COUNTS.test(predicate)) return false;
  if (VAGUE.test(predicate) || !/^\p{Ll}/u.test(predicate)) return false;
  return !DULL.test(predicate) || rootsOf(predicate).length >= 7;
}
