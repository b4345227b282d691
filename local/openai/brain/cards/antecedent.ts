import { type Clause, clauseOf, namesItself } from '../facts/clause.ts';
import { infinitiveOf } from '../facts/tags.ts';
import { bare, keyOf } from '../facts/words.ts';
import { withoutMath } from '../text/plain.ts';
import type { Inside } from './inside.ts';

/** A sentence in which the subject is named: what the card shows, while its quote stays as it stood. */
export type Named = { said: string; isResolved: boolean };

const LEANS = /^(?:It|Its) /;
const STARTS_A_NAME = /^(?:(?:The|An?) )?\p{L}/u;

/**
 * "It is stable and needs …" below the heading "Merge sort", after a sentence about merge sort, is about merge sort.
 * Only the sentence right before it, on one thing that is the heading or has no article, says so surely enough.
 */
export function nameSubject(
  said: string,
  before: string | null,
  heading: string,
  inside: Inside,
): Named | null {
  if (!LEANS.test(said)) return { said, isResolved: false };
  const subject = before === null ? null : subjectOf(before, heading);
  if (!subject) return null;
  const rest = said.replace(LEANS, '');
  if (said.startsWith('It ')) return { said: `${subject} ${rest}`, isResolved: true };
  // "Its running time is …"
  const owned = /^((?:[\p{L}-]+ ){1,3})((?:is|are|was|were|has|have)\b.*)$/u.exec(rest);
  if (!owned?.[1] || !owned[2]) return null;
  return { said: `The ${owned[1]}of ${inside(subject)} ${owned[2]}`, isResolved: true };
}

/** Below the heading "Merge sort" a sentence that begins with those words has them for its subject, whatever a tagger makes of "sort splits". */
export function clauseUnder(sentence: string, heading: string): Clause | null {
  const clause = clauseOf(sentence);
  const name = heading.trim();
  const isUnder = name.length > 2 && sentence.toLowerCase().startsWith(`${name.toLowerCase()} `);
  if (!isUnder || (clause && keyOf(clause.subject) === keyOf(name))) return clause;
  const predicate = sentence.slice(name.length + 1).replace(/[.!]$/, '');
  const [verb = ''] = predicate.split(' ');
  const isVerb = /^[a-z]{3,}s$/.test(verb) && infinitiveOf(verb, 'PresentTense') !== null;
  if (!isVerb && !/^(?:is|has)$/.test(verb)) return clause;
  return {
    lead: '',
    subject: sentence.slice(0, name.length),
    verb: { text: verb, before: '', after: ' ', tags: new Set(['Verb', 'PresentTense']) },
    predicate,
    isPlural: false,
    isName: false,
  };
}

function subjectOf(sentence: string, heading: string): string | null {
  const clause = clauseUnder(withoutMath(sentence), heading);
  if (!clause || clause.isPlural || !namesItself(clause.subject) || !STARTS_A_NAME.test(clause.subject))
    return null;
  if (/\b(?:of|and|or|in|for)\b/.test(clause.subject)) return null;
  const isHeading = keyOf(clause.subject) === keyOf(heading);
  return isHeading || clause.subject === bare(clause.subject) ? clause.subject : null;
}
