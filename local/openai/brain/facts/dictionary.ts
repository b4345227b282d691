import { tokensOf } from './tags.ts';
import { isNounPhrase, isTermLike, nameKindOf } from './term-form.ts';
import type { NameKind, Term, Unit } from './types.ts';
import { bare, keyOf, lastWord, looksPlural, mainPart, rootOf } from './words.ts';

type TermOptions = {
  isKey?: boolean;
  /** Listed in a glossary, or in bold before what explains it. */
  isGiven?: boolean;
  isNoun?: boolean;
  isPlural?: boolean;
};

/** The terms of some notes, by key. */
export type Dictionary = {
  terms: Map<string, Term>;
  /** The term of that text, new or known; null for what is no term. */
  add: (text: string, unit: Unit, options?: TermOptions) => Term | null;
  /** Says that these were named side by side. */
  relate: (terms: readonly (Term | null)[]) => void;
  equate: (a: Term | null, b: Term | null) => void;
  define: (term: Term, meaning: string, unit: Unit) => void;
  cased: (text: string) => string;
};

export function createDictionary(cased: (text: string) => string): Dictionary {
  const terms = new Map<string, Term>();
  const provenNouns = new Set<string>();
  const newTerm = (text: string, key: string, isPlural: boolean | undefined): Term => {
    const known: { isNoun?: boolean; nameKind?: NameKind } = {};
    return {
      text,
      key,
      head: rootOf(lastWord(mainPart(text))),
      isPlural: isPlural ?? looksPlural(text),
      isName: /^\p{Lu}\p{Ll}|\p{Lu}.*\s\p{Lu}\p{Ll}/u.test(text),
      // Most terms are never asked about, and the tagger is slow.
      get nameKind() {
        known.nameKind ??= nameKindOf(text);
        return known.nameKind;
      },
      get isNoun() {
        known.isNoun ??= isNounPhrase(text);
        return provenNouns.has(key) || known.isNoun;
      },
      isKey: false,
      isHeading: false,
      units: new Set(),
      headings: new Set(),
      siblings: new Set(),
      aliases: new Set(),
      genus: new Set(),
      definedAs: null,
      definition: null,
    };
  };
  return {
    terms,
    cased,
    add: (text, unit, { isKey = false, isGiven = false, isNoun = false, isPlural } = {}) => {
      const name = cased(bare(text));
      const key = keyOf(name);
      if (!key || !isTermLike(name, isGiven)) return null;
      const term = terms.get(key) ?? newTerm(name, key, isPlural);
      if (isKey) term.isKey = true;
      if (isNoun) provenNouns.add(key);
      term.units.add(unit.order);
      term.headings.add(`${unit.passage.title} > ${unit.passage.heading} > ${unit.heading}`);
      terms.set(key, term);
      return term;
    },
    relate: (listed) => {
      const known = listed.filter((term) => term !== null);
      for (const a of known) for (const b of known) if (a !== b) a.siblings.add(b.key);
    },
    equate: (a, b) => {
      if (!a || !b || a === b) return;
      a.aliases.add(b.key);
      b.aliases.add(a.key);
    },
    define: (term, meaning, unit) => {
      // A glossary says it best.
      const isBetter = unit.kind === 'entry' && term.definition?.unit.kind !== 'entry';
      if (!term.definition || isBetter) term.definition = { text: meaning, unit };
      const genus = genusOf(meaning);
      if (term.definition.unit === unit) term.definedAs = genus;
      for (const key of [genus, ...genusKeys(meaning)])
        if (key && key !== term.key && key !== term.head) term.genus.add(key);
    },
  };
}

const GENUS_LEAD =
  /^(?:(?:usually|generally|often|simply|also) )?(?:(?:an?|the|any|each|one of the|one of) )?(?:(?:\w+ ){0,2}(?:types?|kinds?|forms?|class|classes|series|set|group|state|part|member|family) of (?:an? |the )?)?/i;
const ENDS_PHRASE =
  /^(?:of|in|for|from|with|at|on|to|by|between|that|which|who|whose|where|when|and|or|is|are|as)$/i;
const ENDS_GENUS =
  /[,;(]| (?:of|in|for|from|with|without|that|which|who|about|by|to|and|or|between|beneath|within|on|at|as|due|\p{L}+(?:ing|ed))\b/u;
const LONGEST_GENUS = 3;

/** The kind of thing a definition begins with: "protein" for "large protein that carries oxygen". */
function genusOf(meaning: string): string | null {
  const tokens = tokensOf(meaning.replace(/\([^)]*\)/g, '').replace(GENUS_LEAD, ''));
  let noun: string | null = null;
  for (const { text, tags, after } of tokens.slice(0, 8)) {
    if (ENDS_PHRASE.test(text) || (tags.has('Verb') && noun !== null)) break;
    if (tags.has('Noun') || (noun === null && tags.has('Gerund'))) noun = text;
    if (/[,;:]/.test(after) && noun !== null) break;
  }
  return noun === null ? null : rootOf(noun);
}

/** The same in several words, as keys: "declarative memory" for "type of declarative memory about words". */
function genusKeys(meaning: string): string[] {
  const [phrase = ''] = meaning.replace(GENUS_LEAD, '').split(ENDS_GENUS, 1);
  const words = phrase.trim().split(' ');
  return words
    .slice(0, -1)
    .map((_, i) => keyOf(words.slice(i).join(' ')))
    .slice(-LONGEST_GENUS);
}

/** A messenger RNA is an RNA, and so a nucleic acid: what holds for the whole kind is known of its kinds. */
export function closeKinds(terms: ReadonlyMap<string, Term>): void {
  for (let round = 0; round < 2; round++)
    for (const term of terms.values())
      for (const key of [...term.genus, ...term.aliases, term.head])
        for (const genus of (key === term.key ? undefined : terms.get(key))?.genus ?? [])
          if (genus !== term.key) term.genus.add(genus);
}

/** Finds every term in every sentence, whatever brought it into the dictionary. */
export function countAppearances(terms: Iterable<Term>, units: readonly Unit[]): void {
  const byRoot = new Map<string, Unit[]>();
  for (const unit of units)
    for (const root of new Set(unit.keys.trim().split(' ')))
      byRoot.set(root, [...(byRoot.get(root) ?? []), unit]);
  for (const term of terms)
    for (const { order, keys } of byRoot.get(term.key.split(' ')[0] ?? '') ?? [])
      if (keys.includes(` ${term.key} `)) term.units.add(order);
}
