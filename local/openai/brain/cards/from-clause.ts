import { type Clause, clauseOf, firstStatement, isFiniteVerb, namesItself } from '../facts/clause.ts';
import { infinitiveOf, tokensOf } from '../facts/tags.ts';
import type { Term, Unit } from '../facts/types.ts';
import { bare, keyOf, rootsOf } from '../facts/words.ts';
import { capitalised, FORMULA, withoutMath } from '../text/plain.ts';
import { type Inside, isNamed, type Notes, question, type Sides } from './draft.ts';

/** A sentence in which the subject is named: what the card shows, while its quote stays as it stood. */
type Named = { said: string; isResolved: boolean };

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
function clauseUnder(sentence: string, heading: string): Clause | null {
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

/** What could be said of half of everything. */
const DULL =
  /^(?:plays?|has|have|had|is|are|was|were|can|could|may|might|will|would|should|must|seems?|appears?|becomes?|remains?|tends?|helps? (?:us|to)|uses? (?:various|many|several)|does|do|did|comes?|goes|gets?|looks?|varies|continues?|serves?|exists?|differs?|belongs?|works?|happens?|occurs?)\b/;
const SHORTEST_PREDICATE = 3;
const MOST_PLACES = 8;

/** Verbs whose object alone is the answer. */
const OBJECT_VERB =
  /^(?:holds?|needs?|requires?|contains?|stores?|measures?|includes?|lacks?|(?:consists?|depends?|relies?|rely|leads?|turns?|runs?|belongs?|acts?|results?) (?:of|on|to|in|into|through|from|as))\b/;

type Said = {
  subject: string;
  article: string;
  predicate: string;
  isPlural: boolean;
  known: Term | undefined;
};

/** What the main clause of a sentence can be asked for: its object, or all that its subject does. */
export function clauseSides(said: string, { heading }: Unit, { terms, inside }: Notes): Sides | null {
  const formulas: string[] = [];
  // A formula stands as one word while the sentence is taken apart.
  const shielded = said.replace(FORMULA, (formula) => `Qx${formulas.push(formula) - 1}`);
  const restored = (text: string): string =>
    text.replace(/Qx(\d+)/g, (_, at: string) => formulas[Number(at)] ?? '');
  const clause = clauseUnder(shielded, heading);
  if (!clause || clause.lead || !isNamed(clause.subject) || /\b(?:and|or)\b/.test(clause.subject))
    return null;
  const known = terms.get(keyOf(clause.subject));
  if (!isToldApart(clause.subject, known)) return null;
  const predicate = firstStatement(clause.predicate).replace(
    /, (?:reviewed|described|shown|discussed|as shown) in .*$/,
    '',
  );
  if (!isOneClause(predicate)) return null;
  const found: Said = {
    subject: inside(clause.subject),
    article: clause.subject,
    predicate,
    isPlural: clause.isPlural,
    known,
  };
  const stated = formulas.length === 0 ? passiveSides(found) : null;
  const sides = stated ?? doingSides(found);
  return sides && { ...sides, front: restored(sides.front), back: restored(sides.back) };
}

/** "The free tier" is told apart only by what stands before it, unless the notes make a term of it. */
const isToldApart = (subject: string, known: Term | undefined): boolean =>
  !subject.startsWith('The ') ||
  / (?:of|\S*\p{Lu}|\S*\d)/u.test(subject) ||
  (known !== undefined &&
    (known.isKey || known.isHeading || known.definition !== null || known.units.size > 2));

/** "What does it hold?" where the object alone is an answer, "What does it do?" for any other deed. */
function doingSides({ subject, predicate, isPlural, known }: Said): Sides | null {
  const object = OBJECT_VERB.exec(predicate)?.[0];
  const told = rootsOf(withoutFormulas(predicate)).length;
  const [verb = ''] = predicate.split(' ');
  const base = baseOf(verb, isPlural);
  if (!base || DULL.test(predicate) || told < (object ? 2 : SHORTEST_PREDICATE)) return null;
  const helper = isPlural ? 'do' : 'does';
  if (object) {
    const answer = predicate
      .slice(object.length)
      .replace(/,? (?:as when|as in|such as|for example|like) .*$/, '')
      .trim();
    const isOnlyObject = !/, | and (?:\p{L}+ly )?\p{L}+s (?:the|an?|it|them|its)\b/u.test(answer);
    if (isOnlyObject || /^(?:consist|run|include)/.test(object)) {
      if (
        answer === '' ||
        rootsOf(answer).length < (/^(?:rel|depend)/.test(object) ? 2 : 1) ||
        /^(?:that|to|for|by|with|in|on)\b/.test(answer)
      )
        return null;
      const [, ...particles] = object.split(' ');
      return question(`What ${helper} ${subject} ${[base, ...particles].join(' ')}?`, answer, 2.2);
    }
  }
  // Of what the notes speak of everywhere there is too much to be told in one answer.
  if (!object && known && known.units.size > MOST_PLACES && !known.isHeading) return null;
  if (!object && tellsItself(subject, predicate)) return null;
  return question(`What ${helper} ${subject} do?`, predicate, 2);
}

/** "IoT services also implement …": a second verb before any object means that the first one was a noun. */
function isOneClause(predicate: string): boolean {
  for (const token of tokensOf(predicate).slice(1, 4)) {
    if (
      /^(?:the|an?|and|or|to|that|which|whether|when|if|how|of|in|by|with|from|for|on|at|as|its|their|more)$/i.test(
        token.text,
      )
    )
      return true;
    if (/^(?:is|are|was|were|has|have|can|will|may)$/i.test(token.text)) return false;
    if (isFiniteVerb(token) && !token.tags.has('Noun') && !token.tags.has('Adjective')) return false;
  }
  return true;
}

const PARTICIPLE_AND =
  /^(is|are) (?:mainly |mostly |usually |often |also |typically |primarily |generally )?(made(?: up)? of|composed of|comprised of|formed (?:by|from)|caused by|produced by|responsible for|surrounded by|covered (?:by|with)|controlled by|determined by|measured (?:in|by)|synthesi[sz]ed (?:by|from|in)|derived from|associated with|connected to|attached to|divided into|based on|involved in|driven by|encoded by|held together by|named after|linked (?:to|by)|stored (?:in|as)|transmitted (?:by|through)|spread by|treated with|powered by|used (?:to|for|in|as)|found (?:in|on)|located (?:in|on|at|near)) ([^;:]+)$/;

/** "is composed of …" becomes "What is it composed of?", "is used to …" becomes "What is it used for?". */
function passiveSides({ predicate, subject }: Said): Sides | null {
  const [, be = '', how = '', rest = ''] = PARTICIPLE_AND.exec(predicate) ?? [];
  if (!be || rootsOf(rest).length < 2 || /^(?:many|various|different|several) \w+$/.test(rest)) return null;
  const front = /^(?:found|located)/.test(how)
    ? `Where ${be} ${subject} ${how.split(' ')[0]}?`
    : how === 'used to'
      ? `What ${be} ${subject} used for?`
      : `What ${be} ${subject} ${how}?`;
  const back = capitalised(
    /^(?:found|located|used to)/.test(how) ? `${how.split(' ')[1] ?? ''} ${rest}` : rest,
  );
  return question(front, back, 2.2);
}

const withoutFormulas = (text: string): string => text.replace(/Qx\d+/g, '');

/** The dictionary form of a present verb; null for what is not surely one. */
function baseOf(verb: string, isPlural: boolean): string | null {
  if (!/^[a-z]+$/.test(verb) || /(?:ed|ing)$/.test(verb)) return null;
  if (isPlural) return /s$/.test(verb) && !/ss$/.test(verb) ? null : verb;
  if (!/s$/.test(verb)) return null;
  const base = infinitiveOf(verb, 'PresentTense');
  return base && /^[a-z]+$/.test(base) && base.slice(0, 2) === verb.slice(0, 2) ? base : null;
}

/** "Radix sort sorts …" says little more than its name where nothing else is told. */
const tellsItself = (subject: string, predicate: string): boolean => {
  const own = new Set(rootsOf(subject));
  return rootsOf(predicate).filter((root) => !own.has(root)).length < 2;
};
