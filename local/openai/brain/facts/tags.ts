import { createRequire } from 'node:module';
import { LRUCache } from 'lru-cache';

export type Token = { text: string; before: string; after: string; tags: ReadonlySet<string> };

type TaggedTerm = { text: string; pre: string; post: string; tags: string[] };
type RootedTerm = { root?: string; normal?: string };

/** The part of the tagger's own interface that is used here. */
type Tagger = (text: string) => { json: () => { terms: TaggedTerm[] }[] };
type Rooter = (word: string) => {
  tag: (tag: string) => {
    compute: (what: string) => { json: (options: object) => { terms: RootedTerm[] }[] };
  };
};

const load = createRequire(import.meta.url);
/** Each takes a tenth of a second to load, so they are loaded when the first text comes, or by the warm-up. */
const loaded: { tagger?: Tagger; rooter?: Rooter } = {};

function tagger(): Tagger {
  // The package's types describe a far wider interface than what is called here.
  loaded.tagger ??= load('compromise/two') as Tagger;
  return loaded.tagger;
}

function rooter(): Rooter {
  loaded.rooter ??= load('compromise') as Rooter;
  return loaded.rooter;
}

/** The same notes are asked about again and again. */
const remembered = new LRUCache<string, Token[]>({ max: 4000 });

/** The words of a text with their parts of speech. */
export function tokensOf(text: string): Token[] {
  const known = remembered.get(text);
  if (known) return known;
  const tokens = tagger()(text)
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

/** Forms that the tagger takes for another verb. */
const INFINITIVES = new Map([
  ['lay', 'lie'],
  ['left', 'leave'],
]);

export function infinitiveOf(verb: string, tense: 'PastTense' | 'PresentTense'): string | null {
  const known = INFINITIVES.get(verb);
  if (known) return known;
  const [first] = rooter()(verb)
    .tag(tense)
    .compute('root')
    .json({ terms: { root: true } });
  const root = first?.terms[0]?.root ?? first?.terms[0]?.normal ?? '';
  return root.length > 1 ? root : null;
}
