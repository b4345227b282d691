import { isInstruction, opensGenerally, UNNAMED } from '../facts/figures.ts';
import type { Knowledge, Term, Unit } from '../facts/types.ts';
import { keyOf, rootsOf } from '../facts/words.ts';
import { OPENS_LOOSELY } from '../text/leaning.ts';

const LONGEST = 230;
const FEWEST_WORDS = 7;
/** Stands for something outside the sentence, or for what only the student saw. */
const POINTS_OUT =
  /\b(?:this|these|such|here|there|former|latter|he|him|his|she|her|example|remaining|following|respectively|later|earlier|now|today|question|lesson)\b|\bthose (?!who|that|with|of|in)|[“”"()]|\d\)/i;
/** A pronoun is understood after the noun that it stands for. */
const PRONOUN = /\b(?:it|its|itself|they|them|their|themselves)\b/i;
const LEADING_CLAUSE =
  /^(?:If|When|While|Where|Although|Though|Because|Since|As|Unlike|Despite|Once|Using)\b/;

/** Whether a sentence says all that is needed to know whether it is true. */
export function standsAlone(statement: string): boolean {
  const opening = LEADING_CLAUSE.test(statement) ? statement.replace(LEADING_CLAUSE, 'The') : statement;
  const pronoun = PRONOUN.exec(statement)?.index ?? Number.POSITIVE_INFINITY;
  const before = statement.slice(0, Math.min(pronoun, statement.length));
  return (
    statement.length <= LONGEST &&
    /^\p{Lu}.*\.$/u.test(statement) &&
    !POINTS_OUT.test(statement) &&
    !OPENS_LOOSELY.test(opening) &&
    !UNNAMED.test(statement) &&
    !opensGenerally(statement) &&
    !isInstruction(statement) &&
    (pronoun > statement.length || rootsOf(before).length >= 2) &&
    rootsOf(statement).length >= FEWEST_WORDS
  );
}

const MOST_WORDS = 5;
type Gap = { term: Term; form: string; before: string; after: string };

/** The terms of a statement that may be left out of it, each where it stands once. */
export function gapsIn({ terms }: Knowledge, { order }: Unit, statement: string): Gap[] {
  const words = [...statement.matchAll(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)];
  const gaps: Gap[] = [];
  for (let from = 0; from < words.length; from++)
    for (let size = Math.min(MOST_WORDS, words.length - from); size > 0; size--) {
      const [first, last] = [words[from], words[from + size - 1]];
      if (!first || !last) continue;
      const form = statement.slice(first.index, last.index + last[0].length);
      const term = /^(?:the|an?)\s/i.test(form) ? undefined : terms.get(keyOf(form));
      if (!term?.units.has(order) || /[.,;:]/.test(form)) continue;
      gaps.push({
        term,
        // The capital of a sentence would tell it from the other choices.
        form: from === 0 && /^\p{Ll}/u.test(term.text) ? form.charAt(0).toLowerCase() + form.slice(1) : form,
        before: statement.slice(0, first.index),
        after: statement.slice(last.index + last[0].length),
      });
      from += size - 1;
      break;
    }
  return gaps;
}
