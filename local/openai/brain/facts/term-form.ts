import { createRequire } from 'node:module';
import { LRUCache } from 'lru-cache';
import { among, says } from '../words.ts';
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

export type Token = { text: string; before: string; after: string; tags: ReadonlySet<string> };

/** The part of the tagger's own interface that is used here. */
type Tagger = (text: string) => {
  json: () => { terms: { text: string; pre: string; post: string; tags: string[] }[] }[];
};

const load = createRequire(import.meta.url);
/** It takes a tenth of a second to load, so that is done when the first text comes, or by the warm-up. */
const loaded: { tagger?: Tagger } = {};
/** The same notes are asked about again and again. */
const remembered = new LRUCache<string, Token[]>({ max: 4000 });

/** The words of a text with their parts of speech. */
export function tokensOf(text: string): Token[] {
  // The package's types describe a far wider interface than what is called here.
  loaded.tagger ??= load('compromise/two') as Tagger;
  const tokens =
    remembered.get(text) ??
    loaded
      .tagger(text)
      .json()
      .flatMap(({ terms }) => terms)
      .map(({ text: word, pre, post, tags }) => ({
        text: word,
        before: pre,
        after: post,
        tags: new Set(tags),
      }));
  remembered.set(text, tokens);
  return tokens;
}

/** Words as they stood in the text, without the marks at their end. */
export const textOf = (tokens: readonly Token[]): string =>
  tokens
    .map(({ before, text, after }) => before + text + after)
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.,;:\s]+$/, '');

/** A noun or what stands before one: a part of a name of something. */
export const isNominal = (tags: Token['tags']): boolean =>
  (tags.has('Noun') || tags.has('Adjective')) &&
  !['Verb', 'Pronoun', 'Value', 'Possessive'].some((tag) => tags.has(tag));

const isVerb = ({ tags }: Token): boolean => tags.has('Verb') && !tags.has('Gerund');
export const isFiniteVerb = (token: Token): boolean =>
  isVerb(token) &&
  (token.tags.has('PresentTense') || token.tags.has('PastTense')) &&
  !token.tags.has('Participle');

/** "Wait for 20 seconds" is a step of something and no fact. */
export const isInstruction = (statement: string): boolean => {
  const [first] = tokensOf(statement);
  return first !== undefined && isVerb(first) && !first.tags.has('Auxiliary');
};
