import { among, says } from '../words.ts';
import { tokensOf } from './tags.ts';
import type { NameKind } from './types.ts';
import { bare, isFunctionWord, lastWord, mainPart, wordsOf } from './words.ts';

/**
 * True for what can be asked about and offered as an answer: a name of one thing, in a few words. What a line explains is
 * one whatever its words: "first world", "core nations"; of several words a general one says which it is: "postal rule".
 */
export function isTermLike(text: string, isGiven = false): boolean {
  const term = bare(text);
  const words = wordsOf(term);
  if (words.length < 1 || words.length > 5 || term.length < 3 || term.length > 50) return false;
  if (says('term-not', term) || says('term-not', term) || says('term-not', term)) return false;
  if (/ (?:the|an?) |^[\p{L}]+[’']s? \p{Lu}/u.test(term)) return false;
  if (/\d{3}|^\d/.test(term) && !says('named-by-year', term)) return false;
  if (!isGiven && beginsWrong(term)) return false;
  if (words.length > 1) return isGiven || says('named-whole', term) || !isGeneral(term);
  return !isFunctionWord(term) && !isGeneral(term) && !among('general-alone', term.toLowerCase());
}

/** How a part of a sentence begins: "rapidly growing cells", "when pressure"; "first-class mail" is a thing. */
export const beginsWrong = (term: string): boolean =>
  says('begins-wrong', term) || (says('begins-wrong', term) && !/^(?!\p{L}+ty-)\p{L}+-/u.test(term));

/** True for a subject like "the patient" or "the plan": which one, only the text around it says. */
export const isGeneral = (text: string): boolean =>
  among('general', lastWord(mainPart(bare(text))).toLowerCase());

/** Persons, places and groups are never offered for each other. */
export function nameKindOf(term: string): NameKind {
  if (says('person-title', term)) return 'person';
  if (!/^\p{Lu}/u.test(term)) return '';
  const tags = new Set(tokensOf(term).flatMap((token) => [...token.tags]));
  const isPlace = ['Place', 'City', 'Country', 'Region'].some((tag) => tags.has(tag));
  if (isPlace && !term.includes(' ')) return 'place';
  if (tags.has('Organization')) return 'group';
  if ((tags.has('FirstName') || tags.has('Person')) && !says('person-not', term)) return 'person';
  return isPlace ? 'place' : '';
}
