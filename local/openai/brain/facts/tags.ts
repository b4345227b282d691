import { createRequire } from 'node:module';
import { LRUCache } from 'lru-cache';

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
