import { tokensOf } from './tags.ts';
import type { NameKind } from './types.ts';
import { anyOf, bare, isFunctionWord, lastWord, mainPart, wordList, wordsOf } from './words.ts';

/** Words that are no subject of their own: "process", "group", "result", dates, people in general. */
const TOO_GENERAL = new Set(wordList('general'));
/** Subjects with a word in front, and none without it: "plant cells", but not "cells". */
const TOO_GENERAL_ALONE = new Set(wordList('general.alone'));
/** How a phrase begins that is a part of a sentence and no name of a thing. */
const BEGINS_WRONG = new RegExp(`^(?:${anyOf('begins')})\\b`, 'i');
const HOLDS_WRONG = new RegExp(`\\b(?:${anyOf('inside')})\\b`, 'i');
const ADVERB_FIRST = /^\w{3,}ly (?!\p{Lu})/u;
const ENDS_WRONG = / (?:of|in|for|from|to|with|by|on|at|as|and|or|the|a|an|than|that|is|are)$/i;
const MARKS =
  /[*_#=+<>{}[\]|\\/,;:!?@%&$~^]|^[^\p{L}\p{N}]|^[-–]| [-–] |\.\s|’s?$|'s?$|-$|-\s|^\d+$| \p{L}\d?$| \d{1,3}$/u;
/** "Factory Act of 1833" */
const NAMED_BY_YEAR = /^\p{Lu}[\p{L} ]+ of \d{4}$/u;
/** "Working Memory Model" and "Krebs cycle" are names although their last word alone would be too general. */
const NAMED_WHOLE = /^\p{Lu}\S* (?:\S+ )?\p{Lu}\p{Ll}/u;

/**
 * True for what can be asked about and offered as an answer: a name of one thing, in a few words. What a line explains is
 * one whatever its words: "first world", "core nations"; of several words a general one says which it is: "postal rule".
 */
export function isTermLike(text: string, isGiven = false): boolean {
  const term = bare(text);
  const words = wordsOf(term);
  if (words.length < 1 || words.length > 5 || term.length < 3 || term.length > 50) return false;
  if (ENDS_WRONG.test(term) || HOLDS_WRONG.test(term) || MARKS.test(term)) return false;
  if (/ (?:the|an?) |^[\p{L}]+[’']s? \p{Lu}/u.test(term)) return false;
  if (/\d{3}|^\d/.test(term) && !NAMED_BY_YEAR.test(term)) return false;
  if (!isGiven && beginsWrong(term)) return false;
  if (words.length > 1) return isGiven || NAMED_WHOLE.test(term) || !isGeneral(term);
  return !isFunctionWord(term) && !isGeneral(term) && !TOO_GENERAL_ALONE.has(term.toLowerCase());
}

/** How a part of a sentence begins: "rapidly growing cells", "when pressure"; "first-class mail" is a thing. */
export const beginsWrong = (term: string): boolean =>
  ADVERB_FIRST.test(term) || (BEGINS_WRONG.test(term) && !/^(?!\p{L}+ty-)\p{L}+-/u.test(term));

/** True for a subject like "the patient" or "the plan": which one, only the text around it says. */
export const isGeneral = (text: string): boolean =>
  TOO_GENERAL.has(lastWord(mainPart(bare(text))).toLowerCase());

/** "General Grant", "the Ottoman sultan Mehmed II" */
const TITLE =
  /^(?:\p{Lu}\p{L}+ )?(?:Dr|Mr|Mrs|Ms|Sir|[Pp]resident|[Kk]ing|[Qq]ueen|[Ee]mperor|[Ee]mpress|[Ss]ultan|[Gg]eneral|[Pp]rofessor|[Pp]ope|[Pp]rince|[Hh]istorian|[Ee]ngineer|[Aa]rchitect|[Pp]hysicist|[Cc]hemist|[Pp]hilosopher|[Pp]oet)\.? \p{Lu}/u;
const NOT_A_PERSON = new RegExp(`\\b(?:${anyOf('person.not')})\\b`);

/** Persons, places and groups are never offered for each other. */
export function nameKindOf(term: string): NameKind {
  if (TITLE.test(term)) return 'person';
  if (!/^\p{Lu}/u.test(term)) return '';
  const tags = new Set(tokensOf(term).flatMap((token) => [...token.tags]));
  const isPlace = ['Place', 'City', 'Country', 'Region'].some((tag) => tags.has(tag));
  if (isPlace && !term.includes(' ')) return 'place';
  if (tags.has('Organization')) return 'group';
  if ((tags.has('FirstName') || tags.has('Person')) && !NOT_A_PERSON.test(term)) return 'person';
  return isPlace ? 'place' : '';
}
