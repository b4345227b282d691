import type { Dictionary } from './dictionary.ts';
import type { ClozeFact, Term, Unit } from './types.ts';
import { isFit, statementOf } from './units.ts';
import { keysOf, rootsOf } from './words.ts';

const POINTS_BACK =
  /\b(?:it|they|he|she|this|these|those|his|her|him|them|such|here|there|another|latter|former|both|its|their)\b/i;
/** Openings of sentences whose sense needs the sentence before. */
const OPENS_LOOSELY =
  /^(?:And|But|Or|So|Not|What|Which|Who|How|Why|Where|Once|Even|Just|Only|Using|Also|One|Two|Three|Others?|Some|Many|Most|Several|Each|If|As|Depending|Based|Given|Although|Though|Besides|Because|Since|That[’']s|It[’']s|There[’']s)\b/;
/** One of several named side by side: another of the same kind might be as right. */
const IN_ENUMERATION = {
  before: /, (?:and |or )?(?:the )?$|\b(?:and|or|include|includes|including|such as|like) (?:the )?$/i,
  after: /^(?:,| and\b| or\b)/i,
};
const LONGEST = 210;

const FEWEST_KIN = 4;
const FEW = 8;
const LARGEST_PART = 0.12;

/** Terms that have enough of their kind in the notes: same last word, or named side by side. */
export function termsWithKin(dictionary: Dictionary): Set<string> {
  const heads = new Map<string, number>();
  for (const { head } of dictionary.terms.values()) heads.set(head, (heads.get(head) ?? 0) + 1);
  const found = new Set<string>();
  for (const term of dictionary.terms.values()) {
    const sameHead = term.text.includes(' ') ? (heads.get(term.head) ?? 0) : 0;
    if (sameHead >= FEWEST_KIN || term.siblings.size >= FEWEST_KIN - 1) found.add(term.key);
  }
  return found;
}

/** A sentence with one key term left out. Only for terms that no other rule can ask about from this sentence. */
export function clozesIn(
  unit: Unit,
  dictionary: Dictionary,
  kin: ReadonlySet<string>,
  count: number,
): ClozeFact[] {
  if (!isFit(unit) || unit.kind !== 'prose') return [];
  const statement = statementOf(unit);
  if (statement.length > LONGEST || POINTS_BACK.test(statement) || OPENS_LOOSELY.test(statement)) return [];
  if (/[“”":;()—]/.test(statement) || rootsOf(statement).length < 8) return [];
  const keys = keysOf(statement);
  // What half of the notes speak of is their subject, and no answer.
  const isWorthy = (term: Term): boolean =>
    (term.isKey || kin.has(term.key)) && term.units.size <= Math.max(FEW, count * LARGEST_PART);
  const facts: ClozeFact[] = [];
  for (const term of dictionary.terms.values()) {
    if (!term.isNoun || !isWorthy(term) || !keys.includes(` ${term.key} `)) continue;
    const place = placeOf(term, statement);
    if (!place || keys.split(` ${term.key} `).length !== 2) continue;
    const before = statement.slice(0, place.start);
    const after = statement.slice(place.end);
    // "long-term _____ system" would ask for half of a name.
    if (!standsFree(before, after)) continue;
    facts.push({
      kind: 'cloze',
      unit,
      term,
      before,
      form: statement.slice(place.start, place.end),
      after,
      weight: 1.3,
    });
  }
  return facts;
}

function placeOf(term: Term, statement: string): { start: number; end: number } | null {
  const words = term.text
    .split(' ')
    .map((word) => word.replace(/(?:s|y|um|us|on|a|is)$/i, '').replace(/[^\p{L}\p{N}]/gu, '.'));
  const found = new RegExp(
    `(?<![\\p{L}-])${words.map((word) => `${word}\\p{L}{0,3}`).join('[ -]')}(?![\\p{L}-])`,
    'iu',
  ).exec(statement);
  return found ? { start: found.index, end: found.index + found[0].length } : null;
}

/** What may stand on either side of a whole noun phrase. */
const BEFORE =
  /(?:\b(?:the|of|in|into|by|with|from|to|for|and|or|called|as|is|are|was|were|on|through|between|than|like|via|both|many|some|most|each|every|all)|,) $/i;
const AFTER =
  /^(?:[.,]|$| (?:and|or|is|are|was|were|in|of|to|that|which|who|can|may|has|have|by|from|with|for|on|at|as|into|will|does|do|during|through|between|where|when|because|if)\b)/iu;

const standsFree = (before: string, after: string): boolean =>
  BEFORE.test(before) &&
  AFTER.test(after) &&
  !/\ban? $/i.test(before) &&
  !IN_ENUMERATION.before.test(before) &&
  !IN_ENUMERATION.after.test(after);
